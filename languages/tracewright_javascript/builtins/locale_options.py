"""What options for readers mean: those of `localeCompare`, and those that `Intl` knows of for numbers and dates."""

from __future__ import annotations

from typing import Final

from tracewright.core.value import Value
from tracewright.lib.collation import ROOT, Collation
from tracewright_javascript.calls import call, construct
from tracewright_javascript.conversions import to_text, truth
from tracewright_javascript.errors import range_error
from tracewright_javascript.lookups import get_named
from tracewright_javascript.objects import as_object
from tracewright_javascript.realm import Realm

SENSITIVITIES: Final[dict[str, tuple[bool, bool]]] = {  # whether accents matter, and case
    "base": (False, False),
    "accent": (True, False),
    "case": (False, True),
    "variant": (True, True),
}


def collation_of(options: Value) -> Collation:
    """The order that the options of `localeCompare` and `Intl.Collator` ask for. Raises GuestFault and Thrown."""
    given = as_object(options)
    if given is None:
        return ROOT
    sensitivity = get_named(given, "sensitivity")
    name = "variant" if sensitivity.same(Value.UNDEFINED) else to_text(sensitivity)
    if name not in SENSITIVITIES:
        raise range_error(f"Value {name} out of range for Intl.Collator options property sensitivity")
    accents, case = SENSITIVITIES[name]
    first = get_named(given, "caseFirst")
    return Collation(
        accents,
        case,
        truth(get_named(given, "numeric")),
        not first.same(Value.UNDEFINED) and to_text(first) == "upper",
        truth(get_named(given, "ignorePunctuation")),
    )


def formatted_by(realm: Realm, formatter: str, value: Value, locales: Value, options: list[Value]) -> Value:
    """What `new Intl.NumberFormat(locales, ...options).format(value)` gives; undefined where there is no `Intl`. Raises Thrown."""
    intl = as_object(get_named(realm.global_object, "Intl"))
    constructor = None if intl is None else as_object(get_named(intl, formatter))
    if constructor is None:
        return Value.UNDEFINED
    made = construct(constructor, [locales, *options], constructor)
    thing = as_object(made)
    return Value.UNDEFINED if thing is None else call(get_named(thing, "format"), made, [value])
