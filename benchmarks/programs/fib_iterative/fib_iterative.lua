-- Local variables and additions: fib(70) + ... + fib(78), which every language here holds exactly, again and again.
local function fib(n)
    local a = 0
    local b = 1
    for _ = 1, n do
        local following = a + b
        a = b
        b = following
    end
    return a
end

local function run(rounds)
    local total = 0
    for round = 0, rounds - 1 do
        total = (total + fib(70 + round % 9)) % 1000000007
    end
    return total
end

print(run(150000))
