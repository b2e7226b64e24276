-- The game of life on a torus, a table of rows.
function run()
    local size = 48
    local grid, seed = {}, 9
    for y = 0, size - 1 do
        local row = {}
        for x = 0, size - 1 do
            seed = seed * 16807 % 2147483647
            if seed % 3 == 0 then row[x] = 1 else row[x] = 0 end
        end
        grid[y] = row
    end
    for generation = 1, 30 do
        local next = {}
        for y = 0, size - 1 do
            local above, here, below = grid[(y + size - 1) % size], grid[y], grid[(y + 1) % size]
            local row = {}
            for x = 0, size - 1 do
                local left, right = (x + size - 1) % size, (x + 1) % size
                local around = above[left] + above[x] + above[right] + here[left] + here[right] + below[left] + below[x] + below[right]
                if around == 3 or (around == 2 and here[x] == 1) then row[x] = 1 else row[x] = 0 end
            end
            next[y] = row
        end
        grid = next
    end
    local total = 0
    for y = 0, size - 1 do
        for x = 0, size - 1 do total = (total * 3 + grid[y][x]) % 1000003 end
    end
    return total
end
