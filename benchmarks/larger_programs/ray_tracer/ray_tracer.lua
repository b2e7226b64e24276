-- Rays into a scene of spheres, with vectors as records and methods.
local sqrt, abs = math.sqrt, math.abs
local Vector = {}
Vector.__index = Vector

local function vector(x, y, z) return setmetatable({ x = x, y = y, z = z }, Vector) end
function Vector:plus(other) return vector(self.x + other.x, self.y + other.y, self.z + other.z) end
function Vector:minus(other) return vector(self.x - other.x, self.y - other.y, self.z - other.z) end
function Vector:times(factor) return vector(self.x * factor, self.y * factor, self.z * factor) end
function Vector:dot(other) return self.x * other.x + self.y * other.y + self.z * other.z end

local function unit(v) return v:times(1 / sqrt(v:dot(v))) end

local function hit(sphere, origin, direction)
    local away = origin:minus(sphere.center)
    local b = away:dot(direction)
    local c = away:dot(away) - sphere.radius * sphere.radius
    local d = b * b - c
    if d < 0 then return -1 end
    local near = 0 - b - sqrt(d)
    if near > 0.001 then return near end
    return -1
end

local function trace_ray(spheres, origin, direction, depth)
    local best, found = 1000000, -1
    for i = 1, #spheres do
        local t = hit(spheres[i], origin, direction)
        if t > 0 and t < best then best, found = t, i end
    end
    if found < 0 then return 0.2 + 0.3 * abs(direction.y) end
    local sphere = spheres[found]
    local place = origin:plus(direction:times(best))
    local normal = unit(place:minus(sphere.center))
    local light = unit(vector(1, 2, -1.5))
    local bright = normal:dot(light)
    if bright < 0.1 then bright = 0.1 end
    if depth > 0 then
        local mirrored = direction:minus(normal:times(2 * normal:dot(direction)))
        bright = bright * (1 - sphere.shine) + sphere.shine * trace_ray(spheres, place, mirrored, depth - 1)
    end
    return bright
end

function run()
    local spheres = {
        { center = vector(0, 0, 5), radius = 1, shine = 0.3 },
        { center = vector(1.5, 0.5, 4), radius = 0.7, shine = 0.5 },
        { center = vector(-1.4, -0.3, 4.5), radius = 0.8, shine = 0.2 },
        { center = vector(0.3, 1.4, 6), radius = 0.9, shine = 0.6 },
    }
    local size, origin, total = 60, vector(0, 0, 0), 0
    for y = 0, size - 1 do
        for x = 0, size - 1 do
            local direction = unit(vector((x - 30) / 40, (y - 30) / 40, 1))
            total = total + trace_ray(spheres, origin, direction, 2)
        end
    end
    return (math.modf(total * 1000))
end
