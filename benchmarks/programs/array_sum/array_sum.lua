-- Reading arrays: fill one with 10000 numbers, then add them up many times.
local function filled(n)
    local numbers = {}
    for i = 0, n - 1 do
        numbers[i + 1] = (i * 7919) % 1009
    end
    return numbers
end

local function total_of(numbers)
    local total = 0
    for i = 1, #numbers do
        total = total + numbers[i]
    end
    return total
end

local function run(rounds)
    local numbers = filled(10000)
    local total = 0
    for round = 0, rounds - 1 do
        total = total + total_of(numbers) + round
    end
    return total
end

print(string.format("%d", run(1500)))
