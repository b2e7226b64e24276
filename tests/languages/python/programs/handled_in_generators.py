"""What a generator handles while it waits is not what its caller handles."""

import sys


def kind():
    return sys.exc_info()[0]


def waits_in_handler():
    try:
        raise ValueError(1)
    except ValueError:
        print("handles", kind())
        try:
            sent = yield 1
            print("sent", sent, kind())
        except KeyError as error:
            print("thrown", repr(error), repr(error.__context__), kind())
        print("still", kind())
        yield 2
    yield kind()


waiting = waits_in_handler()
print(next(waiting), kind(), waiting.send(5), kind(), next(waiting))
waiting = waits_in_handler()
next(waiting)
print(waiting.throw(KeyError("k")), kind(), next(waiting))
waiting = waits_in_handler()
next(waiting)
try:
    raise IndexError
except IndexError:
    try:
        waiting.throw(OSError("x"))
    except OSError as error:
        print(repr(error), repr(error.__context__), kind())
    print(kind())
print(kind())


def delegates():
    try:
        1 / 0
    except ZeroDivisionError:
        result = yield from waits_in_handler()
        print("result", result, kind())


for value in delegates():
    print(value, kind())


def ends():
    try:
        raise ValueError
    except ValueError as error:
        error.__context__ = error
        raise TypeError


try:
    ends()
except TypeError as error:
    print(repr(error.__context__), error.__context__.__context__ is error.__context__)


def suspended():
    local = 5
    yield local
    yield from [1, 2]


generator = suspended()
next(generator)
print(generator.gi_frame.f_locals, generator.gi_code.co_name, generator.gi_yieldfrom)
next(generator)
print(type(generator.gi_yieldfrom).__name__, generator.gi_suspended)
print(list(generator), generator.gi_frame)
