"""Code longer than its branches reach: exits, slow paths, constants and bridges are found all the same.

The machines here are ordinary ones whose conditional branches are made to reach little.
"""

import pytest

from tracewright_testing.machine_world import NOTES, SHORT_BRANCHES, VARIANTS, TraceWriter, World

GUARDS = 150


@pytest.mark.parametrize("world", VARIANTS, indirect=True)
def test_exits_constants_slow_paths_and_bridges(world: World) -> None:
    constants = [0x1234_5678_9ABC + k * 0x1_0001_0001 for k in range(GUARDS)]  # none of them fits an instruction
    write = TraceWriter(world)
    a = write.input("i", 0)
    for k, constant in enumerate(constants):
        write("guard_false", write("int_eq", a, write.word(constant)), live=[a])
        if k % 10 == 0:
            write("write_slot", 1 + k // 10, write("value_of_int", write("int_xor", a, write.word(k << 55))))
        if k % 10 == 5:
            write("guard_false", write("int_lt", a, write.word(0)), live=[a])  # a test of one bit, which reaches least
    write("leave", live=[a])
    compiled = world.compile(write.trace)
    assert compiled.body_size > 2 * SHORT_BRANCHES.conditional
    equalities = [exit for exit in compiled.exits if exit.guard != compiled.exits[-1].guard]
    world.run(compiled, [5])
    assert world.departure().exit is compiled.exits[-1]
    assert len(NOTES.boxed) == GUARDS // 10 - 1  # all but the first are too large for a small int
    tested = [exit for exit in equalities if exit.number != 6 and (exit.number - 6) % 11 != 0]
    assert len(tested) == GUARDS
    for exit, constant in zip(tested, constants, strict=True):
        world.run(compiled, [constant])
        assert world.departure().exit is exit
        assert world.departure().words == {a: constant}
    world.run(compiled, [-7])
    assert world.departure().exit.number == 6
    for number in (0, GUARDS // 2, GUARDS - 1):
        bridge = TraceWriter(world, 2)
        bridge.output("i", 100, bridge("input_int", 0))
        bridge("leave")
        attached = world.compile(bridge.trace, tested[number])
        world.backend.attach(tested[number], attached)
        world.run(compiled, [constants[number]])
        assert world.departure().exit.owner is attached
        assert world.slot(100) == constants[number]
    world.run(compiled, [5])
    assert world.departure().exit is compiled.exits[-1]
