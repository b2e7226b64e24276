"""Rays into a scene of spheres, with vectors as records and methods."""

from math import sqrt


class Vector:
    def __init__(self, x, y, z):
        self.x = x
        self.y = y
        self.z = z

    def plus(self, other):
        return Vector(self.x + other.x, self.y + other.y, self.z + other.z)

    def minus(self, other):
        return Vector(self.x - other.x, self.y - other.y, self.z - other.z)

    def times(self, factor):
        return Vector(self.x * factor, self.y * factor, self.z * factor)

    def dot(self, other):
        return self.x * other.x + self.y * other.y + self.z * other.z


class Sphere:
    def __init__(self, center, radius, shine):
        self.center = center
        self.radius = radius
        self.shine = shine


def unit(v):
    return v.times(1.0 / sqrt(v.dot(v)))


def hit(sphere, origin, direction):
    away = origin.minus(sphere.center)
    b = away.dot(direction)
    c = away.dot(away) - sphere.radius * sphere.radius
    d = b * b - c
    if d < 0.0:
        return -1.0
    near = 0.0 - b - sqrt(d)
    return near if near > 0.001 else -1.0


def trace_ray(spheres, origin, direction, depth):
    best = 1000000.0
    found = -1
    for i in range(len(spheres)):
        t = hit(spheres[i], origin, direction)
        if t > 0.0 and t < best:
            best = t
            found = i
    if found < 0:
        return 0.2 + 0.3 * abs(direction.y)
    sphere = spheres[found]
    place = origin.plus(direction.times(best))
    normal = unit(place.minus(sphere.center))
    light = unit(Vector(1.0, 2.0, -1.5))
    bright = normal.dot(light)
    if bright < 0.1:
        bright = 0.1
    if depth > 0:
        mirrored = direction.minus(normal.times(2.0 * normal.dot(direction)))
        bright = bright * (1.0 - sphere.shine) + sphere.shine * trace_ray(spheres, place, mirrored, depth - 1)
    return bright


def run():
    spheres = [
        Sphere(Vector(0.0, 0.0, 5.0), 1.0, 0.3),
        Sphere(Vector(1.5, 0.5, 4.0), 0.7, 0.5),
        Sphere(Vector(-1.4, -0.3, 4.5), 0.8, 0.2),
        Sphere(Vector(0.3, 1.4, 6.0), 0.9, 0.6),
    ]
    size = 60
    origin = Vector(0.0, 0.0, 0.0)
    total = 0.0
    for y in range(size):
        for x in range(size):
            direction = unit(Vector((x - 30.0) / 40.0, (y - 30.0) / 40.0, 1.0))
            total += trace_ray(spheres, origin, direction, 2)
    return int(total * 1000.0)
