"""A tuple's item taken by a variable index.

Why: the items may have different types.
Instead: unpack it, or use a list or an Array.
"""


def main() -> int:
    point = (1, 2)
    total = 0
    for index in range(2):
        total += point[index]
    return total
