"""Calls of C functions, and of the machine code of guest functions."""

import ctypes

import pytest

from tracewright.core.integers import MIN_INT, bits_of_float, wrap
from tracewright.core.memory import load64, store64
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.core.operations import TABLE
from tracewright.core.value import INT_TAG
from tracewright.core.vm_stack import TOP_OFFSET
from tracewright.hints import GUEST_CODE_CELLS_OFFSET, JIT_CELL_TYPED_ENTRY_OFFSET
from tracewright.jit.trace.trace import KIND_FUNCTION
from tracewright_testing.machine_world import (
    FINISHED,
    FINISHED_WHILE_LEAVING,
    LEFT,
    NOTES,
    TraceWriter,
    World,
)


@pytest.mark.parametrize("constant", [None, 0, 1])
def test_words_and_doubles(world: World, constant: int | None) -> None:
    add_words = world.c_function("add_words", "ii", "i")
    add_doubles = world.c_function("add_doubles", "ff", "f")
    write = TraceWriter(world)
    words = [write.word(30) if k == constant else write.input("i", k) for k in range(2)]
    doubles = [write.double(1.5) if k == constant else write.input("f", 2 + k) for k in range(2)]
    write.output("i", 10, write("residual_i", add_words, *words))
    write.output("f", 11, write("residual_f", add_doubles, *doubles))
    write("leave")
    world.run(world.compile(write.trace), [30, 30, bits_of_float(1.5), bits_of_float(1.5)])
    assert (world.slot(10), world.slot(11)) == (60, bits_of_float(3.0))


@pytest.mark.parametrize("pressure", [False, True])
def test_arguments_beyond_the_registers_go_on_the_stack(world: World, pressure: bool) -> None:
    many = world.c_function("many_words", "iiiiiiiii", "i")
    write = TraceWriter(world)
    crowd = [write.input("i", 30 + k) for k in range(18)] if pressure else []
    words = [write.input("i", k) for k in range(9)]
    write.output("i", 20, write("residual_i", many, *reversed(words)))
    write.output("i", 21, write("residual_i", many, *words[:7], write.word(1 << 40), words[0]))
    for k, ref in enumerate(words + crowd):
        write.output("i", 60 + k, ref)
    write("leave")
    for k in range(18):
        world.set_slot(30 + k, 500 + k)
    slots = [3, 1, 4, 1, 5, 9, 2, 6, 5]
    world.run(world.compile(write.trace), slots)
    assert world.slot(20) == sum((k + 1) * word for k, word in enumerate(reversed(slots)))
    assert world.slot(21) == sum((k + 1) * word for k, word in enumerate([*slots[:7], 1 << 40, 3]))
    assert world.slots(9, 60) == slots
    assert not pressure or world.slots(18, 69) == [500 + k for k in range(18)]


def test_mixed_arguments(world: World) -> None:
    mixed = world.c_function("mixed", "if" * 9 + "ff", "f")
    write = TraceWriter(world)
    words = [write.input("i", k) for k in range(9)]
    doubles = [write.input("f", 10 + k) for k in range(11)]
    arguments = [ref for pair in zip(words, doubles[:9], strict=True) for ref in pair] + doubles[9:]
    write.output("f", 30, write("residual_f", mixed, *arguments))
    write("leave")
    slots = [k + 2 for k in range(9)] + [0] + [bits_of_float(k + 0.5) for k in range(11)]
    world.run(world.compile(write.trace), slots)
    expected = sum((k + 1.0) * (k + 2) for k in range(9)) + sum((k + 1) * 1000.0 * (k + 0.5) for k in range(11))
    assert world.slot(30) == bits_of_float(expected)


@pytest.mark.parametrize("count", [3, 20])
def test_values_survive_calls_in_registers_and_slots(world: World, count: int) -> None:
    spoil = world.c_function("spoil", "i", "i")
    aligned = world.c_function("aligned", "", "i")
    write = TraceWriter(world)
    words = [write.input("i", k) for k in range(count)]
    doubles = [write.input("f", 30 + k) for k in range(count)]
    tripled = write("residual_i", spoil, words[1])
    on_boundary = write("residual_i", aligned)
    sum_of = write("int_add", words[0], words[2])
    again = write("residual_i", spoil, tripled)
    total = write("float_add", doubles[0], doubles[2])
    write("guard_true", on_boundary, live=[*words, *doubles, again, sum_of, total])
    write("leave", live=[*words, *doubles, again, sum_of, total])
    slots = [100 + k for k in range(30)] + [bits_of_float(1.0 + k) for k in range(30)]
    world.run(world.compile(write.trace), slots)
    left = world.departure()
    assert left.exit.number == 1
    assert [left.words[ref] for ref in words] == slots[:count]
    assert [left.words[ref] for ref in doubles] == slots[30 : 30 + count]
    assert (left.words[again], left.words[sum_of], left.words[total]) == (9 * 101, 202, bits_of_float(4.0))


