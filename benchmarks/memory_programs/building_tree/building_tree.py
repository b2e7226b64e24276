"""One tree of binary nodes: at 1024 MB, 8,388,607 of them."""


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


tree = None


def prepare(megabytes):
    global tree
    depth = 12
    reached = 1
    while reached < megabytes:
        reached *= 2
        depth += 1
    tree = build(depth, 1)


def step(number):
    place = tree
    while place.left is not None:
        place = place.left
    return place.weight
