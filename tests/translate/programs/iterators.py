"""Classes with `__iter__` and `__next__`: every loop that takes them, and `iter` and `next` by hand."""

from __future__ import annotations

from tracewright.core.system import write_output


def show(text: str) -> None:
    write_output((text + "\n").encode())


class Countdown:
    def __init__(self, number: int) -> None:
        self.number = number

    def __iter__(self) -> Countdown:
        return self

    def __next__(self) -> int:
        if self.number == 0:
            raise StopIteration
        if self.number == 77:
            raise ValueError("no 77")
        self.number -= 1
        return self.number


class Evens(Countdown):
    def __next__(self) -> int:
        return super().__next__() + 2 * super().__next__()


class Lines:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def __iter__(self) -> LineIterator:
        return LineIterator(self.lines)


class LineIterator:
    def __init__(self, lines: list[str]) -> None:
        self.lines = lines
        self.place = 0

    def __iter__(self) -> LineIterator:
        return self

    def __next__(self) -> tuple[int, str]:
        if self.place >= len(self.lines):
            raise StopIteration
        self.place += 1
        return (self.place, self.lines[self.place - 1])


def first_below(numbers: Countdown, limit: int) -> int:
    for number in numbers:
        if number < limit:
            return number
    else:
        return -1


def loops() -> None:
    for number in Countdown(3):
        show(str(number))
    both: list[Countdown] = [Countdown(2), Evens(4)]
    for counter in both:
        show(str([number for number in counter]))
    lines = Lines(["a", "b"])
    for index, (number, line) in enumerate(lines):
        for other, text in lines:
            show(f"{index}{number}{line}{other}{text}")
    for number in Countdown(3):
        try:
            if number == 1:
                continue
            show(f"turn {number}")
        finally:
            show(f"end {number}")
    else:
        show("else")
    best: str | None = None
    for _, line in lines:
        if best is None or line > best:
            best = line
    show(str(best))


def consumers() -> None:
    show(f"{sum(Countdown(4))} {list(Countdown(2))} {max(Countdown(5))} {sorted(Countdown(3))}")
    show(f"{[x * y for x in Countdown(3) for y in Countdown(2)]} {any(x == 2 for x in Countdown(4))}")
    lines = Lines(["p", "q"])
    show(" ".join(line for _, line in lines) + str({line: number for number, line in lines}))


def by_hand() -> None:
    numbers = Countdown(10)
    show(f"{next(numbers)} {[first_below(numbers, 3) for _ in range(5)]}")
    walker = iter(Lines(["x", "y"]))
    while True:
        try:
            number, line = next(walker)
        except StopIteration:
            break
        show(f"{number}{line}")
    try:
        for number in Countdown(79):
            show(str(number))
    except ValueError as error:
        show(f"caught {error}")


def main() -> int:
    loops()
    consumers()
    by_hand()
    return 0