def test_calls_for_their_effect(world: World) -> None:
    store = world.c_function("store_word", "ii", "v")
    cell = world.words(1)
    write = TraceWriter(world)
    write("residual_v", store, write.word(cell), write.input("i", 0))
    write("guard_no_exception", live=[])
    write("leave")
    world.run(world.compile(write.trace), [41])
    assert load64(cell) == 41
    assert world.departure().exit.number == 1


# --- ends of traces ---
def test_finish_gives_the_value(world: World) -> None:
    write = TraceWriter(world, KIND_FUNCTION)
    write("finish", write.input("r", 0))
    compiled = world.compile(write.trace)
    assert world.run(compiled, [1234]) == FINISHED
    assert world.backend.finished_value() == 1234
    assert NOTES.departures == []


def test_leaving_may_finish_the_frame(world: World) -> None:
    write = TraceWriter(world)
    write("leave")
    compiled = world.compile(write.trace)
    assert world.run(compiled) == LEFT
    NOTES.status = FINISHED_WHILE_LEAVING
    store64(world.left_word, 4321)
    assert world.run(compiled) == FINISHED_WHILE_LEAVING
    assert world.backend.finished_value() == 4321


@pytest.mark.parametrize("pressure", [0, 30])
def test_a_trace_knows_the_stack_that_it_was_entered_with(world: World, pressure: int) -> None:
    """Also with all registers taken, behind a call of C, and at an exit."""
    write = TraceWriter(world)
    stack = write("trace_stack")
    crowd = [write.input("i", 20 + k) for k in range(pressure)]
    write("store", stack, TOP_OFFSET, 0, write.word(77))
    write("residual_i", world.c_function("spoil", "i", "i"), write.word(1))
    write("write_slot", 0, stack)
    for k in range(pressure):
        write.output("i", 60 + k, crowd[k])
    write("leave", live=[stack])
    compiled = world.compile(write.trace)
    assert world.run(compiled, list(range(40)), base=0) == LEFT
    assert (load64(world.stack + TOP_OFFSET), world.slot(0)) == (77, world.stack)
    assert list(world.departure().words.values()) == [world.stack]
    assert world.departure().stack == world.stack


def test_a_called_trace_runs_on_the_stack_of_its_caller(world: World) -> None:
    callee = TraceWriter(world, KIND_FUNCTION)
    callee("finish", callee("trace_stack"))
    cell = world.cell(world.compile(callee.trace))
    write = TraceWriter(world)
    write("write_slot", 0, write("call_guest", write.reference(cell), 5, live=[]))
    write("leave")
    assert world.run(world.compile(write.trace)) == LEFT
    assert world.slot(0) == world.stack


@pytest.mark.parametrize("finishes", [True, False])
def test_link_goes_on_in_the_other_trace_at_its_own_base(world: World, finishes: bool) -> None:
    """The linked trace has the frame 7 slots up; when it ends, the caller of the first one finds its registers intact."""
    target = TraceWriter(world)
    base = target("trace_base")
    bottom = target("trace_bottom")
    if finishes:
        target.output("i", 1, bottom)
        target("finish", target("ref_of", base))
    else:
        target("leave", live=[base, bottom, target.input("i", 0)])
    linked = world.compile(target.trace)
    cell = world.cell(linked)
    write = TraceWriter(world)
    for k in range(3):
        write("write_slot", 7 + k, write.reference(60 + k))
    write("link", write.reference(cell), snapshot=write.snapshot([], base_offset=7))
    compiled = world.compile(write.trace)
    status = world.run(compiled, [], base=20, bottom=5)
    if finishes:
        assert (status, world.backend.finished_value(), world.slot(28)) == (FINISHED, 27, 5)
    else:
        assert status == LEFT
        assert (world.departure().base, world.departure().bottom) == (27, 5)
        assert sorted(world.departure().words.values()) == [5, 27, 60]
    store64(cell + 16, 0)  # no code any more
    assert world.run(compiled, [], base=20, bottom=5) == LEFT
    assert world.departure().exit.owner is compiled


