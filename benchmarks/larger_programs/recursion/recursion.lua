-- Calls: Fibonacci, Ackermann, and two functions that call each other. (The results go through a local, as tail calls would be loops.)
local function fib(n)
    if n <= 1 then return n end
    return fib(n - 1) + fib(n - 2)
end

local function ackermann(m, n)
    if m == 0 then return n + 1 end
    if n == 0 then
        local result = ackermann(m - 1, 1)
        return result
    end
    local result = ackermann(m - 1, ackermann(m, n - 1))
    return result
end

local is_odd

local function is_even(n)
    if n == 0 then return 1 end
    local result = is_odd(n - 1)
    return result
end

function is_odd(n)
    if n == 0 then return 0 end
    local result = is_even(n - 1)
    return result
end

function run()
    local total = fib(26) + ackermann(2, 250)
    for i = 0, 99 do total = total + is_even(i * 5) end
    return total
end
