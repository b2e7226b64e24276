"""The tutorial's third step, each program run a hundred times on a VM stack of its own: what is compiled for one stack serves all.

A line of output for each tenth run says how many nanoseconds it took.
"""

from tracewright.core.system import monotonic_nanoseconds, write_output
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.guest.tokens import TokenStream, tokenize
from tracewright_tutorial.step2_bytecode import RULES, Compiler
from tracewright_tutorial.step3_jit import Code, run

TIMES = 100


def run_often(text: str) -> None:
    """Compile a program once and run it on many stacks."""
    scope = Compiler(TokenStream(tokenize(text, RULES))).program()
    code = Code(scope)
    for number in range(TIMES):
        stack = VMStack(1000)
        stack.reserve(scope.highest)
        started = monotonic_nanoseconds()
        run(code, 0, stack, 0)
        if number % 10 == 0 or number == TIMES - 1:
            write_output(f"run {number}: {monotonic_nanoseconds() - started} ns\n".encode())


def main() -> int:
    """The command."""
    return run_command("many_stacks", run_often)
