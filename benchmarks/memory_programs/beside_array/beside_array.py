"""Short-lived trees while one array of references is alive, into which each step stores."""


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
    shared = build(0, 1)
    for _ in range(megabytes * 100000):
        kept.append(shared)


def step(number):
    total = 0
    for i in range(200):
        tree = build(8, number + i)
        kept[(number * 200 + i) * 7919 % len(kept)] = tree.left.left.left.left
        total = (total + add_up(tree)) % 1000003
    return total
