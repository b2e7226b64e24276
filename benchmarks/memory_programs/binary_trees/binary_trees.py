"""Binary trees of rising depth, up to 16, beside one that stays."""


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


long_lived = None


def prepare(megabytes):
    global long_lived
    long_lived = build(16, 1)


def step(number):
    """Step 0 makes 4096 trees of depth 4, step 1 fewer that are deeper, and so on up to depth 16; then again."""
    depth = 4
    count = 8192
    for _ in range(number % 7):
        depth += 2
        count //= 4
    total = 0
    for i in range(count):
        total = (total + add_up(build(depth, i))) % 1000003
    return total
