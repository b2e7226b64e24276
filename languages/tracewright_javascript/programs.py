"""Whole programs: the script, then jobs and timers until nothing is left."""

from __future__ import annotations

from tracewright_javascript.bytecode import Code
from tracewright_javascript.errors import GuestFault, Thrown
from tracewright_javascript.interpreter import run_script
from tracewright_javascript.module_evaluation import evaluate
from tracewright_javascript.modules import Module, link
from tracewright_javascript.promises import JSPromise, State
from tracewright_javascript.realm import Agent, Realm


def run_program(realm: Realm, code: Code, ignores_rejections: bool = False) -> None:
    """Run a script and everything that comes of it. Raises Thrown: an error that nobody caught, or the reason of a promise that was
    rejected and that nobody handled."""
    run_script(realm, code)
    run_jobs(realm, ignores_rejections)


def run_module(realm: Realm, module: Module, ignores_rejections: bool = False) -> None:
    """Run a module, all that it imports, and everything that comes of it. Raises Thrown."""
    try:
        link(module)
    except GuestFault as fault:
        raise Thrown(realm.error_of(fault))
    promise = evaluate(module)
    promise.is_handled = True
    run_jobs(realm, ignores_rejections)
    if promise.state == State.REJECTED:
        raise Thrown(promise.result)


def run_jobs(realm: Realm, ignores_rejections: bool) -> None:
    """Jobs and timers until nothing is left. Raises Thrown."""
    agent = realm.agent
    loop = agent.loop
    while True:
        while loop.has_jobs():
            loop.run_one(False)
        check_rejections(agent, ignores_rejections)
        if not loop.run_one(True):
            break


def check_rejections(agent: Agent, ignores_rejections: bool) -> None:
    """Between turns, a rejected promise must have a handler. Raises Thrown."""
    rejected = agent.rejected
    agent.rejected = []
    for promise in rejected:
        if isinstance(promise, JSPromise) and not promise.is_handled and not ignores_rejections:
            raise Thrown(promise.result)
