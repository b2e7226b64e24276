"""A dictionary with int keys: filled, changed, read."""


def run(n):
    squares = {}
    for i in range(n):
        squares[i] = i * 2
    for turn in range(5):
        for i in range(n):
            squares[i] = squares[i] + turn
    total = 0
    for i in range(n):
        total = total + squares[i]
    return total


print(run(500000))
