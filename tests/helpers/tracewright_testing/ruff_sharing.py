"""Random Ruff programs about who holds which container, and a Ruff that copies at every change.

The compiler decides where a container is marked as held twice and where it may be changed in place. A mark forgotten
shows as a difference from an interpreter in which every container counts as shared, so that nothing is ever changed in
place, except what was copied for this very change.
"""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from typing import final

import pytest

from tracewright.core.vm_stack import VMStack
from tracewright.guest.instructions import opcode
from tracewright.hints import GuestCode
from tracewright_ruff import interpreter
from tracewright_ruff.bytecode import Code
from tracewright_ruff.containers import W_Container
from tracewright_ruff.objects import W_Array, W_Dict, W_Struct
from tracewright_ruff.opcodes import Op

STEPS_DOWN = {
    Op.UPDATE_GLOBAL, Op.UPDATE_CAPTURED, Op.UPDATE_NAME, Op.UPDATE_INDEX, Op.UPDATE_KEY, Op.UPDATE_FIELD, Op.MOVE,
    Op.CALL_NATIVE,
}  # fmt: skip
CHANGES = {Op.SET_INDEX, Op.SET_KEY, Op.SET_FIELD}


@final
class ChangeClock:
    """Stands in for the JIT driver; its time goes on with every bytecode, except within one change of an element."""

    def __init__(self) -> None:
        self.time = 0
        self.previous = -1

    def jit_merge_point(self, code: GuestCode, pc: int, stack: VMStack, base: int, bottom: int) -> None:
        assert isinstance(code, Code)
        operation = opcode(code.words[pc])
        if operation not in STEPS_DOWN | CHANGES or self.previous in CHANGES:
            self.time += 1
        self.previous = operation

    def can_enter_jit(self, code: GuestCode, pc: int, stack: VMStack, base: int, bottom: int) -> None:
        pass

    def call_separately(self, callee: GuestCode) -> bool:
        return False


@contextmanager
def copying_always() -> Iterator[None]:
    """Here every container counts as shared unless it was copied for the change that is going on."""
    clock = ChangeClock()
    copied_at: dict[int, tuple[int, W_Container]] = {}

    def is_shared(self: W_Container) -> bool:
        return copied_at.get(id(self), (-1, self))[0] != clock.time

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(interpreter, "driver", clock)
        patch.setattr(W_Container, "shared", property(is_shared, lambda self, value: None), raising=False)
        for kind in (W_Array, W_Dict, W_Struct):
            original = kind.copied

            def stamped(self: W_Container, original: object = original) -> W_Container:
                assert callable(original)
                result = original(self)
                assert isinstance(result, W_Container)
                copied_at[id(result)] = (clock.time, result)  # held, so that the id stays its own
                return result

            patch.setattr(kind, "copied", stamped)
        yield


STEPS = ("[0]", "[1]", '["k"]', ".f", ".g", "[-1]")
GLOBALS = ["ga", "gb", "gc"]
# Functions that change what they are given: some do not see any global, some do, some fail.
HELPERS = ["grow", "nest", "look", "fail", "again"]
HELPER_TEXT = """
func grow(x, y) { if is_array(x) { x := push(x, y) } return x }
func nest(x, y) { if is_array(x) { if len(x) > 0 { x[0] := y  x := grow(x, [y]) } } return x }
func look(x, y) { x := grow(x, y)  print(ga, gb)  return x }
func fail(x, y) { x := grow(x, y)  if is_array(x) { if len(x) > 2 { throw("long") } } return x }
func again(x, y) { let z := grow(x, y)  y := x  x := nest(x, z)  return x }
func split_off(x, y) { x := grow(x, y)  if is_array(y) { return [x, y, x] } return [x, y] }
func wrap(x, y) { return [x, y] }
func twice(x, y) { x := grow(x, y)  return P { f: x, g: [x, y] } }
func regrow() { gr := pop(gb)  gb := gr[0] }
gr := [1, 2]
"""
BEGINNINGS = ("[1, [2, 3]]", "[[1], [2]]", '{"k": [1], "m": 2}', "P { f: [1, 2], g: 5 }")


