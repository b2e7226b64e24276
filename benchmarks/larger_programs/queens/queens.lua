-- All ways to place ten queens, by recursion over arrays of what is taken.
local columns, rising, falling

local function place(row, size)
    if row == size then return 1 end
    local found = 0
    for column = 0, size - 1 do
        if not columns[column] and not rising[row + column] and not falling[row - column + size] then
            columns[column], rising[row + column], falling[row - column + size] = true, true, true
            found = found + place(row + 1, size)
            columns[column], rising[row + column], falling[row - column + size] = false, false, false
        end
    end
    return found
end

local function repeat_false(count)
    local made = {}
    for i = 0, count - 1 do made[i] = false end
    return made
end

function run()
    columns, rising, falling = repeat_false(10), repeat_false(20), repeat_false(21)
    return place(0, 10)
end
