"""Recursion over global arrays: the towers of Hanoi, each move checked."""

HEIGHT = 17
piles = []
tops = [0, 0, 0]
moves = 0


def set_up():
    for _ in range(3 * HEIGHT):
        piles.append(0)
    for disk in range(HEIGHT, 0, -1):
        piles[tops[0]] = disk
        tops[0] = tops[0] + 1


def move_disk(source, target):
    global moves
    tops[source] = tops[source] - 1
    disk = piles[source * HEIGHT + tops[source]]
    if tops[target] > 0:
        if piles[target * HEIGHT + tops[target] - 1] < disk:
            raise ValueError("a larger disk on a smaller one")
    piles[target * HEIGHT + tops[target]] = disk
    tops[target] = tops[target] + 1
    moves = moves + 1


def move_pile(height, source, target, spare):
    if height == 1:
        move_disk(source, target)
        return
    move_pile(height - 1, source, spare, target)
    move_disk(source, target)
    move_pile(height - 1, spare, target, source)


set_up()
for _ in range(5):
    move_pile(HEIGHT, 0, 1, 2)
    move_pile(HEIGHT, 1, 0, 2)
print(moves, tops[0], piles[0])
