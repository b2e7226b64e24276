"""Containers are shared and changed in place, and no program can tell."""

import pytest

from tracewright_ruff.containers import W_Container
from tracewright_ruff.objects import W_Array, W_Dict, W_Struct
from tracewright_testing.ruff_session import run_source
from tracewright_testing.ruff_sharing import SharingPrograms, copying_always


@pytest.mark.parametrize("seed", range(40))
def test_sharing_cannot_be_seen(seed: int) -> None:
    source = SharingPrograms(seed).program()
    shared = run_source(source)
    with copying_always():
        copied = run_source(source)
    assert shared == copied
    assert len(shared.printed) > 0


HELPERS = """
func add(p, x) { p := push(p, x)  return p }
func bump(s, x) { s.n := s.n + x  s.xs := add(s.xs, x)  return s }
func split(p, x) { p := push(p, x)  return [p, x] }
func part(p, x) { p := push(p, x)  return P { xs: p, n: x } }
"""
IN_PLACE = {
    "global": "p := []  func seen() { return p }  while i < 200 { p := add(p, i)  i := i + 1 }  print(seen()[199])",
    "name of a parameter": "p := []  while i < 200 { p := add(p, i)  i := i + 1 }  print(len(p))",
    "local": "func main() { mut q := []  for k in range(200) { q := add(q, k) }  print(len(q)) }  main()",
    "struct": "s := P { n: 0, xs: [] }  while i < 200 { s := bump(s, i)  i := i + 1 }  print(len(s.xs), s.n)",
    "element": "s := P { n: 0, xs: [] }  while i < 200 { s.xs := add(s.xs, i)  i := i + 1 }  print(len(s.xs))",
    "element of an element": 's := [{"k": []}]  while i < 200 { s[0].k := add(s[0].k, i)  i := i + 1 }  print(len(s[0].k))',
    "pair": "q := []  while i < 200 { r := split(q, i)  q := r[0]  i := i + 1 }  print(len(q))",
    "pair taken apart": "q := []  while i < 200 { let [a, x] := split(q, i)  q := a  i := i + 1 }  print(len(q))",
    "pair in a global": "q := range(200)  func seen() { return r[1] }  while i < 200 { r := pop(q)  q := r[0]  i := i + 1 }"
    "  print(seen(), len(q))",
    "part of what is returned": "while i < 200 { s := part([], i)  s.xs := add(s.xs, i)  i := i + 1 }  print(s)",
}


@pytest.mark.parametrize("form", IN_PLACE)
def test_replaced_soon_is_changed_in_place(form: str, monkeypatch: pytest.MonkeyPatch) -> None:
    copies: list[W_Container] = []
    for kind in (W_Array, W_Dict, W_Struct):
        original = kind.copied

        def counted(self: W_Container, original: object = original) -> W_Container:
            copies.append(self)
            assert callable(original)
            result = original(self)
            assert isinstance(result, W_Container)
            return result

        monkeypatch.setattr(kind, "copied", counted)
    source = HELPERS + "i := 0  " + IN_PLACE[form]
    done = run_source(source)
    assert done.error == "", done.error
    assert len(copies) <= 2  # what was in a constant, perhaps
    with copying_always():
        assert run_source(source) == done


SEEN = {
    "by the function": "p := [1]  func f(x) { x := push(x, 2)  print(p)  return x }  p := f(p)  print(p)",
    "by what it calls": "p := [1]  func g() { print(p) }  func f(x) { x := push(x, 2)  g()  return x }  p := f(p)",
    "by an argument it calls": "p := [1]  func g() { print(p) }  func f(x, h) { x := push(x, 2)  h()  return x }  p := f(p, g)",
    "by a method": "struct S { func m(self) { print(p) } }  p := [1]  func f(x, s) { x := push(x, 2)  s.m()  return x }"
    "  p := f(p, S {})",
    "by an operator": "struct S { func op_add(other) { print(p)  return 1 } }  p := [1]"
    "  func f(x, s) { x := push(x, 2)  s + 1  return x }  p := f(p, S {})",
    "by a generator": "p := [1]  func* each() { yield p  yield p }  func f(x, s) { x := push(x, 2)  for y in s { print(y) } return x }"
    "  p := f(p, each())",
    "by a waiting task": "p := [1]  async func g() { await async_sleep(1)  print(p) }"
    "  func f(x) { x := push(x, 2)  await async_sleep(5)  return x }  spawn { g() }  p := f(p)",
    "after an error": "p := [1]  func q() { return p }  func f(x) { x := push(x, 2)  throw(1) }  try { p := f(p) } except e { print(p) }",
    "after an error in a function": "p := [1]  func f(x) { x := push(x, 2)  throw(1) }  func g() { p := f(p) }"
    "  try { g() } except e { print(p) }",
    "after an error, an element": "p := [[1]]  func f(x) { x := push(x, 2)  throw(1) }  try { p[0] := f(p[0]) } except e { print(p) }",
    "by another function of that name": "p := [1]  func f(x) { x := push(x, 2)  return x }  g := func(x) { print(p)  return x }"
    "  func h() { f := g }  h()  p := f(p)  print(p)",
    "through a name that is bound later": "p := [1]  func show() { print(p) }  func f(x) { x := push(x, 2)  act()  return x }"
    "  act := show  p := f(p)",
    "in another place of the result": "func f(x) { x := push(x, 2)  return [x, [x]] }  r := f([1])  r[0] := push(r[0], 3)  print(r)",
    "by who lent it": "func f(x) { return [x] }  a := [1]  r := f(a)  r[0][0] := 5  print(a, r)",
    "in the pair, by a function": "p := [1, 2]  q := [3, 4]  func g() { r := pop(q)  q := r[0] }  r := pop(p)  g()  p := r[0]"
    "  print(p, q)",
}


@pytest.mark.parametrize("form", SEEN)
def test_what_can_be_seen_is_not_changed_in_place(form: str) -> None:
    done = run_source(SEEN[form])
    with copying_always():
        assert run_source(SEEN[form]) == done
    assert len(done.printed) > 0, done


def test_the_oracle_notices_a_missing_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    """`share` without its effect must make a difference, or the test above proves nothing."""
    source = "a := [1]  b := a  b[0] := 2  print(a, b)"
    with copying_always():
        expected = run_source(source)
    assert expected.printed == ["[1] [2]"]
    monkeypatch.setattr("tracewright_ruff.interpreter.share", lambda value: value)
    assert run_source(source) != expected
