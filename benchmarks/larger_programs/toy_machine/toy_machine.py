"""A machine with an accumulator and a small memory, run from a list of instructions: it sums what is not divisible."""

LOAD, STORE, ADD, CONSTANT, REMAINDER, JUMP, JUMP_IF_ZERO, LESS, STOP = range(9)


def execute(code, limit):
    memory = [0, 0, limit, 7, 5]
    accumulator = 0
    pc = 0
    while True:
        operation = code[pc]
        operand = code[pc + 1]
        pc += 2
        if operation == LOAD:
            accumulator = memory[operand]
        elif operation == STORE:
            memory[operand] = accumulator
        elif operation == ADD:
            accumulator += memory[operand]
        elif operation == CONSTANT:
            accumulator = operand
        elif operation == REMAINDER:
            accumulator %= memory[operand]
        elif operation == JUMP:
            pc = operand
        elif operation == JUMP_IF_ZERO:
            if accumulator == 0:
                pc = operand
        elif operation == LESS:
            accumulator = 1 if accumulator < memory[operand] else 0
        else:
            return memory[1]


# fmt: off
CODE = [
    LOAD, 0, LESS, 2, JUMP_IF_ZERO, 32,
    LOAD, 0, REMAINDER, 3, JUMP_IF_ZERO, 24,
    LOAD, 0, REMAINDER, 4, JUMP_IF_ZERO, 24,
    LOAD, 1, ADD, 0, STORE, 1,
    CONSTANT, 1, ADD, 0, STORE, 0, JUMP, 0,
    STOP, 0,
]
# fmt: on


def run():
    return execute(CODE, 20000)
