"""What loops, calls and comparisons as programs usually write them are compiled to: few instructions, for the cold interpreter's sake."""

from __future__ import annotations

import pytest

from tracewright.guest.instructions import field_c, opcode
from tracewright_javascript.builtins.installation import new_realm
from tracewright_javascript.bytecode import Code
from tracewright_javascript.bytecode_rules import FORMS
from tracewright_javascript.compiler_intrinsics import compile_self_hosted
from tracewright_javascript.compiler_statements import compile_script
from tracewright_javascript.opcodes import Op
from tracewright_javascript.parser import Goal, parse
from tracewright_javascript.self_hosting import TEXTS

NAMES = {number: name for name, number in vars(Op).items() if isinstance(number, int)}


def words_of(code: Code) -> list[int]:
    """The first words of its instructions."""
    found = []
    pc = 0
    while pc < len(code.words):
        found.append(code.words[pc])
        pc += 2 if FORMS[opcode(code.words[pc])].endswith(">") else 1
    return found


def names_in(text: str) -> str:
    """The operations of `function f(x, y, o)` with this body, which returns nothing."""
    source = f"function f(x, y, o) {{ {text} }}"
    script = compile_script(new_realm(), parse(source, Goal.SCRIPT), source, "")
    functions = [value.as_object() for value in script.constants if value.is_object()]
    (code,) = [each for each in functions if isinstance(each, Code)]
    names = [NAMES[opcode(word)] for word in words_of(code)]
    assert names[-2:] == ["CONSTANT", "RETURN"]
    return " ".join(names[:-2])


@pytest.mark.parametrize(
    "text, expected",
    [
        ("for (let i = 0; i < x; i++) y = i;", "CONSTANT JUMP MOVE INCREMENT REPEAT_LESS"),
        ("while (x < 10) x++;", "JUMP INCREMENT REPEAT_LESS_CONSTANT"),
        ("while (x <= 10) x++;", "JUMP INCREMENT JUMP_LESS_EQUAL_CONSTANT REPEAT"),
        ("const a = x; y = a;", "MOVE MOVE"),
        ("let a; y = a;", "CONSTANT MOVE"),
        ("o.call();", "GET_METHOD CALL"),
        ("o.call(x, y);", "GET_METHOD MOVE_ROW CALL"),
        ("o.call(y, x);", "GET_METHOD MOVE MOVE CALL"),
        ("o.a.call();", "GET GET CALL"),
        ("y = o.length;", "GET_LENGTH"),
        ("o.call(new x());", "GET_METHOD MOVE NEW CALL"),
        ('if (x === "text") y = 1;', "JUMP_SAME_TEXT CONSTANT"),
        ("if (x === 1) y = 1;", "JUMP_SAME_CONSTANT CONSTANT"),
    ],
)
def test_a_usual_form_takes_few_instructions(text: str, expected: str) -> None:
    assert names_in(text) == expected


CALLING_BACK = [name for name, text in TEXTS.items() if ", value, index, object)" in text]


@pytest.mark.parametrize("name", CALLING_BACK)
def test_what_a_callback_gets_is_moved_at_once(name: str) -> None:
    rows = [
        field_c(word)
        for word in words_of(compile_self_hosted(new_realm(), name, TEXTS[name]))
        if opcode(word) == Op.MOVE_ROW
    ]
    assert max(rows) == (4 if "reduce" in name else 3)


def test_there_are_such_functions() -> None:
    assert len(CALLING_BACK) > 10
