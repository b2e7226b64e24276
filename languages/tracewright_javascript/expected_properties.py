"""How many properties the objects of a constructor will have: as many as its text assigns to `this`, so that they have room from the first object on.

class A { x = 1; constructor(y) { this.y = y; this.z = 0 } }        x, y, z
class B extends A { constructor() { super(1); this.w = 0 } }        these and w

It is a guess, which decides nothing but where properties live. Methods that a constructor calls may add more, and branches not taken less.
"""

from __future__ import annotations

from tracewright.guest.instructions import field_a, field_c, opcode
from tracewright.guest.placements import INSIDE
from tracewright.hints import dont_look_inside
from tracewright_javascript.bytecode import THIS, Code
from tracewright_javascript.functions import JSFunction
from tracewright_javascript.objects import JSObject, as_object, prototype_of
from tracewright_javascript.opcodes import Op
from tracewright_javascript.write_sites import WriteSite


@dont_look_inside
def expected_properties(constructor: JSFunction) -> int:
    """The number of names that a constructor, its class's fields, and those of its parents give `this`, as far as it matters."""
    names: dict[str, bool] = {}
    each: JSObject | None = constructor
    while isinstance(each, JSFunction) and len(names) < INSIDE:
        _add_names(each.code, names)
        fields = as_object(each.fields())
        if isinstance(fields, JSFunction):
            _add_names(fields.code, names)
        each = prototype_of(each) if each.code.is_derived else None
    return len(names)


def _add_names(code: Code, names: dict[str, bool]) -> None:
    for word in code.words:
        if (opcode(word) == Op.SET or opcode(word) == Op.DEFINE) and field_a(word) == THIS:
            number = field_c(word)
            if number < len(code.constants) and code.constants[number].is_object():
                site = code.constants[number].as_object()
                if isinstance(site, WriteSite):  # and not a number behind an instruction that looks like one
                    names[site.own.name] = True
