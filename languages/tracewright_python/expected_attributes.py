"""How many attributes the objects of a class will have: as many as its `__init__` assigns to its first parameter, so that they have room from the
first object on.

class A:
    def __init__(self, y): self.x = 1; self.y = y        x, y
class B(A):
    def __init__(self): super().__init__(2); self.z = 0        these and z

It is a guess, which decides nothing but where attributes live.
"""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.instructions import field_a, field_c, opcode
from tracewright.guest.placements import INSIDE
from tracewright_python.attribute_sites import AttributeSite
from tracewright_python.bytecode import FIRST, Code
from tracewright_python.functions import PyFunction
from tracewright_python.objects import PyType
from tracewright_python.opcodes import Op


def expected_attributes(kind: PyType) -> int:
    """The number of names that the `__init__` of a class and of its bases give an object, as far as it matters."""
    names: dict[str, bool] = {}
    for base in kind.mro:
        if len(names) > INSIDE:
            break
        init = base.family.members.get("__init__", Value.UNDEFINED)
        if init.is_object():
            function = init.as_object()
            if isinstance(function, PyFunction):
                _add_names(function.code, names)
    return len(names)


def _add_names(code: Code, names: dict[str, bool]) -> None:
    for word in code.words:
        if opcode(word) == Op.SET and field_a(word) == FIRST:
            number = field_c(word)
            if number < len(code.constants) and code.constants[number].is_object():
                site = code.constants[number].as_object()
                if isinstance(site, AttributeSite):  # and not a number behind an instruction that looks like one
                    names[site.name] = True
