"""The event loop: its order against a simple model, natively too; descriptors with real pipes."""

import os
import subprocess
import time
from pathlib import Path

import pytest

from tracewright.lib.event_loop import READABLE, WRITABLE, EventLoop, Job, SystemClock, Watch
from tracewright_testing.native_programs import build
from tracewright_testing.samples import event_loop as program

MILLISECOND = 1_000_000
SEEDS = 200


# --- the order -------------------------------------------------------------------------------------------------------
class Model:
    """What must happen, said with lists that are sorted: `(due, made as, number)` of timers, numbers of jobs."""

    def __init__(self, seed: int) -> None:
        self.chance = program.Chance(seed)
        self.time = 1000
        self.made = 0
        self.jobs: list[int] = []
        self.timers: list[tuple[int, int, int]] = []
        self.gone: set[int] = set()
        self.timers_made = 0
        self.log: list[str] = []

    def act(self) -> None:
        choice, amount = self.chance.below(6), self.chance.below(9)
        if choice == 0:
            self.time += amount % 3
        elif choice == 1 and self.timers_made > 0:
            self.gone.add((amount * 7) % self.timers_made)
        elif self.made < program.MOST_JOBS:
            if choice < 4:
                self.timers.append((self.time + amount, self.timers_made, self.made))
                self.timers_made += 1
            else:
                self.jobs.append(self.made)
            self.made += 1

    def step(self, number: int) -> None:
        self.log.append(f"{number}@{self.time}")
        for _ in range(self.chance.below(4)):
            self.act()

    def drain(self) -> None:
        while self.jobs:
            self.step(self.jobs.pop(0))

    def run(self) -> str:
        for _ in range(5):
            self.act()
        self.drain()
        while waiting := [timer for timer in self.timers if timer[1] not in self.gone]:
            self.time = max(self.time, min(waiting)[0])
            due = sorted(timer for timer in waiting if timer[0] <= self.time)
            self.timers = [timer for timer in self.timers if timer not in due]
            for _, made_as, number in due:
                if made_as not in self.gone:
                    self.step(number)
                    self.drain()
        return " ".join(self.log)


def test_hosted() -> None:
    for seed in range(SEEDS):
        assert program.history(seed) == Model(seed).run(), seed
    assert max(program.history(seed).count(" ") for seed in range(SEEDS)) > 200


def test_native(tmp_path: Path) -> None:
    build(program, tmp_path / "loop", optimized=False)
    finished = subprocess.run([tmp_path / "loop", str(SEEDS)], capture_output=True, text=True, check=True, timeout=60)
    assert finished.stdout.splitlines() == [Model(seed).run() for seed in range(SEEDS)]


# --- the outside world -----------------------------------------------------------------------------------------------
class Note(Job):
    def __init__(self, log: list[str], text: str) -> None:
        self.log = log
        self.text = text

    def run(self) -> None:
        self.log.append(self.text)


class Read(Job):
    """Reads what there is, and stops watching at the end."""

    def __init__(self, loop: EventLoop, descriptor: int, log: list[str]) -> None:
        self.loop = loop
        self.log = log
        self.watch: Watch = loop.watch(descriptor, READABLE, self)

    def run(self) -> None:
        assert self.watch.ready == READABLE
        data = os.read(self.watch.descriptor, 3)
        self.log.append(data.decode())
        if not data:
            self.loop.forget(self.watch)


class Write(Job):
    def __init__(self, loop: EventLoop, descriptor: int, parts: list[bytes]) -> None:
        self.loop = loop
        self.parts = parts
        self.watch: Watch = loop.watch(descriptor, WRITABLE, self)

    def run(self) -> None:
        assert self.watch.ready == WRITABLE
        os.write(self.watch.descriptor, self.parts.pop(0))
        if not self.parts:
            self.loop.forget(self.watch)
            os.close(self.watch.descriptor)


def test_a_pipe_is_watched_at_both_ends() -> None:
    loop, log = EventLoop(SystemClock()), list[str]()
    reading, writing = os.pipe()
    Read(loop, reading, log)
    Write(loop, writing, [b"ab", b"cdef", b"g"])
    while loop.run_one(True):
        pass
    assert "".join(log) == "abcdefg" and log[-1] == ""
    assert loop.is_idle()
    os.close(reading)


def test_timers_wait_and_descriptors_end_the_waiting() -> None:
    loop, log = EventLoop(SystemClock()), list[str]()
    reading, writing = os.pipe()
    start = time.monotonic_ns()
    loop.add_timer(start + 30 * MILLISECOND, Note(log, "second"))
    loop.add_timer(start + 10 * MILLISECOND, Note(log, "first"))
    late = loop.add_timer(start + 10_000 * MILLISECOND, Note(log, "never"))
    Read(loop, reading, log)
    os.write(writing, b"in")
    os.close(writing)
    while len(log) < 4:
        assert loop.run_one(True)
        if len(log) == 4:
            late.cancel()
    assert time.monotonic_ns() - start >= 30 * MILLISECOND
    assert log == ["in", "", "first", "second"]
    assert not loop.run_one(True)
    os.close(reading)


def test_a_busy_timer_does_not_starve_descriptors() -> None:
    loop, log = EventLoop(SystemClock()), list[str]()
    reading, writing = os.pipe()
    os.write(writing, b"x")
    os.close(writing)

    class Again(Job):
        def run(self) -> None:
            if "" not in log:
                loop.add_timer(0, self)

    loop.add_timer(0, Again())
    Read(loop, reading, log)
    while loop.run_one(True):
        pass
    assert log == ["x", ""]
    os.close(reading)


def test_nothing_waits_unless_it_may() -> None:
    loop, log = EventLoop(SystemClock()), list[str]()
    assert not loop.run_one(True) and loop.is_idle()
    loop.add_timer(time.monotonic_ns() + 60_000 * MILLISECOND, Note(log, "late"))
    assert not loop.run_one(False) and not loop.is_idle() and log == []


def test_a_job_that_raises_leaves_the_loop_usable() -> None:
    loop, log = EventLoop(SystemClock()), list[str]()

    class Fault(Job):
        def run(self) -> None:
            raise ValueError

    for job in (Fault(), Note(log, "job")):
        loop.add(job)
    for job in (Fault(), Note(log, "timer")):
        loop.add_timer(0, job)
    for _ in range(2):
        with pytest.raises(ValueError):
            while loop.run_one(True):
                pass
    while loop.run_one(True):
        pass
    assert log == ["job", "timer"]


def test_many_timers() -> None:
    clock, log = program.JumpingClock(), list[str]()
    loop = EventLoop(clock)
    for number in range(10_000):
        loop.add_timer(number * 7919 % 10_007, Note(log, str(number * 7919 % 10_007)))
    while loop.run_one(True):
        pass
    assert [int(text) for text in log] == sorted(int(text) for text in log) and len(log) == 10_000
