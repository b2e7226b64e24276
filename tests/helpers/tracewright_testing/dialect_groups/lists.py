"""Lists of lists and of objects; aliases, slices that are assigned and deleted, sorting by key."""

from tracewright_testing.dialect_groups.group import Group, Kind

LISTS = Group(
    "lists",
    kinds={
        "grid": Kind(
            "list[list[int]]",
            "shown_grid({0})",
            ("[[1], [2, 3]]", "[[1][:0]]"),
            ("[{l}, {l}]", "[[{i:NEW1=i}, NEW1] for NEW1 in {l}][:4]", "[[NEW1 ^ NEW2 for NEW1 in {l}] for NEW2 in {l}][:3]", "{grid}[::-1]", "sorted({grid})", "[NEW1[:2] for NEW1 in {grid}]", "({grid} * 2)[:4]", "sorted({grid}, key=len)", "sorted({grid}, key=lambda NEW1: NEW1[0] if NEW1 else 0)", "[[NEW2 for NEW2 in NEW1 if NEW2 > 0] for NEW1 in {grid}]"),
        ),
        "points": Kind(
            "list[Point]",
            "shown_points({0})",
            ("[Point(1, 2)]",),
            ("[{p}, {p}]", "sorted({points})", "sorted({points}, key=lambda NEW1: NEW1.y)", "[Point(NEW1, {i:NEW1=i}) for NEW1 in {l}][:4]", "[-NEW1 for NEW1 in {points}]", "({points} + {points})[:4]", "[NEW1 for NEW1 in {points} if ({b:NEW1=p}) != (NEW1.x == 7)]"),
        ),
        "shapes": Kind("list[Shape]", "shown_shapes({0})", ("[Shape(1), Square(2)]",), ("[Shape({i}), {h}]", "as_shapes({l})", "sorted({shapes}, key=lambda NEW1: NEW1.area())", "[NEW1 for NEW1 in {shapes} if not isinstance(NEW1, Named)]", "{shapes}[::-1]")),
    },
    patterns={
        "i": ("{grid}[u8({i}) & 1][u8({i}) & 1]", "next((NEW1 for NEW1 in {l} if {b:NEW1=i}), {i})", "next(NEW1 for NEW1 in {l} if NEW1 > {i})", "len({grid})", "sum([len(NEW1) for NEW1 in {grid}])", "{points}[0].x", "sum([u8(NEW1.area()) for NEW1 in {shapes}])", "max({points}).y", "{grid}.index({l})", "{points}.index({p})", "{points}.count({p})", "{l}[i8({i}):][0]", "{shapes}[u8({i}) & 1].area()", "max({grid})[0]", "{l}.copy().pop()", "{l}[:].pop(0)", "({l} + {l}).pop(i8({i}))", "[NEW1 for NEW1 in {l}][-1]"),
        "l": (
            "[*{l}, {i}][:8]", "list(map(lambda NEW1: {i:NEW1=i}, {l}))[:8]", "list(filter(lambda NEW1: {b:NEW1=i}, {l}))[:8]", "list(filter(None, map(i8, {l})))[:8]", "list(map(lambda NEW1, NEW2: {i:NEW1=i,NEW2=i}, {l}, {l}))[:8]", "[{i}, *{l}, *{l}][:8]", "[*sorted({l}), 1][:8]",
            "{grid}[u8({i}) & 1]", "[NEW2 for NEW1 in {grid} for NEW2 in NEW1][:8]", "[len(NEW1) for NEW1 in {grid}]", "[NEW1.x for NEW1 in {points}]", "[NEW1.area() for NEW1 in {shapes}]", "{l}[i8({i}):i8({i}):i8({i}) | 1]", "{l}[::-2]", "{l}.copy()", "list({l})", "[NEW1 for NEW1 in {l} if NEW1 in {l}]", "[{i:NEW1=i,NEW2=i} for NEW1 in {l}[:3] for NEW2 in {l}[:2] if ({b:NEW1=i,NEW2=i}) != (u8(NEW1) == 7)]", "sorted({l}, key=lambda NEW1: (NEW1 & 3, -u8(NEW1)))", "sorted([NEW1 % 5 for NEW1 in {l}], reverse={b})", "[(NEW1 if NEW1 > 0 else {i:NEW1=i}) for NEW1 in {l}]"),
        "b": ("({grid} == {grid})", "({grid} < {grid})", "({l} in {grid})", "({p} in {points})", "({points} == {points})", "({l} is {l})", "all(NEW1 for NEW1 in {grid})", "any(len(NEW1) > 1 for NEW1 in {grid})", "({l} >= {l})", "({l} != {l})", "({l}[1:] == {l}[:-1])", "(not {l})"),
        "s": (
            "repr({l})[:40]", "repr({grid})[:40]", "str({points})[:60]", "repr({t})[:50]", "f'{NUMBERS[:2]}'[:40]",
            "shown_grid({grid})[:40]",),
        "p": ("{points}[u8({i}) & 1]", "next((NEW1 for NEW1 in {points} if {b:NEW1=p}), {p})", "max({points} + [{p}])", "{points}[:].pop()"),
        "h": ("{shapes}[u8({i}) & 1]", "max({shapes}, key=lambda NEW1: NEW1.area())"),
    },
    forms=(
        "VAR_grid[u8({i}) & 1][u8({i}) & 1] = {i}", "VAR_grid[u8({i}) & 1].append({i})", "VAR_grid.append({l})\ndel VAR_grid[4:]", "VAR_grid[0] += {l}[:2]", "VAR_grid[0][0] |= {i}", "VAR_grid[u8({i}) & 1] = VAR_grid[0]", "VAR_points.sort()", "VAR_points[0].x = {i}", "VAR_points.append({p})\ndel VAR_points[4:]",
        "VAR_points.remove({p})", "VAR_shapes[u8({i}) & 1].size = {i}", "VAR_shapes.sort(key=lambda NEW1: NEW1.label())", "NEW1 = VAR_l\nNEW1.append({i})\ndel VAR_l[8:]\nAFTER NEW1=l", "NEW1 = VAR_l[:]\nNEW1.append({i})\nAFTER NEW1=l", "VAR_l[i8({i}):i8({i})] = {l}\ndel VAR_l[8:]", "del VAR_l[i8({i}):i8({i})]",
        "VAR_l[:0] = {l}\ndel VAR_l[8:]", "VAR_l[:] = {l}", "VAR_l[u8({i}) & 1] += i32({i}) // 4096 if VAR_l[u8({i}) & 1] < 100000 else 0", "VAR_l[-1] ^= {i}", "VAR_l.insert(0, VAR_l.pop())", "for NEW1 in {grid}[:3]:\n    LOOP NEW1=l", "for NEW1 in map(len, {grid}[:3]):\n    LOOP NEW1=i", "for NEW1 in filter(lambda NEW2: {b:NEW2=p}, {points}[:3]):\n    LOOP NEW1=p", "for NEW1 in {points}[:3]:\n    LOOP NEW1=p", "for NEW1 in {shapes}[:3]:\n    LOOP NEW1=h", "for NEW1, NEW2 in zip({points}[:3], {shapes}[:3]):\n    LOOP NEW1=p,NEW2=h",
        "for NEW1 in reversed({grid}[:4]):\n    LOOP NEW1=l", "match {grid}:\n    case [[NEW1, *NEW2], *_]:\n        BODY NEW1=i,NEW2=l\n    case [[], NEW3]:\n        BODY NEW3=l\n    case _:\n        BODY", "VAR_l.clear()\nVAR_l.extend({l})",
        "while VAR_l and VAR_l[-1] != {i}:\n    log.append(str(VAR_l.pop()))", "VAR_l.sort(key=lambda NEW1: -u8(NEW1))\nVAR_l.reverse()", "NEW1 = [0] * (u8({i}) & 7)\nfor NEW2 in range(len(NEW1)):\n    NEW1[NEW2] = {i:NEW2=i}\nAFTER NEW1=l",
    ),
    prelude='''

def shown_grid(grid: list[list[int]]) -> str:
    return "/".join([shown_ints(row) for row in grid])[:200]


def shown_points(points: list[Point]) -> str:
    return ";".join([f"{point.x} {point.y}" for point in points])[:200]


def as_shapes(sizes: list[int]) -> list[Shape]:
    shapes: list[Shape] = [Square(size) if size & 1 else Named(size, "n") for size in sizes[:4]]
    return shapes


def shown_shapes(shapes: list[Shape]) -> str:
    return ";".join([shape.label() for shape in shapes])[:200]
''',
)  # fmt: skip
