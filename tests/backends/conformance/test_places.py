"""Machine code does the same in this process and in another one that shares its memory: what holds under an emulator holds here."""

import pytest

from tracewright.core.integers import bits_of_float
from tracewright_testing.machine_places import why_not_remote
from tracewright_testing.machine_world import BACKENDS, NOTES, TraceWriter, World, target_of

HERE = [name for name in BACKENDS if target_of(name).is_host]


@pytest.mark.parametrize("apart", [False, True], ids=["in this process", "apart"])
@pytest.mark.parametrize("name", HERE)
def test_calls_exits_and_patches(name: str, apart: bool) -> None:
    if apart and why_not_remote(target_of(name)) is not None:
        pytest.skip(str(why_not_remote(target_of(name))))
    world = World(name, apart=apart)
    add_doubles = world.c_function("add_doubles", "ff", "f")
    write = TraceWriter(world)
    i = write.input("i", 0)
    x = write.input("f", 1)
    write("label", i, x)
    write("guard_valid", 0, live=[i])
    following = write("int_add", i, write.word(1))
    write.output("r", 2, write("value_of_int", write("int_lshift", following, write.word(50))))
    write("guard_true", write("int_lt", following, write.word(100)), live=[following, x])
    write("jump", following, write("residual_f", add_doubles, x, write.double(0.5)))
    compiled = world.compile(write.trace)
    world.run(compiled, [0, bits_of_float(1.0)])
    assert world.departure().words == {following: 100, x: bits_of_float(50.5)}
    assert len(NOTES.boxed) == 100 and world.slot(2) == 0x7777_0000_0000 + 100
    bridge = TraceWriter(world, 2)
    bridge("write_slot", 3, bridge.reference(4711))
    bridge("leave")
    exit = world.departure().exit
    world.backend.attach(exit, world.compile(bridge.trace, exit))
    world.run(compiled, [0, bits_of_float(1.0)])
    assert world.slot(3) == 4711
    assert world.departure().exit.owner.trace is bridge.trace
    world.backend.invalidate(compiled)
    world.run(compiled, [7, 0])
    assert world.departure().words == {i: 7}
