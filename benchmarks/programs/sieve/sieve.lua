-- Writing arrays: the primes below three million by crossing out.
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

print(count_primes(3000000))
