"""Exception groups and `except*`."""


def leaves(group):
    return [leaves(e) if isinstance(e, BaseExceptionGroup) else repr(e) for e in group.exceptions]


group = ExceptionGroup("both", [ValueError(1), ExceptionGroup("inner", [TypeError(2), ValueError(3)])])
print(group, repr(group), group.message, len(group.exceptions))
print(type(group).__mro__)
match, rest = group.split(ValueError)
print(leaves(match), leaves(rest))
print(group.subgroup(OSError), leaves(group.subgroup((TypeError, OSError))))
print(leaves(group.subgroup(lambda e: isinstance(e, ValueError) and e.args[0] > 1)))
print(group.subgroup(ExceptionGroup) is group, group.split(KeyError)[1] is not group)
print(type(BaseExceptionGroup("plain", [ValueError()])).__name__, type(BaseExceptionGroup("b", [KeyboardInterrupt()])).__name__)
print(leaves(group.derive([KeyError("k")])))

for arguments in ((1, [ValueError()]), ("a", 3), ("a", []), ("a", [1]), ("a", [KeyboardInterrupt()]), ("a",)):
    try:
        ExceptionGroup(*arguments)
    except (TypeError, ValueError) as e:
        print(type(e).__name__, e)
try:
    group.split(3)
except TypeError as e:
    print(e)


class Mine(ExceptionGroup):
    def derive(self, excs):
        return Mine(self.message + "'", excs)


mine = Mine("mine", [ValueError(1), OSError(2)])
mine.add_note("a note")
part, other = mine.split(OSError)
print(type(part).__name__, part.message, part.__notes__, type(other).__name__)


def run(make):
    try:
        try:
            raise make()
        except* ValueError as e:
            print("  values", type(e).__name__, e.message, leaves(e))
        except* (TypeError, KeyError) as e:
            print("  types", leaves(e))
            raise IndexError("from handler")
        else:
            print("  else")
        finally:
            print("  finally")
        print("  all handled")
    except BaseException as e:
        if isinstance(e, BaseExceptionGroup):
            print("  goes on", type(e).__name__, repr(e.message), leaves(e))
        else:
            print("  goes on", repr(e), repr(e.__context__))


for make in (
    lambda: ValueError("alone"),
    lambda: OSError("not caught"),
    lambda: ExceptionGroup("g", [ValueError(1), ValueError(2)]),
    lambda: ExceptionGroup("g", [ValueError(1), OSError(2)]),
    lambda: ExceptionGroup("g", [ValueError(1), TypeError(2), OSError(3)]),
    lambda: ExceptionGroup("g", [ExceptionGroup("h", [KeyError(1), OSError(2)]), ValueError(3)]),
    lambda: BaseExceptionGroup("b", [KeyboardInterrupt(), ValueError(3)]),
    lambda: TypeError("naked"),
):
    print("run")
    run(make)


def nothing_raised():
    try:
        x = 1
    except* ValueError:
        x = 2
    else:
        x += 10
    return x


print(nothing_raised())


def reraises():
    try:
        try:
            raise ExceptionGroup("g", [ValueError(1), TypeError(2), KeyError(3)])
        except* ValueError:
            raise
        except* TypeError:
            pass
    except ExceptionGroup as e:
        return leaves(e), e.message


print(reraises())


def in_loop(n):
    count = 0
    for k in range(n):
        try:
            if k % 3 == 0:
                raise ExceptionGroup("g", [ValueError(k), KeyError(k)])
            if k % 3 == 1:
                raise ValueError(k)
        except* KeyError:
            count += 100
        except* ValueError as e:
            count += sum(inner.args[0] for inner in e.exceptions)
    return count


print(in_loop(60))
for wrong in (ExceptionGroup, int):
    try:
        try:
            raise ValueError(1)
        except* wrong:
            pass
    except TypeError as e:
        print(e)


def fail(kind, value):
    raise kind(value)


def collected():
    problems = []
    for kind in (ValueError, TypeError):
        try:
            fail(kind, kind.__name__)
        except Exception as e:
            problems.append(e)
    problems.append(ExceptionGroup("nested", [OSError("a"), KeyError("b")]))
    problems[0].add_note("with a note\nof two lines")
    try:
        raise KeyError("first")
    except KeyError:
        raise ExceptionGroup("all of them", problems)


collected()
