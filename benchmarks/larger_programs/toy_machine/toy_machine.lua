-- A machine with an accumulator and a small memory, run from an array of instructions: it sums what is not divisible.
local LOAD, STORE, ADD, CONSTANT, REMAINDER, JUMP, JUMP_IF_ZERO, LESS, STOP = 0, 1, 2, 3, 4, 5, 6, 7, 8

local function execute(code, limit)
    local memory = { [0] = 0, 0, limit, 7, 5 }
    local accumulator, pc = 0, 0
    while true do
        local operation, operand = code[pc + 1], code[pc + 2]
        pc = pc + 2
        if operation == LOAD then accumulator = memory[operand]
        elseif operation == STORE then memory[operand] = accumulator
        elseif operation == ADD then accumulator = accumulator + memory[operand]
        elseif operation == CONSTANT then accumulator = operand
        elseif operation == REMAINDER then accumulator = accumulator % memory[operand]
        elseif operation == JUMP then pc = operand
        elseif operation == JUMP_IF_ZERO then
            if accumulator == 0 then pc = operand end
        elseif operation == LESS then
            if accumulator < memory[operand] then accumulator = 1 else accumulator = 0 end
        else return memory[1] end
    end
end

function run()
    local code = {
        LOAD, 0, LESS, 2, JUMP_IF_ZERO, 32,
        LOAD, 0, REMAINDER, 3, JUMP_IF_ZERO, 24,
        LOAD, 0, REMAINDER, 4, JUMP_IF_ZERO, 24,
        LOAD, 1, ADD, 0, STORE, 1,
        CONSTANT, 1, ADD, 0, STORE, 0, JUMP, 0,
        STOP, 0,
    }
    return execute(code, 20000)
end
