"""Short-lived trees while a table of records is alive, in which each step replaces some."""


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


kept = {}
entries = 0


def prepare(megabytes):
    global entries
    entries = megabytes * 8000
    for i in range(entries):
        kept[i] = Tree(None, None, i)


def step(number):
    total = 0
    for i in range(200):
        tree = build(8, number + i)
        kept[(number * 200 + i) * 7919 % entries] = tree.left.left.left.left
        total = (total + add_up(tree)) % 1000003
    return total
