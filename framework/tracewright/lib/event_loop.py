"""What a program waits for, in the order in which it comes: jobs, timers and file descriptors. For every language with such things.

    loop = EventLoop(SystemClock())
    loop.add(job)                                  as soon as possible: a microtask
    timer = loop.add_timer(loop.clock.now() + milliseconds * 1_000_000, job)
    watch = loop.watch(descriptor, READABLE, job)  whenever the descriptor is ready, until `loop.forget(watch)`
    while loop.run_one(True):
        pass                                       until there is nothing left to wait for

The order is fixed, so that a program does the same each time as far as the outside world does:

- Jobs run in the order in which they were added, before anything else; so a job that adds another one goes before all timers.
- A timer runs when its time has come; of several, the one that is due first, and of those the one that was made first.
- Timers and descriptors take turns: what is due or ready when a turn begins is done before the loop looks again.

Who uses it makes subclasses of `Job`. A job that raises leaves the loop as it is, and the next `run_one` goes on behind it.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.system import READABLE, WRITABLE, monotonic_nanoseconds
from tracewright.lib.idle import IdleWaiting

__all__ = ["READABLE", "WRITABLE", "Clock", "EventLoop", "Job", "SystemClock", "Timer", "Watch"]

FOR_EVER: Final = -1
COMPACT_AT: Final = 64  # jobs that are done stay in the row until they are so many, and at least half of it


class Job:
    """Something to be done once (by `add`, `add_timer`), or each time that a descriptor is ready (by `watch`)."""

    def run(self) -> None:
        """Do it."""
        raise NotImplementedError


class Clock:
    """The time as the loop sees it, in nanoseconds from any beginning. Tests have one that jumps."""

    def now(self) -> int:
        """It never goes back."""
        raise NotImplementedError

    def wait(self, requests: Array[int], count: int, nanoseconds: int) -> int:
        """As `wait_for_descriptors` of `core.system`; may end sooner, with 0."""
        raise NotImplementedError


@final
class SystemClock(Clock):
    """The machine's."""

    def __init__(self) -> None:
        self._waiting = IdleWaiting()

    def now(self) -> int:
        return monotonic_nanoseconds()

    def wait(self, requests: Array[int], count: int, nanoseconds: int) -> int:
        return self._waiting.wait(requests, count, nanoseconds)


@final
class Timer:
    """A job that has a time. `cancel` it, and it never runs."""

    def __init__(self, due: int, sequence: int, job: Job) -> None:
        self.due = due  # in the clock's nanoseconds
        self.sequence = sequence
        self.job = job
        self.cancelled = False

    def cancel(self) -> None:
        """Whether it has run or not."""
        self.cancelled = True

    def before(self, other: Timer) -> bool:
        """Whether it comes first."""
        return self.due < other.due or (self.due == other.due and self.sequence < other.sequence)


@final
class Watch:
    """Interest in a file descriptor; `ready` says what of it was found when the job runs."""

    def __init__(self, descriptor: int, interest: int, job: Job) -> None:
        self.descriptor = descriptor
        self.interest = interest  # READABLE, WRITABLE or both; may be changed at any time
        self.job = job
        self.ready = 0
        self.forgotten = False


@final
class JobQueue:
    """Jobs, first in first out."""

    def __init__(self) -> None:
        self._jobs: list[Job] = []
        self._start = 0

    def __len__(self) -> int:
        return len(self._jobs) - self._start

    def put(self, job: Job) -> None:
        """At the end."""
        self._jobs.append(job)

    def take(self) -> Job:
        """From the front; there must be one."""
        start = self._start
        job = self._jobs[start]
        start += 1
        if start >= COMPACT_AT and 2 * start >= len(self._jobs):
            del self._jobs[:start]
            start = 0
        self._start = start
        return job


@final
class TimerHeap:
    """Timers, of which the first is at hand: each goes before the two at twice its index plus 1 and 2."""

    def __init__(self) -> None:
        self.timers: list[Timer] = []

    def put(self, timer: Timer) -> None:
        """In logarithmic time."""
        timers = self.timers
        timers.append(timer)
        index = len(timers) - 1
        while index > 0 and timer.before(timers[(index - 1) >> 1]):
            timers[index] = timers[(index - 1) >> 1]
            index = (index - 1) >> 1
        timers[index] = timer

    def first(self) -> Timer | None:
        """The one that goes before all others; those that were cancelled are gone."""
        while len(self.timers) > 0:
            if not self.timers[0].cancelled:
                return self.timers[0]
            self.take()
        return None

    def take(self) -> Timer:
        """Take the first away; there must be one."""
        timers = self.timers
        first = timers[0]
        last = timers.pop()
        count = len(timers)
        if count == 0:
            return first
        index = 0
        while 2 * index + 1 < count:
            child = 2 * index + 1
            if child + 1 < count and timers[child + 1].before(timers[child]):
                child += 1
            if not timers[child].before(last):
                break
            timers[index] = timers[child]
            index = child
        timers[index] = last
        return first


