"""Lists of ints, of floats and of anything: each way from one to another, from loops that are compiled as well."""


def show(*things):
    print(*(repr(thing) for thing in things))


# Displays, and what comes to them.
ints = [1, 2, 3]
ints.append(4)
show(ints, type(ints[0]))
ints.append(1.5)
show(ints, type(ints[0]), type(ints[-1]))
ints.append("text")
show(ints)
floats = [0.5, 1.0, -0.0]
show(floats, floats.index(1), 1 in floats, True in floats)
floats[1] = 7
show(floats, type(floats[1]), floats.index(7))
bools = [1, 2]
bools[0] = True
show(bools, bools[0] is True)
mixed = [1, 2.0, True, None]
show(mixed, [type(x).__name__ for x in mixed])
computed = [1.5 * 2, 3 + 0.5]
show(computed, [2 * "a", 3 * [1]], [1 + 1, 2 + 2.0])
big = [2**62, 1]
big.append(2**63)
big.append(-(2**63))
show(big, [2**70, 1], [2**51, -(2**51)], sum([2**62, 2**62]))
nan = float("nan")
show([nan].count(nan), nan in [nan, 1.0], [nan] == [nan])

# Methods.
row = list(range(6))
row.insert(0, 9)
row.insert(3, 0.5)
row.insert(-1, "s")
show(row, row.pop(), row.pop(0), row)
row = [3, 1, 2]
row.sort()
row.reverse()
show(row, sorted([2.5, 1.5]), sorted([3, 1.5, 2]), sorted(["b", "a"]))
row.extend([4, 5])
row.extend((6, 7.5))
row += "ab"
row += [1]
show(row, row.count(1), row.count(True), row.index(7.5))
row.remove(7.5)
row.clear()
row.append(2.5)
show(row, row * 3, [0] * 4, [0.0] * 2, [1, 2] * 2, [] * 3, [1, "a"] * 2)
show([1, 2] + [3], [1] + [2.5], [1] + ["a"], [] + [1], [0.5] + [])
show([1, 2].copy(), list((1, 2.0)), list("ab"), [*range(3), 0.5], [*[1, 2], *[3]])
try:
    [].pop()
except IndexError as error:
    show(error)
try:
    [1, 2].remove(3)
except ValueError as error:
    show(error)

# Slices.
row = list(range(10))
show(row[2:5], row[::-1], row[8:2:-2], row[5:2], row[::3], row[-3:])
row[2:4] = [20, 30, 40]
row[0:1] = [0.5]
show(row)
row = list(range(6))
row[:] = [1.5, 2.5]
show(row)
row[1:1] = [7, 8]
row[::2] = ["x", "y"]
show(row)
row = [1, 2, 3]
row[1:2] = row
row[:0] = reversed(row[1:])
show(row)
del row[1], row[2:4]
show(row, [1, 2, 3] < [1, 2, 4], [1, 2] < [1, 2, 0], [1, 2] == [1, 2.0], [1] < [1.5], [2.5] >= [2.5])
first, *rest = [1, 2.5, 3]
(a, b), c = [1, 2], [3.5]
show(first, rest, a, b, c, max([3, 1, 2]), min([0.5, 0.25]), sum([1, 2, 3]), sum([0.5, 0.25]), any([0, 0.0]), all([1, 2]))
show(*[1, 2], *[0.5], "".join(["a", "b"]), list(map(str, [1, 2.0])), list(zip([1, 2], [0.5, 1.5])), list(enumerate([7, 8])))
try:
    "".join([1, 2])
except TypeError as error:
    show(error)


# Loops: kinds change below machine code that was made for others.
def total_of(numbers):
    total = 0
    for number in numbers:
        total += number
    return total


def by_index(numbers):
    total = 0
    for i in range(len(numbers)):
        total += numbers[i]
    return total


results = []
for turn in range(60):
    numbers = [i if turn < 30 else i + 0.25 for i in range(100)]
    if turn % 5 == 4:
        numbers[50] = 2.5 if turn % 2 else True
    if turn % 7 == 6:
        numbers.append(2**63)
    results.append(total_of(numbers))
    results.append(by_index(numbers))
show(results[:12], results[-6:], len(set(results)))
grid = [[0] * 20 for _ in range(20)]
for step in range(30):
    for y in range(20):
        for x in range(20):
            grid[y][x] += 0.5 if step % 3 == 0 else 1
show(grid[3][4], grid[19][19], total_of(grid[7]))
stack = []
popped = 0
for i in range(5000):
    stack.append(i if i % 3 == 0 else i / 2)
    if i % 4 == 3:
        popped += stack.pop() + stack.pop()
    if i == 4000:
        stack.append("end")
    if i == 4001:
        stack.remove("end")
show(popped, len(stack), stack[-3:])
walked = []
grown = [1]
for value in grown:
    walked.append(value)
    if len(grown) < 6:
        grown.append(value + 0.5)
    elif len(grown) == 6:
        grown.append("last")
show(walked)


class Row(list):
    def total(self):
        return sum(self)


own = Row([1, 2, 3])
own.append(4)
own[0] = 10
show(own, own.total(), own[1:], Row([0.5]) + [1], own == [10, 2, 3, 4])
