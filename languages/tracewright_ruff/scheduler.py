"""Tasks: pieces of the program that wait while others go on. One runs at a time, and goes on until it waits.

The main program is no task. While it waits, the event loop runs here, on top of its stack. A task is a row of frames: when it
waits, its part of the VM stack moves to the heap and `Parked` leaves the native frames; when it goes on, the frames are put back
on top of whatever is there (a frame is told by its distance from its caller, so they may lie anywhere), and the instruction that
waited is executed anew. It may be any number of calls deep; but where a builtin in between called back (as `map` does), there are
native frames to be kept, and the task waits as the main program does.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.frames import CALLER_CODE, LINK_SLOTS, base_delta, caller_code, mark_outermost, return_pc
from tracewright.guest.handler_table import NONE
from tracewright.guest.instructions import field_a, field_b
from tracewright.guest.suspended import finish
from tracewright.hints import dont_look_inside
from tracewright.lib.event_loop import FOR_EVER, EventLoop, Job, SystemClock
from tracewright_ruff.bytecode import CALLEE, FIRST_ARGUMENT, NO_GENERATOR, Code
from tracewright_ruff.calls import arity_text, as_function, error_value
from tracewright_ruff.errors import GuestError
from tracewright_ruff.handlers import generator_frame
from tracewright_ruff.interpreter import call_function, run
from tracewright_ruff.objects import PENDING, REJECTED, RESOLVED, W_Channel, W_Promise, W_Task, WaitingJobs, share
from tracewright_ruff.opcodes import NO_SLOT
from tracewright_ruff.session import Session, W_Object

NEVER_SETTLED: Final = "Deadlock: nothing that could still run settles the awaited promise"
DEFAULT_POOL_SIZE: Final = 256
NANOSECONDS_IN_MILLISECOND: Final = 1_000_000


@final
class Parked(Exception):
    """The running task has been put away; every native frame of it is to be left. No guest handler sees it."""


@final
class Scheduler(W_Object):
    """What one run of the program waits for."""

    def __init__(self) -> None:
        self.loop = EventLoop(SystemClock())
        self.current: TaskJob | None = None  # None: the main program
        self.receivers: list[TaskJob] = []  # tasks that wait for a channel, the one that began first in front
        self.shared: dict[str, Value] = {}  # `shared_set` and its like
        self.pool_size = DEFAULT_POOL_SIZE


def scheduler_of(session: Session) -> Scheduler:
    """The scheduler of this run, made when first asked for."""
    scheduler = session.scheduler
    if isinstance(scheduler, Scheduler):
        return scheduler
    fresh = Scheduler()
    session.scheduler = fresh
    return fresh


# --- promises --------------------------------------------------------------------------------------------------------
def pending_promise() -> W_Promise:
    """A promise to be settled later."""
    return W_Promise(PENDING, Value.NULL, "")


def when_settled(promise: W_Promise, job: Job) -> None:
    """Run the job once the promise, which is pending, no longer is."""
    waiting = promise.waiting
    if waiting is None:
        waiting = WaitingJobs()
        promise.waiting = waiting
    waiting.jobs.append(job)


def _settle(session: Session, promise: W_Promise, state: int) -> None:
    promise.state = state
    waiting = promise.waiting
    if waiting is not None:
        promise.waiting = None
        for job in waiting.jobs:
            scheduler_of(session).loop.add(job)


def resolve(session: Session, promise: W_Promise, result: Value) -> None:
    """Give a promise its value, which is owned, unless it is settled."""
    if promise.state == PENDING:
        promise.result = result
        _settle(session, promise, RESOLVED)


def reject(session: Session, promise: W_Promise, message: str) -> None:
    """Say why the promise will never have a value, unless it is settled."""
    if promise.state == PENDING:
        promise.message = message
        _settle(session, promise, REJECTED)


@final
class FollowJob(Job):
    """Settles one promise as another one has been."""

    def __init__(self, session: Session, source: W_Promise, target: W_Promise) -> None:
        self.session = session
        self.source = source
        self.target = target

    def run(self) -> None:
        if self.source.state == RESOLVED:
            resolve(self.session, self.target, share(self.source.result))
        else:
            reject(self.session, self.target, self.source.message)


def resolve_with(session: Session, promise: W_Promise, result: Value) -> None:
    """Resolve with a value, or with that of a promise, whenever it has one."""
    if result.is_object():
        thing = result.as_object()
        if isinstance(thing, W_Promise):
            follower = FollowJob(session, thing, promise)
            if thing.state == PENDING:
                when_settled(thing, follower)
            else:
                follower.run()
            return
    resolve(session, promise, result)


@final
class ResolveJob(Job):
    """Resolves a promise with null."""

    def __init__(self, session: Session, promise: W_Promise) -> None:
        self.session = session
        self.promise = promise

    def run(self) -> None:
        resolve(self.session, self.promise, Value.NULL)


def promise_of_time(session: Session, nanoseconds: int) -> W_Promise:
    """A promise of null, so much later."""
    promise = pending_promise()
    loop = scheduler_of(session).loop
    loop.add_timer(loop.clock.now() + nanoseconds, ResolveJob(session, promise))
    return promise


# --- tasks -----------------------------------------------------------------------------------------------------------
@final
class TaskJob(Job):
    """A task while it does not run: its frames, and where the innermost goes on. To run the job is to go on."""

    def __init__(self, session: Session, promise: W_Promise, code: Code, slots: Array[Value]) -> None:
        self.session = session
        self.promise = promise  # of its result
        self.handle: W_Task | None = None
        self.code = code
        self.pc = 0
        self.offset = 0  # of the innermost frame
        self.slots = slots
        self.bottom = 0  # where its frames begin while it runs
        # What an instruction that waited finds when it is executed anew:
        self.delivered: Value = Value.UNDEFINED  # from the channel it waited for; NULL where nobody will send
        self.slept = False
        self.operation: W_Promise | None = None

    def run(self) -> None:
        handle = self.handle
        if handle is not None and handle.cancelled:
            return
        stack = self.session.stack
        scheduler = scheduler_of(self.session)
        before = scheduler.current
        top = stack.top
        scheduler.current = self
        try:
            resolve_with(self.session, self.promise, self._go_on(stack, top))
        except GuestError as error:
            reject(self.session, self.promise, error.message)
        except Parked:
            self._keep_frames(stack)
        finally:
            scheduler.current = before
            stack.reserve(top)

    def _go_on(self, stack: VMStack, bottom: int) -> Value:
        count = len(self.slots)
        if not stack.reserve(bottom + count):
            raise GuestError("Out of memory")
        for index in range(count):
            stack[bottom + index] = self.slots[index]
        self.slots = Array(0, Value.UNDEFINED)
        self.bottom = bottom
        base = bottom + self.offset
        if not stack.reserve(base + self.code.frame_size):
            raise GuestError("Out of memory")
        return run_frames(self.code, self.pc, stack, base, bottom)

    def stop_at(self, code: Code, pc: int, base: int) -> None:
        """The innermost frame, at `base`, will go on at `pc`. Machine code that is left only now has yet to write its slots."""
        self.code = code
        self.pc = pc
        self.offset = base - self.bottom

    def _keep_frames(self, stack: VMStack) -> None:
        count = self.offset + self.code.frame_size
        stack.reserve(self.bottom + count)
        slots: Array[Value] = Array(count, Value.UNDEFINED)
        for index in range(count):
            slots[index] = stack[self.bottom + index]
        self.slots = slots


def run_frames(first_code: Code, first_pc: int, stack: VMStack, first_base: int, bottom: int) -> Value:
    """Run the frame at `first_base`, then those that it returns to, up to the one at `bottom`; gives what that returns."""
    code = first_code
    pc = first_pc
    base = first_base
    while True:
        failure: GuestError | None = None
        result = Value.UNDEFINED
        try:
            result = run(code, pc, stack, base)
        except GuestError as error:
            failure = error
        while True:
            if base == bottom:
                if failure is not None:
                    raise failure
                return result
            ended_generator = code.generator_slot != NO_GENERATOR
            code = unsafe_cast(Code, caller_code(stack, base))
            pc = return_pc(stack, base)
            base -= base_delta(stack, base)
            stack.reserve(base + code.frame_size)
            if failure is None:
                pc = _hand_over(code, pc, stack, base, result, ended_generator)
                break
            pc = _handle(failure, code, pc, stack, base)
            if pc != NONE:
                break


def _hand_over(code: Code, pc: int, stack: VMStack, base: int, result: Value, from_generator: bool) -> int:
    """What RETURN and YIELD do at a frame that has been called, or that goes through a generator; gives where it goes on."""
    if not from_generator:
        stack[base + field_a(code.words[pc - 1])] = result
        return pc
    if result.same(Value.UNDEFINED):
        return code.words[pc]
    stack[base + field_b(code.words[pc - 1])] = result
    return pc + 1


def _handle(error: GuestError, code: Code, pc: int, stack: VMStack, base: int) -> int:
    """Where the frame goes on after the error of a call; NONE: it is left, too."""
    row = code.handlers.find(pc - 1)
    if row == NONE:
        if code.generator_slot != NO_GENERATOR:
            finish(generator_frame(stack, base, code.generator_slot), LINK_SLOTS, code.frame_size)
        return NONE
    slot = code.handlers.slot(row)
    if slot != NO_SLOT:
        stack[base + slot] = error_value(code.session, error)
    return code.handlers.target(row)


@dont_look_inside
def start_task(
    session: Session, first: int, function: Value, arguments: list[Value], handle: W_Task | None
) -> W_Promise:
    """Run `function` as a task, from a native whose own first argument is in slot `first`, until it waits or ends."""
    promise = pending_promise() if handle is None else handle.promise
    callee = as_function(function)
    if callee is None or callee.code.generator_slot != NO_GENERATOR:
        try:
            resolve_with(session, promise, call_function(session, first, function, arguments))
        except GuestError as error:
            reject(session, promise, error.message)
        return promise
    code = callee.code
    if code.parameter_count != len(arguments):
        reject(session, promise, arity_text(code, len(arguments)))
        return promise
    slots: Array[Value] = Array(code.frame_size, Value.UNDEFINED)
    slots[CALLEE] = function
    for index in range(len(arguments)):
        slots[FIRST_ARGUMENT + index] = share(arguments[index])
    task = TaskJob(session, promise, code, slots)
    task.handle = handle
    task.run()
    return promise


def frame_for_natives(session: Session) -> int:
    """Begin an empty frame on top of the stack, as if a native had been called in it; gives its first argument's slot."""
    stack = session.stack
    base = stack.top
    if not stack.reserve(base + FIRST_ARGUMENT):
        raise GuestError("Out of memory")
    mark_outermost(stack, base)
    stack[base + CALLEE] = Value.UNDEFINED
    return base + FIRST_ARGUMENT


