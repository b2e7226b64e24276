-- Twelve branches that nothing predicts in each turn; both sides add a constant.
local floor = math.floor

function run()
    local seed, total = 42, 0
    for i = 1, 200000 do
        seed = seed * 16807 % 2147483647
        local bits = seed
        if bits % 2 == 0 then total = total + 1 else total = total + 2 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 3 else total = total + 4 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 5 else total = total + 6 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 7 else total = total + 8 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 9 else total = total + 10 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 11 else total = total + 12 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 13 else total = total + 14 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 15 else total = total + 16 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 17 else total = total + 18 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 19 else total = total + 20 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 21 else total = total + 22 end
        bits = floor(bits / 2)
        if bits % 2 == 0 then total = total + 23 else total = total + 24 end
    end
    return total
end
