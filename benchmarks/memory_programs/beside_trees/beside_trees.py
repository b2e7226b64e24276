"""Short-lived trees while many small objects are alive."""


class Tree:
    def __init__(self, left, right, weight):
        self.left = left
        self.right = right
        self.weight = weight


def build(depth, weight):
    if depth == 0:
        return Tree(None, None, weight)
    return Tree(build(depth - 1, weight * 2 % 1009), build(depth - 1, (weight * 2 + 1) % 1009), weight)


def add_up(tree):
    if tree.left is None:
        return tree.weight
    return (tree.weight + add_up(tree.left) + add_up(tree.right)) % 1000003


kept = []


def prepare(megabytes):
    for i in range(megabytes * 8):
        kept.append(build(10, i))


def step(number):
    """Short-lived work: small trees that are gone at once."""
    total = 0
    for i in range(200):
        total = (total + add_up(build(8, number + i))) % 1000003
    return total
