-- Writing arrays: the primes below 10 000 by crossing out, three hundred times (a table that fits the caches).
local function count_primes(limit)
    local prime = {}
    for i = 0, limit - 1 do
        prime[i + 1] = true
    end
    local count = 0
    for i = 2, limit - 1 do
        if prime[i + 1] then
            count = count + 1
            for multiple = i * i, limit - 1, i do
                prime[multiple + 1] = false
            end
        end
    end
    return count
end

local total = 0
for _ = 1, 300 do
    total = total + count_primes(10000)
end
print(total)
