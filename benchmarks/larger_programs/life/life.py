"""The game of life on a torus, a list of rows."""


def run():
    size = 48
    grid = []
    seed = 9
    for _ in range(size):
        row = []
        for _ in range(size):
            seed = seed * 16807 % 2147483647
            row.append(1 if seed % 3 == 0 else 0)
        grid.append(row)
    for _ in range(30):
        following = []
        for y in range(size):
            above = grid[(y + size - 1) % size]
            here = grid[y]
            below = grid[(y + 1) % size]
            row = []
            for x in range(size):
                left = (x + size - 1) % size
                right = (x + 1) % size
                around = above[left] + above[x] + above[right] + here[left] + here[right]
                around += below[left] + below[x] + below[right]
                if around == 3 or (around == 2 and here[x] == 1):
                    row.append(1)
                else:
                    row.append(0)
            following.append(row)
        grid = following
    total = 0
    for y in range(size):
        for x in range(size):
            total = (total * 3 + grid[y][x]) % 1000003
    return total
