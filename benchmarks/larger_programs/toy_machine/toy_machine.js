// A machine with an accumulator and a small memory, run from an array of instructions: it sums what is not divisible.
const LOAD = 0, STORE = 1, ADD = 2, CONSTANT = 3, REMAINDER = 4, JUMP = 5, JUMP_IF_ZERO = 6, LESS = 7, STOP = 8;

function execute(code, limit) {
    const memory = [0, 0, limit, 7, 5];
    let accumulator = 0;
    let pc = 0;
    while (true) {
        const operation = code[pc];
        const operand = code[pc + 1];
        pc += 2;
        if (operation === LOAD) accumulator = memory[operand];
        else if (operation === STORE) memory[operand] = accumulator;
        else if (operation === ADD) accumulator += memory[operand];
        else if (operation === CONSTANT) accumulator = operand;
        else if (operation === REMAINDER) accumulator %= memory[operand];
        else if (operation === JUMP) pc = operand;
        else if (operation === JUMP_IF_ZERO) {
            if (accumulator === 0) pc = operand;
        } else if (operation === LESS) accumulator = accumulator < memory[operand] ? 1 : 0;
        else return memory[1];
    }
}

function run() {
    const code = [
        LOAD, 0, LESS, 2, JUMP_IF_ZERO, 32,
        LOAD, 0, REMAINDER, 3, JUMP_IF_ZERO, 24,
        LOAD, 0, REMAINDER, 4, JUMP_IF_ZERO, 24,
        LOAD, 1, ADD, 0, STORE, 1,
        CONSTANT, 1, ADD, 0, STORE, 0, JUMP, 0,
        STOP, 0,
    ];
    return execute(code, 20000);
}
