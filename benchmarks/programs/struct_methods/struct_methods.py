"""Methods on small records: a walk over points, each step making new ones."""


class Point:
    def __init__(self, x, y):
        self.x = x
        self.y = y

    def plus(self, other):
        return Point(self.x + other.x, self.y + other.y)

    def scaled(self, factor):
        return Point(self.x * factor, self.y * factor)

    def wrapped(self, size):
        return Point(self.x % size, self.y % size)

    def distance(self, other):
        return (self.x - other.x) * (self.x - other.x) + (self.y - other.y) * (self.y - other.y)


def run(n):
    origin = Point(0, 0)
    step = Point(3, 7)
    place = origin
    total = 0
    for i in range(n):
        place = place.plus(step.scaled(i % 5)).wrapped(1000)
        total = total + place.distance(origin) % 1013
    return total


print(run(500000))
