-- Pipelines of map, filter and reduce with closures that capture.
local function make_adder(n) return function(x) return x + n end end
local function make_test(n) return function(x) return x % n ~= 0 end end

local function map(items, f)
    local made = {}
    for i = 1, #items do made[i] = f(items[i]) end
    return made
end

local function filter(items, f)
    local made, n = {}, 0
    for i = 1, #items do
        local item = items[i]
        if f(item) then
            n = n + 1
            made[n] = item
        end
    end
    return made
end

local function reduce(items, total, f)
    for i = 1, #items do total = f(total, items[i]) end
    return total
end

local function pipeline(items, n)
    local added = map(items, make_adder(n))
    local kept = filter(added, make_test(n + 2))
    local squared = map(kept, function(x) return x * x % 1009 end)
    return reduce(squared, 0, function(total, x) return (total * 7 + x) % 1000003 end)
end

function run()
    local items = {}
    for i = 0, 299 do items[i + 1] = i * 37 % 211 end
    local total = 0
    for n = 0, 119 do total = (total + pipeline(items, n % 9 + 1)) % 1000003 end
    return total
end
