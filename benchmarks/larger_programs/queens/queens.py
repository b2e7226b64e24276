"""All ways to place ten queens, by recursion over lists of what is taken."""

columns = []
rising = []
falling = []


def place(row, size):
    if row == size:
        return 1
    found = 0
    for column in range(size):
        if not columns[column] and not rising[row + column] and not falling[row - column + size]:
            columns[column] = True
            rising[row + column] = True
            falling[row - column + size] = True
            found += place(row + 1, size)
            columns[column] = False
            rising[row + column] = False
            falling[row - column + size] = False
    return found


def run():
    global columns, rising, falling
    columns = [False] * 10
    rising = [False] * 20
    falling = [False] * 21
    return place(0, 10)
