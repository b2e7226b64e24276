"""Thousands of VM stacks that nobody keeps, and some of unusual sizes."""

from tracewright.core.system import leave, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack

ADDRESS_SPACE = 1 << 40  # bytes that the test allows the program
LARGE = 1 << 30  # slots: eight gigabytes of it
MANY = 20_000
KEPT = 10


def used(number: int, limit: int) -> VMStack:
    """A new stack with something on it."""
    stack = VMStack(limit)
    stack.reserve(100)
    stack[99] = Value.of_int(number)
    return stack


def main() -> int:
    """Prints what is left on the stacks that were kept; then what was granted of a stack larger than the address space."""
    kept = [used(number, 1000) for number in range(KEPT)]
    total = 0
    for number in range(MANY):
        total += used(number, LARGE)[99].as_int()
    write_output(f"{total} {[stack[99].as_int() for stack in kept]} {kept[0].limit}\n".encode())
    larger = VMStack(1 << 40)
    granted = larger.limit
    fits, too_many = larger.reserve(granted), larger.reserve(granted + 1)
    larger[granted - 1] = Value.of_int(7)
    write_output(f"{LARGE <= granted < 1 << 40} {fits} {too_many} {larger[granted - 1].as_int()}\n".encode())
    return 0


if __name__ == "__main__":
    leave(main())
