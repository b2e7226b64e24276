-- Small objects that live for one turn of the loop, and one in a hundred that stays.
local function make(i)
    return { id = i, weight = (i * 13) % 101, name = "item" }
end

local function run(n)
    local kept = {}
    local total = 0
    for i = 0, n - 1 do
        local item = make(i)
        total = total + item.weight + #item.name
        if item.id % 100 == 0 then
            kept[#kept + 1] = item
        end
    end
    for _, item in ipairs(kept) do
        total = total + item.id
    end
    return total
end

print(string.format("%d", run(1500000)))
