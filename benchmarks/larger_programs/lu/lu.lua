-- LU decomposition of a matrix of floats, a table of rows, with pivots.
local abs = math.abs

local function make(size)
    local rows, seed = {}, 3
    for i = 0, size - 1 do
        local row = {}
        for j = 0, size - 1 do
            seed = seed * 16807 % 2147483647
            row[j] = seed % 1000 / 100
        end
        rows[i] = row
    end
    return rows
end

function run()
    local size = 120
    local m = make(size)
    local sign = 1
    for k = 0, size - 1 do
        local pivot = k
        for i = k + 1, size - 1 do
            if abs(m[i][k]) > abs(m[pivot][k]) then pivot = i end
        end
        if pivot ~= k then
            m[k], m[pivot] = m[pivot], m[k]
            sign = -sign
        end
        for i = k + 1, size - 1 do
            local factor = m[i][k] / m[k][k]
            m[i][k] = factor
            for j = k + 1, size - 1 do m[i][j] = m[i][j] - factor * m[k][j] end
        end
    end
    local sum = 0
    for k = 0, size - 1 do sum = sum + abs(m[k][k]) end
    return (math.modf(sum * sign * 1000))
end
