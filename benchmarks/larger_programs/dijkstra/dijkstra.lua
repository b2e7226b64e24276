-- Shortest ways over a grid of weights, with a binary heap in two arrays.
local floor = math.floor

function run()
    local size = 100
    local weights, best = {}, {}
    local seed = 7
    for i = 0, size * size - 1 do
        seed = seed * 16807 % 2147483647
        weights[i] = seed % 9 + 1
        best[i] = 1000000000
    end
    local keys, items = { [0] = 0 }, { [0] = 0 }
    local count = 1
    best[0] = 0
    local visited = 0
    while count > 0 do
        local key, item = keys[0], items[0]
        count = count - 1
        keys[0] = keys[count]
        items[0] = items[count]
        local place = 0
        while true do
            local child = 2 * place + 1
            if child >= count then break end
            if child + 1 < count and keys[child + 1] < keys[child] then child = child + 1 end
            if keys[place] <= keys[child] then break end
            keys[place], keys[child] = keys[child], keys[place]
            items[place], items[child] = items[child], items[place]
            place = child
        end
        if key == best[item] then
            visited = visited + 1
            local x, y = item % size, floor(item / size)
            for side = 0, 3 do
                local nx, ny = x, y
                if side == 0 then nx = x + 1 elseif side == 1 then nx = x - 1 elseif side == 2 then ny = y + 1 else ny = y - 1 end
                if nx >= 0 and nx < size and ny >= 0 and ny < size then
                    local next = ny * size + nx
                    local way = key + weights[next]
                    if way < best[next] then
                        best[next] = way
                        keys[count] = way
                        items[count] = next
                        local up = count
                        count = count + 1
                        while up > 0 do
                            local parent = floor((up - 1) / 2)
                            if keys[parent] <= keys[up] then break end
                            keys[up], keys[parent] = keys[parent], keys[up]
                            items[up], items[parent] = items[parent], items[up]
                            up = parent
                        end
                    end
                end
            end
        end
    end
    return best[size * size - 1] * 10000 + visited % 10000 + best[size - 1]
end
