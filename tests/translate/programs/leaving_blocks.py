"""The ways out of `try` and `with`, and what errors of all kinds say."""

# What a linter would write otherwise is here to be tried.
# ruff: noqa: F841

from __future__ import annotations

from collections.abc import Callable

from tracewright_testing.probes import show

LOG: list[str] = []


def zero() -> int:
    return len(LOG)


class Manager:
    def __init__(self, name: str, log: list[str], mode: int = 0) -> None:
        self.name = name
        self.log = log
        self.mode = mode

    def __enter__(self) -> Manager:
        self.log.append("+" + self.name)
        if self.mode == 1:
            raise ValueError("enter " + self.name)
        return self

    def __exit__(self, kind: object, error: BaseException | None, trace: object) -> bool:
        self.log.append("-" + self.name + ("" if error is None else "!" + str(error)))
        if self.mode == 2:
            raise KeyError("exit " + self.name)
        return self.mode == 3


def probe_finally_return_overrides() -> str:
    return str(overrides(0)) + str(overrides(1)) + str(overrides(2))


def overrides(n: int) -> int:
    for i in range(3):
        try:
            if n == 0:
                return 1
            if n == 1:
                raise ValueError("x")
        finally:
            if n < 2:
                return 5
            if i == 1:
                break
    return 9


def probe_finally_changes_local() -> str:
    return str(changed())


def changed() -> int:
    x = 1
    try:
        return x
    finally:
        x = 2


def probe_finally_changes_list() -> str:
    return str(len(changed_list()))


def changed_list() -> list[int]:
    xs = [1]
    try:
        return xs
    finally:
        xs.append(2)


def probe_finally_continue() -> str:
    s = ""
    for i in range(4):
        try:
            if i == 1:
                raise ValueError("lost")
            s += str(i)
        finally:
            if i == 1:
                continue
            s += "f"
    return s


def probe_raise_in_finally() -> str:
    try:
        try:
            raise ValueError("first")
        finally:
            raise KeyError("second")
    except KeyError as e:
        return "K" + str(e)
    except ValueError as e:
        return "V" + str(e)


def probe_raise_in_except() -> str:
    s = ""
    try:
        try:
            raise ValueError("first")
        except ValueError as e:
            s += str(e)
            raise KeyError("second") from e
        finally:
            s += "f"
    except KeyError as e:
        s += str(e)
    return s


def probe_else_not_caught() -> str:
    s = ""
    try:
        try:
            s += "a"
        except ValueError:
            s += "wrong"
        else:
            raise ValueError("else")
        finally:
            s += "f"
    except ValueError as e:
        s += str(e)
    return s


def probe_bare_raise_nested() -> str:
    s = ""
    try:
        try:
            raise ValueError("outer")
        except ValueError:
            try:
                raise KeyError("inner")
            except KeyError:
                s += "k"
            raise
    except ValueError as e:
        s += str(e)
    return s


def probe_bare_raise_in_finally_of_handler() -> str:
    s = ""
    try:
        try:
            raise ValueError("outer")
        except ValueError:
            try:
                s += "x"
            finally:
                raise
    except ValueError as e:
        s += str(e)
    return s


def probe_except_variable_closure() -> str:
    fs: list[Callable[[], str]] = []
    try:
        raise ValueError("kept")
    except ValueError as e:
        text = str(e)
        fs.append(lambda: text)
    return fs[0]()


def probe_with() -> str:
    log: list[str] = []
    with Manager("a", log) as a, Manager("b", log) as b:
        log.append(a.name + b.name)
    return ",".join(log)


def probe_with_enter_raises() -> str:
    log: list[str] = []
    try:
        with Manager("a", log), Manager("b", log, 1):
            log.append("body")
    except ValueError as e:
        log.append(str(e))
    return ",".join(log)


def probe_with_swallow() -> str:
    log: list[str] = []
    with Manager("a", log, 3):
        with Manager("b", log):
            raise ValueError("v")
    return ",".join(log)


def probe_with_exit_raises() -> str:
    log: list[str] = []
    try:
        with Manager("a", log), Manager("b", log, 2):
            raise ValueError("v")
    except KeyError as e:
        log.append(str(e))
    return ",".join(log)


def probe_with_exit_raises_plain() -> str:
    log: list[str] = []
    try:
        with Manager("a", log), Manager("b", log, 2):
            log.append("body")
    except KeyError as e:
        log.append(str(e))
    return ",".join(log)


def probe_with_target_raises() -> str:
    log: list[str] = []
    ms = [Manager("z", log)]
    try:
        with Manager("a", log) as ms[zero() + 3]:
            log.append("body")
    except IndexError:
        log.append("index")
    return ",".join(log)


def probe_with_return() -> str:
    log: list[str] = []
    return with_return(log) + ",".join(log)


def with_return(log: list[str]) -> str:
    for i in range(3):
        with Manager("a", log):
            if i == 0:
                continue
            if i == 1:
                return "r"
    return "end"


def probe_raise_class() -> str:
    try:
        raise ValueError
    except ValueError as e:
        return "[" + str(e) + "]"


class KeySub(KeyError):
    pass


def probe_own_key_error() -> str:
    try:
        raise KeySub("k")
    except KeyError as e:
        return str(e)


def probe_base_exception_catch() -> str:
    try:
        raise KeyboardInterrupt()
    except Exception:
        return "wrong"
    except BaseException:
        return "right"


def probe_raise_with_cause_effect() -> str:
    log: list[str] = []
    try:
        raise ValueError("v") from make(log)
    except ValueError:
        pass
    return ",".join(log)


def make(log: list[str]) -> Exception:
    log.append("made")
    return KeyError("c")


COUNT = 5


COUNT = 6


def main() -> int:
    show("finally_return_overrides", probe_finally_return_overrides)
    show("finally_changes_local", probe_finally_changes_local)
    show("finally_changes_list", probe_finally_changes_list)
    show("finally_continue", probe_finally_continue)
    show("raise_in_finally", probe_raise_in_finally)
    show("raise_in_except", probe_raise_in_except)
    show("else_not_caught", probe_else_not_caught)
    show("bare_raise_nested", probe_bare_raise_nested)
    show("bare_raise_in_finally_of_handler", probe_bare_raise_in_finally_of_handler)
    show("except_variable_closure", probe_except_variable_closure)
    show("with", probe_with)
    show("with_enter_raises", probe_with_enter_raises)
    show("with_swallow", probe_with_swallow)
    show("with_exit_raises", probe_with_exit_raises)
    show("with_exit_raises_plain", probe_with_exit_raises_plain)
    show("with_target_raises", probe_with_target_raises)
    show("with_return", probe_with_return)
    show("raise_class", probe_raise_class)
    show("own_key_error", probe_own_key_error)
    show("base_exception_catch", probe_base_exception_catch)
    show("raise_with_cause_effect", probe_raise_with_cause_effect)
    return 0
