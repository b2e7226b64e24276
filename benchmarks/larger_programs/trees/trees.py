"""Binary trees: one large that stays, many small that do not."""


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


large = build(17, 1)


def run():
    total = 0
    for i in range(40):
        total = (total + add_up(build(9, i))) % 1000003
    return total + add_up(large.left)