# --- waiting ---------------------------------------------------------------------------------------------------------
def may_park(stack: VMStack, first: int, task: TaskJob) -> bool:
    """Whether no native stands between the task and the builtin whose first argument is in slot `first`."""
    base = first - FIRST_ARGUMENT
    while base > task.bottom:
        if stack[base + CALLER_CODE].same(Value.NULL):
            return False
        base -= base_delta(stack, base)
    return True


def park(stack: VMStack, first: int, task: TaskJob) -> None:
    """Put the task away and leave it. The builtin, which was called from its innermost frame, will be called anew."""
    link = first - FIRST_ARGUMENT
    code = unsafe_cast(Code, caller_code(stack, link))
    task.stop_at(code, return_pc(stack, link) - 1, link - base_delta(stack, link))
    raise Parked


def wait_for(session: Session, stack: VMStack, first: int, promise: W_Promise, is_limited: bool = True) -> None:
    """Return when the promise is settled. From a builtin whose first argument is in slot `first`.

    What the main program waits for must come in time (`Session.longest_wait`), unless the wait is not limited.
    """
    if promise.state != PENDING:
        return
    scheduler = scheduler_of(session)
    task = scheduler.current
    if task is not None and may_park(stack, first, task):
        when_settled(promise, task)
        park(stack, first, task)
    end = end_of_wait(session, scheduler) if is_limited else FOR_EVER
    while promise.state == PENDING:
        if not scheduler.loop.run_one(True, end) and not _give_up_receiving(scheduler):
            raise GuestError(NEVER_SETTLED)
        check_wait(session, scheduler, end)