@final
class SharingPrograms:
    """Writes one program."""

    def __init__(self, seed: int) -> None:
        self.dice = random.Random(seed)
        self.lines: list[str] = []
        self.variables: list[str] = []
        self.functions: list[str] = []
        self.in_function = False

    def path(self) -> str:
        steps = self.dice.choice([0, 0, 1, 1, 2])
        return self.dice.choice(self.variables) + "".join(self.dice.choice(STEPS) for _ in range(steps))

    def value(self, depth: int = 0) -> str:
        path, other = self.path(), self.path()
        kinds = [str(self.dice.randrange(10)), path, path, other]
        if depth < 3:
            inner, second = self.value(depth + 1), self.value(depth + 1)
            kinds += [
                f"[{inner}, {second}]",
                f'{{"k": ({inner}), "m": ({second})}}',
                f"P {{ f: ({inner}), g: ({second}) }}",
                f"push({path}, {inner})",
                f"concat({path}, {other})",
                f"[{path}, ...{other}]",
                f"({path} ?? {inner})",
                f"map({path}, func(x) {{ return x }})",
                f"reduce({path}, {inner}, func(a, x) {{ a := push(a, x) return a }})",
                f"pop({path})[0]",
            ]
            kinds += [f"{name}({path}, {inner})" for name in self.functions]
        return self.dice.choice(kinds)

    def guarded(self, statement: str) -> str:
        return f'try {{ {statement} }} except e {{ print("!", e.message) }}'

    def block(self, head: str, count: int, indent: int, extra: list[str]) -> None:
        self.lines.append(head)
        outer, self.variables = self.variables, self.variables + extra
        for _ in range(count):
            self.statement(indent + 1)
        self.variables = outer
        self.lines.append("}")

    def statement(self, indent: int) -> None:
        name, path, value = self.dice.choice(self.variables), self.path(), self.value()
        other = self.dice.choice(self.variables)
        removal = self.dice.choice([f'remove({name}, "k")', f"remove({name}, {path})", f"remove_at({name}, 0)"])
        element = name + "".join(self.dice.choice(STEPS[:5]) for _ in range(self.dice.choice([1, 1, 2])))
        simple = [
            f"{name} := {value}",
            f"{name} := {value}",
            self.guarded(f"{element} := {value}"),
            self.guarded(f"{element} := {value}"),
            self.guarded(f"{element} := {value}"),
            self.guarded(f"{name} := push({name}, {value})"),
            self.guarded(f"{path} := push({path}, {value})"),
            self.guarded(f"{name} := push({name}, [{path}, {name}[0]])"),
            self.guarded(f"r := pop({name})  {name} := r[0]  {other} := r[1]"),
            self.guarded(f"let r := {removal}  {other} := r[1]  {name} := r[0]"),
            f"r := pop({name})  {name} := r[0]",
            self.guarded(f"r := pop({element})  {element} := r[0]  {other} := r[1]"),
            self.guarded(f"let r := remove_at({element}, 0)  {element} := r[0]  print(r[1])"),
            self.guarded(f'r := remove({element}, "k")  {element} := r[0]  {other} := r'),
            self.guarded(f"let [rest, x] := pop({element})  {element} := rest  {other} := x"),
            self.guarded(f"let [rest, x] := pop({name})  {name} := rest  print(x)"),
            self.guarded(f"let [rest, x] := pop({name})  {name} := rest  {other} := rest"),
            self.guarded(f"if true {{ mut [x, y] := {value}  x[0] := {value}  {other} := y  print(x, y) }}"),
            self.guarded(f"{name}[len({name}) - 1] := push({name}[len({name}) - 1], {value})"),
            self.guarded(f"{name}[0 + 1] := concat({name}[0 + 1], {path})"),
            f"if true {{ let r := pop({name})  {other} := r[1]  {name} := r[0] }}",
            f"cl := func(z) {{ {name} := push({name}, z) return {name} }} print(cl(1)) print(cl(2), {name})",
            f"match Ok({path}) {{ case Ok(mm): {{ {name} := mm }} }}",
            f"print({', '.join(self.variables)})",
        ]
        simple += [f"{name} := {function}({name}, {value})" for function in self.functions + HELPERS]
        helper, literal = self.dice.choice(HELPERS), str(self.dice.randrange(9))
        simple += [
            f"{name} := {helper}({name}, {path})  print({name}, {other})",
            f"{element} := {helper}({element}, {literal})  print({name}, {other})",
            self.guarded(f"{element} := {helper}({element}, {path})"),
            f"r := split_off({name}, {literal})  {name} := r[0]  {other} := r[1]",
            f"r := split_off({name}, {path})  {other} := r[1]  {name} := r[0]",
            f"if true {{ let [rest, x] := split_off({name}, {value})  {name} := rest  print(x, rest) }}",
            f"if true {{ let [rest, x] := split_off({name}, 2)  {name} := rest  print(x) }}",
            f"gr := pop({name})  {name} := gr[0]",
            self.guarded(f"gr := pop({name})  regrow()  {name} := gr[0]  print(gb, {name})"),
            self.guarded(f"{name} := fail({name}, {value})"),
            self.guarded(f"{other} := wrap({name}, {literal})  {other}[0][0] := {value}  print({name}, {other})"),
            self.guarded(f"{other} := twice({name}, {literal})  {other}.f[0] := {value}  print({name}, {other})"),
            f"gr := split_off({name}, 1)  {name} := gr[0]  print({name}, gr[1])",
        ]
        if self.in_function and indent > 0:
            part = self.dice.choice(["a", "b", "local", name])
            simple.append(f"return {value}")
            simple.append(f"return [{part}, {value}]")
            simple.append(f'return {{"k": {part}, "m": [{other}]}}')
            simple.append(f"return P {{ f: {part}, g: ({value}) }}")
        choice = self.dice.randrange(len(simple) + 2)
        if choice < len(simple) or indent > 2:
            self.lines.append(simple[choice % len(simple)])
        elif choice == len(simple):
            self.block(f"for it in {path} {{", 2, indent, ["it"])
        else:
            self.block(f"if {path} {{", 2, indent, [])

    def program(self) -> str:
        self.lines.append("struct P { f: int, g: int }" + HELPER_TEXT)
        for index in range(3):
            self.in_function = True
            self.lines.append(
                f"func fn{index}(a, b) {{ depth := depth + 1  if depth > 6 {{ return 0 }}  local := [1, [2, 3]]"
            )
            self.variables = ["a", "b", "local", *self.dice.sample(GLOBALS, 2)]
            for _ in range(6):
                self.statement(1)
            self.lines.append(f"return {self.value()} }}")
            self.functions.append(f"fn{index}")
        self.in_function = False
        self.variables = [*GLOBALS, "pa", "pb"]
        self.lines += [f"{name} := {self.dice.choice(BEGINNINGS)}" for name in self.variables]
        for _ in range(15):
            self.lines.append("depth := 0  try {")
            self.statement(1)
            self.lines.append('} except err { print("?", err.message, err.stack) }')
        self.lines.append("print(ga, gb, gc, pa, pb)")
        for _ in range(8):  # outside `try`: the first error ends the program
            self.lines.append("depth := 0")
            self.statement(1)
            self.lines.append("print(ga, gb, gc, pa, pb)")
        return "\n".join(self.lines)
