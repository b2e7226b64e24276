-- Arrays that change in place, with branches: all permutations of 9 things, each an exchange from the last, three times.
local function run(n)
    local order = {}
    local turns = {}
    for i = 0, n - 1 do
        order[i] = i
        turns[i] = 0
    end
    local count = 1
    local checksum = 0
    local i = 0
    while i < n do
        if turns[i] < i then
            local other = 0
            if i % 2 == 1 then
                other = turns[i]
            end
            local moved = order[other]
            order[other] = order[i]
            order[i] = moved
            count = count + 1
            checksum = (checksum * 3 + order[0] * n + order[n - 1]) % 1000003
            turns[i] = turns[i] + 1
            i = 0
        else
            turns[i] = 0
            i = i + 1
        end
    end
    print(count .. " " .. checksum)
end

run(9)
run(9)
run(9)
