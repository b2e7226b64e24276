"""Control flow in odd places: what loops carry, what finally sees, what narrowing survives."""

from __future__ import annotations

from tracewright.core.integers import ovf_add
from tracewright.core.system import write_output


def text(name: str, value: str) -> None:
    write_output(f"{name} {value}\n".encode())


class Link:
    def __init__(self, value: int, next: Link | None) -> None:
        self.value = value
        self.next = next
        self.cut = False

    def drop(self) -> None:
        self.next = None


class Long(Link):
    def __init__(self, value: int, extra: str) -> None:
        super().__init__(value, None)
        self.extra = extra


def rotate(turns: int) -> str:
    a, b, c = 1, 2, 3
    for _ in range(turns):
        a, b, c = b, c, a
    return f"{a}{b}{c}"


def collatz(n: int) -> int:
    steps = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        steps += 1
        if steps > 1000:
            break
    else:
        steps += 10000
    return steps


def find_pair(total: int) -> str:
    for a in range(10):
        for b in range(a, 10):
            if a * b == total:
                break
            if a + b > total:
                continue
        else:
            continue
        return f"{a}*{b}"
    else:
        return "none"


def skip_and_stop(items: list[int]) -> str:
    log = ""
    for item in items:
        match item:
            case 0:
                continue
            case 1 | 2:
                log += "a"
            case 9:
                break
            case _:
                if item > 5:
                    log += "big"
                    continue
                log += "b"
        log += "."
    return log


def cleanup(limit: int) -> str:
    log = ""
    i = 0
    while True:
        i += 1
        try:
            try:
                if i == 2:
                    continue
                if i == 4:
                    raise ValueError("four")
                if i >= limit:
                    break
                log += str(i)
            except ValueError:
                log += "e"
                continue
            finally:
                log += "f"
        finally:
            log += "g"
    return log


def last_assignment(kind: int) -> int:
    x = 0
    try:
        x = 1
        if kind == 1:
            raise KeyError("k")
        x = 2
        x = ovf_add(x, 9223372036854775807 if kind == 2 else 1)
        x += 100
    except KeyError:
        x += 10
    except OverflowError:
        x += 20
    finally:
        x *= 2
    return x


def follow(link: Link | None) -> str:
    log = ""
    previous: Link | None = None
    while link is not None:
        if previous is not None and previous.value > link.value:
            log += "<"
        previous = link
        link = link.next
        if link is None:
            log += "end"
        elif isinstance(link, Long):
            log += link.extra
        else:
            log += str(link.value)
    if previous is None:
        return "empty"
    return log + str(previous.value)


def forget(link: Link) -> str:
    if link.next is None:
        return "no next"
    before = link.next.value
    link.drop()
    try:
        return f"{before} {link.next.value}"  # the type checker does not see that it is gone
    except AttributeError:
        return f"{before} gone"


def shadows() -> str:
    x = 5
    squares = [x * x for x in range(4) if x != 1]
    names = {x: str(x) for x in squares}
    total = sum([y + x for y in squares for x in [10, 20] if y < x])
    return f"{x} {len(names)} {total}"


def early(values: list[int]) -> int:
    if (first := values[0] if values else -1) < 0 or first == 3 and len(values) > (second := 2) and second == 2:
        return first
    return first + 100


def flags(a: int, b: int) -> str:
    small = a < b < 10
    either = a == 1 or b == 1
    chosen = a and b
    other = a or b
    return f"{small} {either} {chosen} {other} {not a} {bool(b) is True}"


def failing_item(items: list[int]) -> str:
    try:
        return str(len([10 // item for item in items]))
    except ZeroDivisionError:
        return "zero"


def default_text(value: str | None, other: str | None = None) -> str:
    if not value and not other:
        return "nothing"
    return (value or "") + (other or "-")


def nested_handlers() -> str:
    log = ""
    for i in range(4):
        try:
            try:
                if i == 1:
                    raise ValueError("v")
                if i == 2:
                    raise KeyError("k")
            except ValueError as error:
                log += str(error)
                raise IndexError("from v") from error
            else:
                log += "."
        except IndexError as error:
            log += str(error)
        except KeyError:
            log += "K"
    return log


def main() -> int:
    text("rotate", rotate(4) + rotate(0))
    text("collatz", f"{collatz(27)} {collatz(1)}")
    text("pairs", find_pair(12) + find_pair(49) + find_pair(97))
    text("skip", skip_and_stop([0, 1, 7, 3, 2, 9, 1]))
    text("cleanup", cleanup(6))
    text("last", f"{last_assignment(0)} {last_assignment(1)} {last_assignment(2)}")
    chain = Link(3, Link(1, Link(2, None)))
    text("follow", follow(chain) + follow(None) + follow(Link(1, Long(2, "long"))))
    text("forget", forget(chain) + forget(Link(1, None)))
    text("shadows", shadows())
    text("early", f"{early([])} {early([3, 1, 1])} {early([3])} {early([5])}")
    text("flags", flags(1, 2) + flags(0, 1) + flags(20, 0))
    text("failing", failing_item([1, 2]) + failing_item([1, 0]))
    text("default", default_text(None) + default_text("a") + default_text("", "b"))
    text("nested", nested_handlers())
    return 0
