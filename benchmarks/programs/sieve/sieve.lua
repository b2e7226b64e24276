-- Writing arrays: the primes below 10 000 by crossing out, three hundred times in one table that is filled anew each time.
local function count_primes(limit, rounds)
    local prime = {}
    for i = 0, limit - 1 do
        prime[i + 1] = true
    end
    local count = 0
    for _ = 1, rounds do
        for i = 0, limit - 1 do
            prime[i + 1] = true
        end
        for i = 2, limit - 1 do
            if prime[i + 1] then
                count = count + 1
                for multiple = i * i, limit - 1, i do
                    prime[multiple + 1] = false
                end
            end
        end
    end
    return count
end

print(count_primes(10000, 300))
