"""attrs: classes with validators, converters, comparison, and their fields."""

import attr
from attrs import Factory, asdict, define, evolve, field, fields, validators


@define
class Point:
    x: int = field(converter=int)
    y: int = field(default=0, validator=validators.instance_of(int))
    tags: list = Factory(list)


@attr.s(frozen=True, order=True)
class Old:
    a = attr.ib()
    b = attr.ib(default=2, repr=False)


p = Point("3", 4)
print(p, p == Point(3, 4), asdict(p), evolve(p, y=9), [f.name for f in fields(Point)])
print(Old(1) < Old(2), Old(1), hash(Old(1)) == hash(Old(1)))
for wrong in (lambda: Point(1, "x"), lambda: setattr(Old(1), "a", 3), lambda: Point()):
    try:
        wrong()
    except Exception as problem:
        print(type(problem).__name__, str(problem)[:60])
