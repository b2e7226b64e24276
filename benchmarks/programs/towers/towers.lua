-- Recursion over global arrays: the towers of Hanoi, each move checked.
local HEIGHT = 17
local piles = {}
local tops = { [0] = 0, 0, 0 }
local moves = 0

local function set_up()
    for i = 0, 3 * HEIGHT - 1 do
        piles[i] = 0
    end
    for disk = HEIGHT, 1, -1 do
        piles[tops[0]] = disk
        tops[0] = tops[0] + 1
    end
end

local function move_disk(source, target)
    tops[source] = tops[source] - 1
    local disk = piles[source * HEIGHT + tops[source]]
    if tops[target] > 0 then
        if piles[target * HEIGHT + tops[target] - 1] < disk then
            error("a larger disk on a smaller one")
        end
    end
    piles[target * HEIGHT + tops[target]] = disk
    tops[target] = tops[target] + 1
    moves = moves + 1
end

local function move_pile(height, source, target, spare)
    if height == 1 then
        move_disk(source, target)
        return
    end
    move_pile(height - 1, source, spare, target)
    move_disk(source, target)
    move_pile(height - 1, spare, target, source)
end

set_up()
for _ = 1, 5 do
    move_pile(HEIGHT, 0, 1, 2)
    move_pile(HEIGHT, 1, 0, 2)
end
print(moves .. " " .. tops[0] .. " " .. piles[0])
