-- A dictionary with string keys, which are made anew for each use: count how often each of 5000 names comes up.
local function run(n)
    local counts = {}
    for i = 0, n - 1 do
        local name = "key_" .. tostring((i * 7919) % 5000)
        if counts[name] then
            counts[name] = counts[name] + i % 3
        else
            counts[name] = 1
        end
    end
    local total = 0
    for name in pairs(counts) do
        total = total + counts[name] * #name
    end
    return total
end

print(run(1200000))