def test_a_trace_can_link_to_itself(world: World) -> None:
    cell = world.cell()
    write = TraceWriter(world, cell=cell)
    count = write.input("i", 0)
    write("guard_true", write("int_gt", count, write.word(0)), live=[count])
    write.output("i", 0, write("int_sub", count, write.word(1)))
    write.output("i", 1, write("int_add", write.input("i", 1), count))
    write("link", write.reference(cell))
    compiled = world.compile(write.trace)
    world.run(compiled, [100000, 0])
    assert world.slot(1) == 100000 * 100001 // 2
    assert world.departure().words == {count: 0}


# --- guest calls ---
def fibonacci(world: World, cell: int, own: bool) -> TraceWriter:
    """fib(n) = n if n < 2 else fib(n - 1) + fib(n - 2), frames 4 slots apart, the argument in slot 0; Values are small ints."""
    write = TraceWriter(world, KIND_FUNCTION, cell if own else 0)
    write("guard_valid", 0, live=[])
    argument = write.input("r", 0)
    write("guard_true", write("value_is_small", argument), live=[argument])
    n = write("value_small", argument)
    write("guard_false", write("int_lt", n, write.word(2)), live=[argument, n])
    results = []
    for less in (1, 2):
        write("write_slot", 4, write("value_of_int", write("int_sub", n, write.word(less))))
        result = write("call_guest", write.reference(cell), 4, live=[n])
        write("guard_no_exception", live=[n])
        write("guard_true", write("value_is_small", result), live=[n, result])
        results.append(write("value_small", result))
    total = write("int_add_ovf", *results, live=[n, *results])
    write("finish", write("value_of_int", total))
    return write


def small(number: int) -> int:
    return wrap(INT_TAG | number & (1 << 51) - 1)


@pytest.mark.parametrize("own", [True, False], ids=["own cell", "other cell"])
def test_recursion(world: World, own: bool) -> None:
    """The base case has no code at first: each such call leaves, and finish_call stands in for the interpreter."""
    cell = world.cell()
    write = fibonacci(world, cell, own)
    compiled = world.compile(write.trace)
    store64(cell + 16, compiled.entry)
    NOTES.finish_result = small(1)  # fib(1), and wrongly fib(0), so the result counts all leaves
    assert world.run(compiled, [small(6)], base=8, bottom=8) == FINISHED
    assert world.backend.finished_value() == small(13)
    assert len(NOTES.departures) == 13
    assert len(NOTES.finish_calls) == 13
    assert NOTES.finish_calls[0] == 8 + 4 * 5  # the frame of the first fib(1)
    bridge = TraceWriter(world, 2)
    exit = NOTES.departures[0].exit
    inputs = {ref: k for k, ref in enumerate(exit.refs)}
    argument = next(ref for ref in exit.refs if write.trace.operations[ref] == write.trace.operations[1])
    bridge("finish", bridge("input", inputs[argument]))
    world.backend.attach(exit, world.compile(bridge.trace, exit))
    NOTES.finish_calls.clear()
    assert world.run(compiled, [small(20)], base=8, bottom=8) == FINISHED
    assert world.backend.finished_value() == small(6765)
    assert NOTES.departures == [] and NOTES.finish_calls == []


# --- calls of code that is a variable ---
def guest_code(world: World, cell: int) -> int:
    """What a GuestCode with this cell at position 0 looks like to machine code."""
    cells = world.words(4)
    store64(cells + ARRAY_ITEMS_OFFSET, cell)
    code = world.words(4)
    store64(code + GUEST_CODE_CELLS_OFFSET, cells)
    return code


