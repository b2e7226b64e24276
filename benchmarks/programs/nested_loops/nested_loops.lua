-- Counting loops, three deep, with integer arithmetic inside.
local function run(n)
    local total = 0
    for i = 0, n - 1 do
        for j = 0, n - 1 do
            for k = 0, n - 1 do
                total = total + (i * j + k) % 7
            end
        end
    end
    return total
end

print(run(220))
