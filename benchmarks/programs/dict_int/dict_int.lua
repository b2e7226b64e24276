-- A dictionary with int keys: filled, changed, read.
local function run(n)
    local squares = {}
    for i = 0, n - 1 do
        squares[i] = i * 2
    end
    for round = 0, 4 do
        for i = 0, n - 1 do
            squares[i] = squares[i] + round
        end
    end
    local total = 0
    for i = 0, n - 1 do
        total = total + squares[i]
    end
    return total
end

print(string.format("%d", run(500000)))
