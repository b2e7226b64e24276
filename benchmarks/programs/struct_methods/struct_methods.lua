-- Methods on small records: a walk over points, each step making new ones.
local Point = {}
Point.__index = Point

local function new_point(x, y)
    return setmetatable({ x = x, y = y }, Point)
end

function Point:plus(other)
    return new_point(self.x + other.x, self.y + other.y)
end

function Point:scaled(factor)
    return new_point(self.x * factor, self.y * factor)
end

function Point:wrapped(size)
    return new_point(self.x % size, self.y % size)
end

function Point:distance(other)
    return (self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)
end

local function run(n)
    local origin = new_point(0, 0)
    local step = new_point(3, 7)
    local place = origin
    local total = 0
    for i = 0, n - 1 do
        place = place:plus(step:scaled(i % 5)):wrapped(1000)
        total = total + place:distance(origin) % 1013
    end
    return total
end

print(run(500000))