def resumed_operation(session: Session) -> W_Promise | None:
    """For a builtin that begins something and waits for it: what it waited for, if it is called anew. Else it is to begin."""
    task = scheduler_of(session).current
    if task is None:
        return None
    operation = task.operation
    task.operation = None
    return operation


def outcome(session: Session, stack: VMStack, first: int, operation: W_Promise, failure: str) -> Value:
    """Wait for what a builtin has begun, and give its value; or raise its error, with `failure` in front."""
    task = scheduler_of(session).current
    if operation.state == PENDING and task is not None and may_park(stack, first, task):
        task.operation = operation
    wait_for(session, stack, first, operation, False)
    if operation.state == REJECTED:
        raise GuestError(failure + operation.message)
    return operation.result


def end_of_wait(session: Session, scheduler: Scheduler) -> int:
    """When a wait that begins now has taken too long, as the loop's clock shows it."""
    return scheduler.loop.clock.now() + session.longest_wait * NANOSECONDS_IN_MILLISECOND


def check_wait(session: Session, scheduler: Scheduler, end: int) -> None:
    """After each turn of a wait that may last until `end`: raises the error of one that has taken too long."""
    if end != FOR_EVER and not scheduler.loop.has_jobs() and scheduler.loop.clock.now() >= end:
        raise GuestError(f"Scheduler timeout: nothing was settled in {session.longest_wait} ms")


