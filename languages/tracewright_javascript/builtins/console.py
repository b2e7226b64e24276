"""`console`."""

from __future__ import annotations

from typing import final

from tracewright.core.system import flush_output, monotonic_nanoseconds, write_error, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.lib.utf16 import utf8_of_units
from tracewright_javascript.builtins.arguments import argument_at, arguments_from
from tracewright_javascript.builtins.rows import NativeRow, install_methods
from tracewright_javascript.conversions import to_text, truth
from tracewright_javascript.inspection import formatted
from tracewright_javascript.number_formats import fixed_text
from tracewright_javascript.objects import JSObject
from tracewright_javascript.realm import Realm, as_realm


@final
class Console:
    """What the functions of `console` share: how far groups are indented, counters, timers."""

    def __init__(self) -> None:
        self.indent = ""
        self.counts: dict[str, int] = {}
        self.timers: dict[str, int] = {}

    def line(self, text: str) -> bytes:
        """A text, indented, as output."""
        if self.indent != "":
            text = self.indent + text.replace("\n", "\n" + self.indent)
        return utf8_of_units(text + "\n")

    def write(self, text: str) -> Value:
        """A line on the standard output."""
        write_output(self.line(text))
        return Value.UNDEFINED

    def complain(self, text: str) -> Value:
        """A line on the standard error output."""
        flush_output()
        write_error(self.line(text))
        return Value.UNDEFINED


def _arguments(stack: VMStack, frame: int, count: int) -> list[Value]:
    return arguments_from(stack, frame, count, 0)


def _label(stack: VMStack, frame: int, count: int) -> str:
    value = argument_at(stack, frame, count, 0)
    return "default" if value.same(Value.UNDEFINED) else to_text(value)


def _count(console: Console, stack: VMStack, frame: int, count: int) -> Value:
    label = _label(stack, frame, count)
    console.counts[label] = console.counts.get(label, 0) + 1
    return console.write(f"{label}: {console.counts.get(label, 0)}")


def _count_reset(console: Console, stack: VMStack, frame: int, count: int) -> Value:
    console.counts[_label(stack, frame, count)] = 0
    return Value.UNDEFINED


def _time(console: Console, stack: VMStack, frame: int, count: int) -> Value:
    console.timers[_label(stack, frame, count)] = monotonic_nanoseconds()
    return Value.UNDEFINED


def _time_end(console: Console, stack: VMStack, frame: int, count: int) -> Value:
    label = _label(stack, frame, count)
    started = console.timers.get(label, -1)
    if started < 0:
        return console.complain(f"Warning: No such label '{label}' for console.timeEnd()")
    console.timers.pop(label, 0)
    return console.write(f"{label}: {_duration(monotonic_nanoseconds() - started)}")


def _assert(console: Console, realm: Realm, stack: VMStack, frame: int, count: int) -> Value:
    if truth(argument_at(stack, frame, count, 0)):
        return Value.UNDEFINED
    rest = arguments_from(stack, frame, count, 1)
    text = formatted(realm, rest)
    return console.complain(f"Assertion failed: {text}" if len(rest) > 0 else "Assertion failed")


def _group(console: Console, realm: Realm, stack: VMStack, frame: int, count: int) -> Value:
    if count > 0:
        console.write(formatted(realm, _arguments(stack, frame, count)))
    console.indent += "  "
    return Value.UNDEFINED


def _group_end(console: Console) -> Value:
    console.indent = console.indent[2:]
    return Value.UNDEFINED


def _time_log(console: Console, realm: Realm, stack: VMStack, frame: int, count: int) -> Value:
    label = _label(stack, frame, count)
    started = console.timers.get(label, -1)
    if started < 0:
        return console.complain(f"Warning: No such label '{label}' for console.timeLog()")
    rest = formatted(realm, arguments_from(stack, frame, count, 1))
    text = f"{label}: {_duration(monotonic_nanoseconds() - started)}"
    return console.write(f"{text} {rest}" if count > 1 else text)


def _duration(nanoseconds: int) -> str:
    """A time in the unit that suits it, as node writes it."""
    milliseconds = float(nanoseconds) / 1e6
    if milliseconds >= 60_000.0:
        seconds = int(milliseconds / 1000.0)
        return f"{seconds // 60}:{seconds % 60:02}.{int(milliseconds) % 1000:03} (m:ss.mmm)"
    if milliseconds >= 1000.0:
        return f"{fixed_text(milliseconds / 1000.0, 3)}s"
    return f"{fixed_text(milliseconds, 3)}ms"


def install_console(realm: Realm) -> JSObject:
    """Give a realm its `console`."""
    console = Console()
    thing = realm.new_object()
    rows: list[NativeRow] = []
    for name in ("log", "info", "debug"):
        rows.append((name, 0, lambda r, s, f, n: console.write(formatted(as_realm(r), _arguments(s, f, n)))))
    for name in ("error", "warn"):
        rows.append((name, 0, lambda r, s, f, n: console.complain(formatted(as_realm(r), _arguments(s, f, n)))))
    rows.append(("assert", 0, lambda r, s, f, n: _assert(console, as_realm(r), s, f, n)))
    rows.append(("count", 0, lambda r, s, f, n: _count(console, s, f, n)))
    rows.append(("countReset", 0, lambda r, s, f, n: _count_reset(console, s, f, n)))
    rows.append(("time", 0, lambda r, s, f, n: _time(console, s, f, n)))
    rows.append(("timeEnd", 0, lambda r, s, f, n: _time_end(console, s, f, n)))
    rows.append(("timeLog", 0, lambda r, s, f, n: _time_log(console, as_realm(r), s, f, n)))
    rows.append(("groupCollapsed", 0, lambda r, s, f, n: _group(console, as_realm(r), s, f, n)))
    rows.append(("group", 0, lambda r, s, f, n: _group(console, as_realm(r), s, f, n)))
    rows.append(("groupEnd", 0, lambda r, s, f, n: _group_end(console)))
    install_methods(realm, thing, rows)
    realm.define("console", Value.of_object(thing))
    return thing
