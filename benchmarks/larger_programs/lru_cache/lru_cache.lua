-- A cache that forgets what was used least recently: a dictionary and a doubly linked list in arrays.
local CAPACITY = 64
local floor = math.floor

function run()
    local places, keys, values, before, after = {}, {}, {}, {}, {}
    local count, newest, oldest, hits, seed, total = 0, -1, -1, 0, 11, 0
    for i = 0, 19999 do
        seed = seed * 16807 % 2147483647
        local wanted = floor(seed % 100 * (floor(seed / 1000) % 3) / 2)
        local key = "k" .. wanted
        local place = places[key]
        if place then
            hits = hits + 1
            total = (total + values[place]) % 1000003
            if place ~= newest then
                local b, a = before[place], after[place]
                if b >= 0 then after[b] = a else oldest = a end
                before[a] = b
                before[place] = newest
                after[place] = -1
                after[newest] = place
                newest = place
            end
        else
            place = count
            if place == CAPACITY then
                place = oldest
                oldest = after[place]
                before[oldest] = -1
                places[keys[place]] = nil
            else
                count = count + 1
            end
            keys[place] = key
            values[place] = i
            places[key] = place
            before[place] = newest
            after[place] = -1
            if newest >= 0 then after[newest] = place else oldest = place end
            newest = place
        end
    end
    return total * 100000 + hits
end
