"""Whole programs: the script or module, then what it wants done later, until nothing is left (`host/scheduling.py` has the order)."""

from __future__ import annotations

from typing import final

from tracewright.core.weak import run_due_finalizers
from tracewright.lib.event_loop import Job
from tracewright_javascript.bytecode import Code
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.host.descriptors import waits_for_descriptors
from tracewright_javascript.host.scheduling import waits_for_timers
from tracewright_javascript.interpreter import run_script
from tracewright_javascript.module_evaluation import evaluate
from tracewright_javascript.modules import Module, link
from tracewright_javascript.promises import JSPromise, State
from tracewright_javascript.realm import Agent, Realm


class Outcome:
    """What is done about errors that nobody has caught: here, they end the program."""

    def uncaught(self, thrown: Thrown) -> None:
        """An error has left the script, a job or a timer. Raises Thrown where that ends the program."""
        raise thrown

    def rejected(self, promise: JSPromise) -> None:
        """A promise was rejected, and nobody has said by the end of the jobs what to do about it. Raises Thrown."""
        self.uncaught(Thrown(promise.result))


@final
class IgnoringRejections(Outcome):
    """As the runner of test262 wants it."""

    def rejected(self, promise: JSPromise) -> None:
        pass


def run_program(realm: Realm, code: Code, outcome: Outcome) -> None:
    """Run a script and everything that comes of it. Raises Thrown."""
    try:
        run_script(realm, code)
    except Thrown as thrown:
        outcome.uncaught(thrown)
    run_jobs(realm, outcome)


def run_module(realm: Realm, module: Module, outcome: Outcome) -> bool:
    """Run a module, all that it imports, and everything that comes of it; gives whether it came to its end. Raises Thrown."""
    try:
        link(module)
    except GuestFault as fault:
        raise Thrown(realm.error_of(fault))
    promise = evaluate(module)
    promise.is_handled = True
    run_jobs(realm, outcome)
    if promise.state == State.REJECTED:
        outcome.uncaught(Thrown(promise.result))
    return promise.state != State.PENDING


def _run_job(job: Job, outcome: Outcome) -> None:
    try:
        job.run()
    except Thrown as thrown:
        outcome.uncaught(thrown)


def run_jobs(realm: Realm, outcome: Outcome) -> None:
    """Jobs, timers and immediates until nothing is left. Raises Thrown."""
    agent = realm.agent
    run_pending(agent, outcome)
    while _turn(agent, outcome):
        pass


def _turn(agent: Agent, outcome: Outcome) -> bool:
    """One turn of the loop; False where there is nothing to wait for."""
    loop = agent.loop
    immediates = len(agent.immediates)
    may_wait = immediates == 0 and (waits_for_timers(agent) or waits_for_descriptors(agent))
    is_busy = _run_one(agent, may_wait, outcome)
    while loop.is_in_turn():
        _run_one(agent, False, outcome)
    immediates = len(agent.immediates)
    for _ in range(immediates):
        _run_job(agent.immediates.take(), outcome)
        run_pending(agent, outcome)
    return is_busy or immediates > 0


def _run_one(agent: Agent, may_wait: bool, outcome: Outcome) -> bool:
    done = False
    try:
        done = agent.loop.run_one(may_wait)
    except Thrown as thrown:
        done = True
        outcome.uncaught(thrown)
    run_pending(agent, outcome)
    return done


def run_pending(agent: Agent, outcome: Outcome) -> None:
    """Ticks, and then microtasks, until neither is left; then what is to be said of rejected promises. Raises Thrown."""
    while True:
        while len(agent.ticks) > 0:
            _run_job(agent.ticks.take(), outcome)
        while agent.loop.has_jobs():
            try:
                agent.loop.run_one(False)
            except Thrown as thrown:
                outcome.uncaught(thrown)
        if len(agent.ticks) == 0:
            _check_rejections(agent, outcome)
            if len(agent.ticks) == 0 and not agent.loop.has_jobs():
                _end_turn(agent)
                if run_due_finalizers() == 0:
                    return


def _end_turn(agent: Agent) -> None:
    """ClearKeptObjects: what weak references have given may die again."""
    agent.turn += 1
    if len(agent.kept) > 0:
        agent.kept = []


def _check_rejections(agent: Agent, outcome: Outcome) -> None:
    rejected = agent.rejected
    agent.rejected = []
    for promise in rejected:
        if isinstance(promise, JSPromise) and not promise.is_handled:
            outcome.rejected(promise)