@final
class EventLoop:
    """See the head of this file."""

    def __init__(self, clock: Clock) -> None:
        self.clock = clock
        self._jobs = JobQueue()
        self._timers = TimerHeap()
        self._watches: list[Watch] = []
        self._timers_made = 0
        # What the present turn still has to do.
        self._due: list[Timer] = []
        self._ready: list[Watch] = []

    # --- what to do ---
    def add(self, job: Job) -> None:
        """Run the job as soon as those that were added before it have run."""
        self._jobs.put(job)

    def add_timer(self, due: int, job: Job) -> Timer:
        """Run the job when the clock shows at least `due`."""
        timer = Timer(due, self._timers_made, job)
        self._timers_made += 1
        self._timers.put(timer)
        return timer

    def watch(self, descriptor: int, interest: int, job: Job) -> Watch:
        """Run the job in each turn in which the descriptor is READABLE or WRITABLE, as `interest` says."""
        watch = Watch(descriptor, interest, job)
        self._watches.append(watch)
        return watch

    def forget(self, watch: Watch) -> None:
        """Never run the watch's job again. Before the descriptor is closed, since its number may come back."""
        if not watch.forgotten:
            watch.forgotten = True
            self._watches.remove(watch)

    # --- doing it ---
    def run_one(self, may_wait: bool, until: int = FOR_EVER) -> bool:
        """Run one job, waiting for it if need be and allowed; gives whether there was one, or something to wait for.

        The waiting also ends with an interrupt, and when the clock shows `until`.
        """
        if len(self._jobs) > 0:
            self._jobs.take().run()
            return True
        if self._run_from_turn() or self._begin_turn(False, FOR_EVER):
            return True
        return may_wait and self._begin_turn(True, until)

    def has_jobs(self) -> bool:
        """Whether there are jobs to run before anything else."""
        return len(self._jobs) > 0

    def has_watches(self) -> bool:
        """Whether some file descriptor is watched."""
        return len(self._watches) > 0

    def is_in_turn(self) -> bool:
        """Whether something is left of what was due or ready when the present turn began."""
        if self._goes_on():
            return True
        for watch in self._ready:
            if not watch.forgotten:
                return True
        return False

    def is_idle(self) -> bool:
        """Whether there is nothing to be done, now or later."""
        waits = len(self._watches) > 0 or self._timers.first() is not None
        return not waits and len(self._jobs) == 0 and not self._goes_on()

    def _goes_on(self) -> bool:
        """Whether the present turn still has a timer to run."""
        for timer in self._due:
            if not timer.cancelled:
                return True
        return False

    def _run_from_turn(self) -> bool:
        """One thing of the present turn."""
        while len(self._due) > 0:
            timer = self._due.pop()
            if not timer.cancelled:
                timer.cancelled = True
                timer.job.run()
                return True
        while len(self._ready) > 0:
            watch = self._ready.pop()
            if not watch.forgotten:
                watch.job.run()
                return True
        return False

    def _begin_turn(self, may_wait: bool, until: int) -> bool:
        """Look what is due and ready, and do the first of it; or wait until something is."""
        first = self._timers.first()
        if first is None and len(self._watches) == 0:
            return False
        limit = 0
        if may_wait:
            end = until if first is None or (until != FOR_EVER and until < first.due) else first.due
            limit = FOR_EVER if end == FOR_EVER else max(end - self.clock.now(), 0)
        if limit != 0 or len(self._watches) > 0:
            self._poll(limit)
        self._collect_due()
        return self._run_from_turn() or may_wait

    def _poll(self, nanoseconds: int) -> None:
        count = len(self._watches)
        requests = Array(2 * count, 0)
        for index in range(count):
            requests[2 * index] = self._watches[index].descriptor
            requests[2 * index + 1] = self._watches[index].interest
        if self.clock.wait(requests, count, nanoseconds) == 0:
            return
        for index in range(count - 1, -1, -1):  # the first is last, and taken first
            if requests[2 * index + 1] != 0:
                self._watches[index].ready = requests[2 * index + 1]
                self._ready.append(self._watches[index])

    def _collect_due(self) -> None:
        now = self.clock.now()
        while True:
            timer = self._timers.first()
            if timer is None or timer.due > now:
                break
            self._due.append(self._timers.take())
        self._due.reverse()
