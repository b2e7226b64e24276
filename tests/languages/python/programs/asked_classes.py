"""What built-in functions and calls of classes ask the program: `__len__`, `__iter__`, `__next__`, `__abs__`, `__new__`, getters that are objects."""

from abc import ABC, abstractmethod
from collections import namedtuple
from operator import attrgetter, itemgetter


class Sized:
    def __init__(self, size):
        self.size = size

    def __len__(self):
        return self.size

    def __abs__(self):
        return "abs", 0 if self.size is None else self.size

    def __iter__(self):
        return iter(range(self.size)) if self.size != 3 else self.size

    def __next__(self):
        if self.size == 0:
            raise StopIteration("over")
        self.size -= 1
        return self.size


class Kind(type):
    def __len__(cls):
        return 77


class WithKind(metaclass=Kind):
    __len__ = None


class Number:
    def __index__(self):
        return 4


def lengths():
    total = 0
    for turn in range(60):
        total += len(Sized(turn)) + len(WithKind) + abs(Sized(turn))[1] + len("ab") + abs(-turn)
        if turn != 3:
            total += sum(iter(Sized(turn)))
        sized = Sized(turn % 4)
        total += next(sized, -1)
        while sized.size:
            total += next(sized)
    print(total, len(Sized(True)), len(Sized(1 << 40)))
    print(len(Sized(Number())))
    for size in (-1, 2.5, "a", None, 1 << 70, True):
        for asked in (len, abs):
            try:
                print(asked(Sized(size)))
            except (TypeError, ValueError, OverflowError) as error:
                print(type(error).__name__, error)
    for action in (
        lambda: iter(Sized(3)),
        lambda: next(Sized(0)),
        lambda: next(Sized(0), "default"),
        lambda: len(),
        lambda: len(1, 2),
        lambda: abs("a"),
        lambda: iter(5),
        lambda: next([]),
        lambda: next(iter(Sized(2))),
        lambda: list(map(len, [Sized(1), "abc"])),
        lambda: len(obj=1),
    ):
        try:
            print(action())
        except (TypeError, StopIteration) as error:
            print(type(error).__name__, error)


lengths()

made = []


class Counted:
    def __new__(cls, *values, **named):
        self = object.__new__(cls)
        self.values = values, sorted(named)
        made.append(cls.__name__)
        return self


class Derived(Counted):
    pass


class WithInit(Counted):
    def __init__(self, *values, **named):
        self.initialized = len(values)


class Other:
    def __new__(cls, value):
        return value * 2


class Once:
    known = None

    def __new__(cls):
        if cls.known is None:
            cls.known = super().__new__(cls)
        return cls.known


class Text(str):
    def __new__(cls, value, extra=1):
        self = super().__new__(cls, value.upper())
        self.extra = extra
        return self


class Row(list):
    def __new__(cls, values):
        return super().__new__(cls)


class Failing:
    def __new__(cls):
        raise ValueError("not made")


class Abstract(ABC):
    def __new__(cls):
        return super().__new__(cls)

    @abstractmethod
    def method(self):
        pass


class Late:
    pass


Point = namedtuple("Point", "x y", defaults=[5])


class Point3(Point):
    def norm(self):
        return self.x + self.y


class Holder:
    first = property(itemgetter(0))
    size = property(attrgetter("items"))
    both = property(itemgetter(0, 1))
    nothing = property(len)

    def __init__(self, *items):
        self.items = items

    def __getitem__(self, place):
        return self.items[place]

    def __len__(self):
        return len(self.items)


def making():
    total = 0
    for turn in range(60):
        point = Point(turn, 2)
        total += point.x + point[1] + Point(turn).y + Point3(y=turn, x=1).norm() + Other(turn)
        counted = Counted(turn, 2, k=3)
        total += len(counted.values[0]) + (Once() is Once()) + WithInit(1, 2).initialized
        text = Text("ab", extra=turn)
        total += text.extra + len(text) + len(Row([1, 2])) + len(Derived().values)
        holder = Holder(turn, 3)
        total += holder.first + holder.size[1] + sum(holder.both) + holder.nothing
    print(total, len(made), made[:4], Text("a"), Point(1), Point3(1, 2)._replace(x=4), Derived(1, a=2).values)
    for action in (
        Failing,
        Abstract,
        Other,
        lambda: Counted.__new__(Late),
        lambda: Point(),
        lambda: Point(1, 2, 3),
        lambda: Point(z=1),
        lambda: Text(),
    ):
        try:
            print(type(action()).__name__)
        except (ValueError, TypeError) as error:
            print(type(error).__name__, error)
    for turn in range(40):
        if turn == 20:
            Late.__new__ = lambda cls, *values: object.__new__(cls)
        if turn == 30:
            Late.__init__ = lambda self, value: setattr(self, "value", value)
        late = Late(turn) if turn >= 20 else Late()
    print(late.value, Holder.first.fget is not None)
    try:
        Holder().first
    except IndexError as error:
        print(error)


making()


class Truth:
    def __init__(self, answer):
        self.answer = answer

    def __bool__(self):
        return self.answer


class Weighed:
    def __init__(self, weight):
        self.weight = weight

    def __len__(self):
        return self.weight


def truths():
    total = 0
    for turn in range(80):
        for thing in (Truth(turn % 3 == 0), Weighed(turn % 2), Late, None, turn % 4, [0] * (turn % 2), Point(1)):
            if thing:
                total += 1
            if not thing:
                total += 100
            while thing and not Truth(turn == 5):
                total += 10000
                break
            total += 1000000 if thing or Weighed(1) else 0
            assert thing or not thing
        total += sum(1 for each in (Truth(True), Truth(False), Weighed(2)) if each)
    print(total, Truth(False) or "other", (Truth(True) and "both"), "a" if Weighed(0) else "b")
    for thing in (Truth(1), Truth("a"), Weighed(-1), Weighed(1 << 70), Weighed("a"), Weighed(True), Truth(None)):
        try:
            if thing:
                print("true")
            else:
                print("false")
        except (TypeError, ValueError, OverflowError) as error:
            print(type(error).__name__, error)

    def failing():
        class Fails:
            def __bool__(self):
                raise KeyError("asked")

        try:
            while Fails():
                print("never")
        except KeyError as error:
            return error
        return None

    print([str(failing()) for _ in range(30)][-1])


truths()