@pytest.mark.parametrize("wants_number", [True, False])
@pytest.mark.parametrize("pressure", [0, 30])
def test_code_in_a_variable_is_called(world: World, pressure: int, wants_number: bool) -> None:
    """With machine code it is called; without, the portal runs it. What lives across the call is kept."""
    callee = TraceWriter(world, KIND_FUNCTION)
    callee("write_slot", 1, callee("ref_of", callee("trace_bottom")))
    callee("finish", callee("value_of_int", callee.input("i", 0)))
    compiled_callee = world.compile(callee.trace)
    codes = [guest_code(world, cell) for cell in (world.cell(compiled_callee), world.cell(), 0)]
    write = TraceWriter(world)
    crowd = [write.input("i", 20 + k) for k in range(pressure)]
    code = write.input("r", 1)
    write("write_slot", 6, write("ref_of", write.input("i", 0)))
    result = write("call_code", code, 6, live=[code, *crowd])
    write("guard_no_exception", live=crowd)
    if wants_number:
        write.output("i", 3, write("result_int", result, live=[result, *crowd]))
    else:
        write("write_slot", 3, result)
    for k in range(pressure):
        write.output("i", 60 + k, crowd[k])
    write("leave", live=[code])
    compiled = world.compile(write.trace)
    NOTES.finish_result = small(-8)
    for number, called in enumerate(codes):
        assert world.run(compiled, [-5, called, *range(2, 50)], base=30) == LEFT
        result_word = -5 if number == 0 else -8
        assert world.slot(33) == (result_word if wants_number else small(result_word))
        assert world.slot(37) == (36 if number == 0 else 7)
        assert [world.slot(90 + k) for k in range(pressure)] == list(range(20, 20 + pressure))
        assert list(world.departure().words.values()) == [called]
        assert NOTES.start_calls == [(36, called)] * (number > 0)
        NOTES.start_calls.clear()


def test_an_exception_of_code_without_machine_code_is_noticed(world: World) -> None:
    write = TraceWriter(world)
    code = write.input("r", 0)
    write("call_code", code, 6, live=[code])
    write("guard_no_exception", live=[code])
    write("write_slot", 3, code)
    write("leave", live=[])
    compiled = world.compile(write.trace)
    store64(world.exception, 16)
    called = guest_code(world, 0)
    assert world.run(compiled, [called]) == LEFT
    assert world.departure().exit.guard == 2 and world.slot(3) == 0
    store64(world.exception, 0)
    store64(world.stack_limit, (1 << 63) - 1)
    assert world.run(compiled, [called]) == LEFT
    assert world.departure().exit.guard == 1  # no room on the native stack


# --- bare ints in registers ---
def difference(world: World, cell: int = 0) -> TraceWriter:
    """f(a, b) = a - b, of slots 2 and 3, both typed."""
    write = TraceWriter(world, KIND_FUNCTION, cell)
    first = write("argument_int", 2, live=[])
    second = write("argument_int", 3, live=[first])
    write("guard_valid", 0, live=[first, second])
    write("finish", write("value_of_int", write("int_sub_ovf", first, second, live=[first, second])))
    return write


def typed_cell(world: World, write: TraceWriter) -> int:
    """A cell with both entries of the function."""
    compiled = world.compile(write.trace)
    assert compiled.typed_entry not in (0, compiled.entry)
    cell = world.cell(compiled)
    store64(cell + JIT_CELL_TYPED_ENTRY_OFFSET, compiled.typed_entry)
    return cell


def test_a_function_with_typed_slots_takes_them_from_memory_too(world: World) -> None:
    compiled = world.compile(difference(world).trace)
    assert world.run(compiled, [0, 0, small(5), small(7)]) == FINISHED
    assert world.backend.finished_value() == small(-2)
    NOTES.status = LEFT
    assert world.run(compiled, [0, 0, 16, small(7)]) == LEFT
    assert world.departure().exit.guard == 0
    assert world.run(compiled, [0, 0, small(5), 16]) == LEFT
    assert world.departure().words == {0: 5}


@pytest.mark.parametrize("order", [(0, 1), (1, 0)])
@pytest.mark.parametrize("constant", [False, True])
def test_a_typed_call_writes_no_slots(world: World, order: tuple[int, int], constant: bool) -> None:
    """The numbers may have to change places; the result comes back bare as well."""
    cell = typed_cell(world, difference(world))
    write = TraceWriter(world, KIND_FUNCTION)
    numbers = [write("argument_int", 0, live=[]), write("argument_int", 1, live=[])]
    passed = [numbers[order[0]], write.word(1 << 40) if constant else numbers[order[1]]]
    result = write("call_guest", write.reference(cell), 6, *passed, live=numbers)
    write("guard_no_exception", live=numbers)
    number = write("result_int", result, live=[*numbers, result])
    total = write("int_add", number, write("int_mul", numbers[0], write.word(1000)))
    write("finish", write("value_of_int", total))
    compiled = world.compile(write.trace)
    given = [30, 4]
    expected = given[order[0]] - (1 << 40 if constant else given[order[1]]) + 1000 * given[0]
    assert world.run(compiled, [small(30), small(4)]) == FINISHED
    assert world.backend.finished_value() == small(expected)
    assert world.slot(8) == world.slot(9) == 0
    assert NOTES.departures == []


