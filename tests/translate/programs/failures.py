"""Exceptions: every way into and out of try, except, else and finally."""

from __future__ import annotations

from tracewright.core.system import write_output


def text(name: str, value: str = "") -> None:
    write_output(f"{name} {value}\n".encode())


class ParseError(Exception):
    def __init__(self, message: str, position: int) -> None:
        super().__init__(message)
        self.position = position


class DeepError(ParseError):
    pass


class Quiet(Exception):
    pass


def fail(kind: int) -> int:
    if kind == 1:
        raise ValueError("bad value")
    if kind == 2:
        raise ParseError("bad parse", 7)
    if kind == 3:
        raise DeepError("deep", 9)
    if kind == 4:
        raise Quiet
    if kind == 5:
        return [1][kind]
    if kind == 6:
        return 1 // (kind - 6)
    if kind == 7:
        assert kind != 7, "seven"
    if kind == 8:
        raise KeyError("k") from None
    return kind


def catch(kind: int) -> str:
    try:
        result = fail(kind)
    except DeepError as error:
        return f"deep {error.position} {error}"
    except ParseError as error:
        return f"parse {error.position} {error}"
    except (ValueError, AssertionError) as error:
        return f"either {error}"
    except LookupError:
        return "lookup"
    except Quiet as error:
        return f"quiet [{error}]"
    except Exception:
        return "other"
    else:
        return f"fine {result}"
    finally:
        text("finally", str(kind))


def nested(kind: int) -> str:
    log = ""
    try:
        try:
            fail(kind)
            log += "a"
        except ValueError:
            log += "b"
            raise
        finally:
            log += "c"
    except ValueError as error:
        log += "d" + str(error)
    except ParseError:
        log += "e"
    return log


def loops() -> str:
    log = ""
    for i in range(6):
        try:
            if i == 1:
                continue
            if i == 4:
                break
            log += str(i)
        finally:
            log += "f"
    while True:
        try:
            return log + "r"
        finally:
            text("leaving", log)


def override(kind: int) -> int:
    try:
        fail(kind)
    finally:
        if kind == 2:
            return 22
    return 11


def rethrow(kind: int) -> int:
    try:
        return fail(kind)
    except ValueError as error:
        raise RuntimeError("wrapped " + str(error)) from error


def deep(n: int) -> int:
    return 0 if n == 0 else deep(n - 1) + 1


def counts() -> int:
    total = 0
    for i in range(9):
        before = total
        try:
            total += fail(i)
            total += 100
        except Exception:
            total = before + 1000
    return total


def main() -> int:
    for kind in range(9):
        text("catch", catch(kind))
    for kind in range(3):
        text("nested", nested(kind))
    text("loops", loops())
    text("override", f"{override(2)} {override(0)}")
    try:
        rethrow(1)
    except RuntimeError as error:
        text("rethrown", str(error))
    try:
        override(1)
    except ValueError:
        text("passed through")
    text("deep", str(deep(100)))
    text("counts", str(counts()))
    return 3
