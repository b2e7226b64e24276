-- Function values that remember: adders made once and called in turn, counters made in the loop.
local function make_adder(amount)
    return function(x)
        return (x + amount) % 65536
    end
end

local function make_counter(start)
    local count = start
    return function()
        count = count + 1
        return count
    end
end

local function run(n)
    local adders = { make_adder(1), make_adder(20), make_adder(300), make_adder(4000) }
    local total = 0
    for i = 0, n - 1 do
        local adder = adders[i % 4 + 1]
        total = adder(total)
        local counter = make_counter(i)
        counter()
        total = total + counter() % 3
    end
    return total
end

print(run(1200000))