@pytest.mark.parametrize("wants_number", [True, False])
@pytest.mark.parametrize("gives_number", [True, False])
@pytest.mark.parametrize("number", [-3, 1 << 60])
def test_results_of_either_form_are_understood(
    world: World, wants_number: bool, gives_number: bool, number: int
) -> None:
    """A boxed int that comes back as a Value is no small int: whoever wants a number then leaves."""
    callee = TraceWriter(world, KIND_FUNCTION)
    box = callee("value_of_int", callee.input("i", 0))
    if not gives_number:
        callee("write_slot", 1, box)
    callee("finish", box)
    cell = world.cell(world.compile(callee.trace))
    write = TraceWriter(world, KIND_FUNCTION)
    write("write_slot", 6, write("ref_of", write.input("i", 0)))
    result = write("call_guest", write.reference(cell), 6, live=[])
    write("guard_no_exception", live=[])
    if wants_number:
        write.output("i", 3, write("result_int", result, live=[result]))
    else:
        write("write_slot", 3, result)
    write("leave")
    assert world.run(world.compile(write.trace), [number]) == LEFT
    boxed = small(number) if number < 0 else 0x7777_0000_0000 + len(NOTES.boxed)
    left = world.departure()
    if wants_number and not gives_number and number > 0:
        assert left.words == {result: boxed}
    else:
        assert left.words == {}
        assert world.slot(3) == (number if wants_number else boxed)


def test_a_callee_that_leaves_gives_its_result_to_who_wants_a_number(world: World) -> None:
    cell = typed_cell(world, difference(world))
    for value in (small(11), 16):
        NOTES.finish_result = value
        write = TraceWriter(world, KIND_FUNCTION)
        number = write("argument_int", 0, live=[])
        result = write("call_guest", write.reference(cell), 6, number, write.word(MIN_INT), live=[number])
        write("guard_no_exception", live=[number])
        write.output("i", 3, write("result_int", result, live=[number, result]))
        write("leave")
        compiled = world.compile(write.trace)
        NOTES.departures.clear()
        assert world.run(compiled, [small(1)]) == LEFT  # 1 - MIN_INT overflows
        inner, outer = NOTES.departures
        assert sorted(inner.words.values()) == [MIN_INT, 1]
        if value == 16:
            assert outer.words == {number: 1, result: 16}
        else:
            assert world.slot(3) == 11


def test_guest_calls_leave_where_the_native_stack_is_low(world: World) -> None:
    cell = world.cell()
    write = fibonacci(world, cell, True)
    compiled = world.compile(write.trace)
    store64(world.stack_limit, (1 << 63) - 1)
    assert world.run(compiled, [small(6)]) == LEFT
    exit = world.departure().exit
    assert compiled.trace.operations[exit.guard] == compiled.trace.operations[10]
    assert ctypes.c_int64(exit.failures).value == 0


def test_an_exception_of_a_callee_is_noticed(world: World) -> None:
    cell = world.cell()
    write = fibonacci(world, cell, True)
    compiled = world.compile(write.trace)
    store64(world.exception, 1)
    NOTES.status = FINISHED_WHILE_LEAVING
    assert world.run(compiled, [small(2)]) == FINISHED_WHILE_LEAVING
    assert [left.exit.number for left in NOTES.departures] == [2, 4]  # fib(1) leaves; then fib(2) finds the exception
    assert NOTES.finish_calls == []


def test_an_exception_that_machine_code_raises_is_noticed(world: World) -> None:
    cell = world.cell()
    raising = TraceWriter(world, KIND_FUNCTION, cell)
    raising("finish_raising", raising.input("r", 0))
    store64(cell + 16, world.compile(raising.trace).entry)
    write = TraceWriter(world, KIND_FUNCTION)
    error = write.input("r", 0)
    write("write_slot", 4, error)
    result = write("call_guest", write.reference(cell), 4, live=[error])
    write("guard_no_exception", live=[error])
    write("finish", result)
    compiled = world.compile(write.trace)
    assert world.run(compiled, [1 << 40]) == LEFT
    left = world.departure()
    assert TABLE[write.trace.operations[left.exit.guard]].name == "guard_no_exception"
    assert left.words[error] == 1 << 40 and NOTES.finish_calls == []
