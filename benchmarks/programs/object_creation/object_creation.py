"""Small objects that live for one turn of the loop, and one in a hundred that stays."""


class Item:
    def __init__(self, id, weight, name):
        self.id = id
        self.weight = weight
        self.name = name


def make(i):
    return Item(i, (i * 13) % 101, "item")


def run(n):
    kept = []
    total = 0
    for i in range(n):
        item = make(i)
        total = total + item.weight + len(item.name)
        if item.id % 100 == 0:
            kept.append(item)
    for item in kept:
        total = total + item.id
    return total


print(run(1500000))
