"""Pipelines of map, filter and reduce with closures that capture."""

from functools import reduce


def make_adder(n):
    return lambda x: x + n


def make_test(n):
    return lambda x: x % n != 0


def pipeline(items, n):
    added = list(map(make_adder(n), items))
    kept = list(filter(make_test(n + 2), added))
    squared = list(map(lambda x: x * x % 1009, kept))
    return reduce(lambda total, x: (total * 7 + x) % 1000003, squared, 0)


def run():
    items = []
    for i in range(300):
        items.append(i * 37 % 211)
    total = 0
    for n in range(120):
        total = (total + pipeline(items, n % 9 + 1)) % 1000003
    return total
