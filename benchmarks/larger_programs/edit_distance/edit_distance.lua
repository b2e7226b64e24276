-- The edit distance of texts, two rows of a table at a time.
local sub = string.sub

local function make_text(seed, length)
    local made = ""
    for i = 1, length do
        seed = seed * 16807 % 2147483647
        made = made .. sub("abcd", seed % 4 + 1, seed % 4 + 1)
    end
    return made
end

local function distance(a, b)
    local row = {}
    for j = 0, #b do row[j] = j end
    for i = 1, #a do
        local diagonal = row[0]
        row[0] = i
        for j = 1, #b do
            local cost = diagonal
            if sub(a, i, i) ~= sub(b, j, j) then cost = cost + 1 end
            diagonal = row[j]
            if row[j] + 1 < cost then cost = row[j] + 1 end
            if row[j - 1] + 1 < cost then cost = row[j - 1] + 1 end
            row[j] = cost
        end
    end
    return row[#b]
end

function run()
    local total = 0
    for k = 1, 4 do total = total * 1000 + distance(make_text(k, 200), make_text(k + 10, 180 + k)) end
    return total
end
