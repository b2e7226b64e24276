"""Floats in local variables: how many steps the points of a 400 x 400 grid take to escape, 60 at most."""


def run(size):
    steps = 0
    inside = 0
    for row in range(size):
        ci = 2.0 * row / size - 1.0
        for column in range(size):
            cr = 3.0 * column / size - 2.0
            zr = 0.0
            zi = 0.0
            step = 0
            while step < 60 and zr * zr + zi * zi < 4.0:
                following = zr * zr - zi * zi + cr
                zi = 2.0 * zr * zi + ci
                zr = following
                step = step + 1
            steps = steps + step
            if step == 60:
                inside = inside + 1
    print(steps, inside)


run(400)
