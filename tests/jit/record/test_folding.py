"""What only decodes guest bytecode is run ahead of: the trace names none of it."""

from tracewright.jit.tables.abort import Abort
from tracewright_testing.toy_machine import ADD, LOAD, LOOP, RETURN, Toy, word
from tracewright_testing.toy_runs import BASE, recorder

WORDS = [word(LOAD), word(ADD, 3, 3, 0), word(ADD, 0, 0, 2), word(LOOP, 0, 0, 1, 1), word(RETURN, 3)]


def test_decoding_is_folded_and_leaves_no_constants() -> None:
    toy = Toy()
    toy.set(BASE, 0, 12, 1, 0, 0)
    code = toy.new_code(WORDS)
    made = recorder(toy)
    outcome = made.record_loop(code, 1, toy.stack, BASE, BASE)
    assert outcome.reason == Abort.NONE and outcome.trace is not None
    assert made.folded > made.steps > 0
    assert not set(WORDS) & set(outcome.trace.constants)
