"""Scopes and symbols are those of CPython's `symtable`: a slice of its standard library, and corners; mistakes are in `mistakes.txt`."""

from pathlib import Path

import pytest

from tracewright_testing.python_oracle import library_files
from tracewright_testing.python_symbols import scope_difference

SLICE = [path for path in library_files() if path.stat().st_size < 40_000][20::60]
CORNERS = {
    "cells": "def f(a, *b, c=1, **d):\n def g():\n  nonlocal a\n  a = b, c\n  return lambda: a + d\n return [a for x in b]\n",
    "globals": "def f():\n global x, y\n x = 1\n def g():\n  return x, y\n class C:\n  x = x\n  def m(self): return x\n",
    "classes": "class A:\n x = 1\n def f(self): return super().f(), x, __class__\n y = [x for _ in x if x]\n",
    "class of a function": "def f():\n m = 1\n class Q:\n  m = m\n  def z(self): return m\n  class R:\n   n = m\n",
    "private names": "class _A:\n __x = 1\n def f(self, __y): return self.__z, __x, __y, __w__\nclass __: __x = 1\n",
    "walrus": "def f(): return [(y := x) for x in a if any((z := w) for w in x)]\n[q := 1 for _ in b]\n",
    "walrus of a global": "def f():\n global y\n [y := x for x in a]\n return y\n",
    "generators": "def f():\n yield\n yield from g\n x = (yield)\nasync def h(): return [await x async for x in y]\n",
    "imports": "import a.b, c as d\nfrom e import f as g, h\nfrom i import *\ndef j(): import k.l\n",
    "annotations": "x: int\ny: str = 1\n(z): int = 2\ndef f(a: b, *c: d, e: f=g) -> h:\n i: j\n k.l: m = n\n",
    "delayed annotations": "from __future__ import annotations\nx: (lambda a: b)\ndef f(a: c) -> [d for d in e]: pass\n",
    "handlers and patterns": "def f():\n try: pass\n except A as b: c\n match d:\n  case [e, *f, {**g}] | H(e, f, g) as k: l\n",
    "defaults see the scope outside": "class A:\n x = 1\n def f(self, y=x): pass\n z = lambda a=x: a\n @x\n class B(x, k=x): pass\n",
    "row of operators": "+".join([f"a{number}" for number in range(3000)]),
}


@pytest.mark.parametrize("path", SLICE, ids=lambda path: path.name)
def test_library_file(path: Path) -> None:
    assert scope_difference(path.read_bytes(), str(path)) == ""


@pytest.mark.parametrize("name", CORNERS)
def test_corner(name: str) -> None:
    assert scope_difference(CORNERS[name].encode(), name) == ""
