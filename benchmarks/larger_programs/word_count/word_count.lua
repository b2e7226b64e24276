-- Words of a text are counted and ranked.
local floor, sub = math.floor, string.sub

local function make_text(words)
    local roots = { [0] = "alpha", "beta", "gamma", "delta", "eps", "zeta", "eta", "theta" }
    local parts, seed = {}, 5
    for i = 1, words do
        seed = seed * 16807 % 2147483647
        local word = roots[seed % 8]
        if seed % 3 == 0 then word = word .. roots[floor(seed / 8) % 8] end
        if seed % 7 == 0 then word = word .. "," end
        parts[i] = word
    end
    return table.concat(parts, " ")
end

function run()
    local text = make_text(6000)
    local counts, word = {}, ""
    local length = #text
    for i = 1, length + 1 do
        local c = i <= length and sub(text, i, i) or " "
        if c >= "a" and c <= "z" then
            word = word .. c
        elseif word ~= "" then
            if counts[word] then counts[word] = counts[word] + 1 else counts[word] = 1 end
            word = ""
        end
    end
    local total = 0
    for name in pairs(counts) do
        local rank = 1
        for other in pairs(counts) do
            if counts[other] > counts[name] then rank = rank + 1 end
        end
        total = (total + rank * counts[name] + #name) % 1000003
    end
    return total
end
