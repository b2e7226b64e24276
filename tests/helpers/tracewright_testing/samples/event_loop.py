"""A dialect program: jobs that add jobs and timers and cancel timers, as chance has it; each says its name when it runs."""

from tracewright.core.arrays import Array
from tracewright.core.integers import urshift, wrap_add, wrap_mul
from tracewright.core.system import argument, write_output
from tracewright.lib.event_loop import Clock, EventLoop, Job, Timer

MOST_JOBS = 300


class JumpingClock(Clock):
    """Time passes only where somebody waits, or says so."""

    def __init__(self) -> None:
        self.time = 1000

    def now(self) -> int:
        return self.time

    def wait(self, requests: Array[int], count: int, nanoseconds: int) -> int:
        self.time += nanoseconds
        return 0


class Chance:
    """Numbers that follow from a seed."""

    def __init__(self, seed: int) -> None:
        self.state = seed

    def below(self, limit: int) -> int:
        self.state = wrap_add(wrap_mul(self.state, 6364136223846793005), 1442695040888963407)
        return urshift(self.state, 33) % limit


class World:
    """The loop, and what the jobs share."""

    def __init__(self, seed: int) -> None:
        self.clock = JumpingClock()
        self.loop = EventLoop(self.clock)
        self.chance = Chance(seed)
        self.timers: list[Timer] = []
        self.made = 0
        self.log: list[str] = []


class Step(Job):
    def __init__(self, world: World) -> None:
        self.world = world
        self.number = world.made
        world.made += 1

    def run(self) -> None:
        world = self.world
        world.log.append(f"{self.number}@{world.clock.time}")
        for _ in range(world.chance.below(4)):
            act(world)


def act(world: World) -> None:
    """One thing that a running job may do."""
    choice = world.chance.below(6)
    amount = world.chance.below(9)
    if choice == 0:
        world.clock.time += amount % 3
    elif choice == 1 and len(world.timers) > 0:
        world.timers[(amount * 7) % len(world.timers)].cancel()
    elif world.made < MOST_JOBS:
        if choice < 4:
            world.timers.append(world.loop.add_timer(world.clock.time + amount, Step(world)))
        else:
            world.loop.add(Step(world))


def history(seed: int) -> str:
    """The numbers of the jobs in the order in which they ran, with the times."""
    world = World(seed)
    for _ in range(5):
        act(world)
    while world.loop.run_one(True):
        pass
    assert world.loop.is_idle()
    return " ".join(world.log)


def main() -> int:
    word = argument(0)
    count = 1 if word is None else int(word.decode())
    for seed in range(count):
        write_output((history(seed) + "\n").encode())
    return 0