def _give_up_receiving(scheduler: Scheduler) -> bool:
    """Let the task that has waited longest for a channel go on without a value; gives whether there was one."""
    if len(scheduler.receivers) == 0:
        return False
    _deliver(scheduler, scheduler.receivers[0], Value.NULL)
    return True


def _deliver(scheduler: Scheduler, task: TaskJob, value: Value) -> None:
    scheduler.receivers = [other for other in scheduler.receivers if other is not task]
    task.delivered = value
    scheduler.loop.add(task)


def receive(session: Session, stack: VMStack, first: int, channel: W_Channel) -> Value:
    """The oldest value of the channel, waiting for it as long as somebody else can run; else null."""
    scheduler = scheduler_of(session)
    task = scheduler.current
    if task is not None and not task.delivered.same(Value.UNDEFINED):
        delivered = task.delivered
        task.delivered = Value.UNDEFINED
        return delivered
    end = end_of_wait(session, scheduler)
    while channel.start == len(channel.items):
        if task is not None and may_park(stack, first, task):
            channel.waiting.append(task)
            scheduler.receivers.append(task)
            park(stack, first, task)
        if not scheduler.loop.run_one(True, end):
            return Value.NULL
        check_wait(session, scheduler, end)
    value = channel.items[channel.start]
    channel.items[channel.start] = Value.NULL
    channel.start += 1
    if channel.start == len(channel.items):
        channel.items.clear()
        channel.start = 0
    return value


def send(session: Session, channel: W_Channel, value: Value) -> None:
    """Give an owned value to who has waited longest for one, or put it into the channel."""
    scheduler = scheduler_of(session)
    while len(channel.waiting) > 0:
        task = channel.waiting.pop(0)
        if isinstance(task, TaskJob) and task in scheduler.receivers:
            _deliver(scheduler, task, value)
            return
    channel.items.append(value)


def sleep(session: Session, stack: VMStack, first: int, nanoseconds: int) -> None:
    """Let so much time pass, in which others run."""
    scheduler = scheduler_of(session)
    task = scheduler.current
    if task is not None and task.slept:
        task.slept = False
        return
    promise = promise_of_time(session, nanoseconds)
    if task is not None and may_park(stack, first, task):
        task.slept = True
    wait_for(session, stack, first, promise, False)
