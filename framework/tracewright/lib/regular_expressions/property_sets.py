"""The characters that `\\p{...}` means. `property_ranges.txt` has them, made by `tracewright_testing.property_ranges`; a program holds its text
and makes a set of a line when a pattern asks for it."""

from pathlib import Path
from typing import Final

from tracewright.core.text import code_at
from tracewright.lib.numbers import letter_value
from tracewright.lib.regular_expressions.character_sets import (
    EVERYTHING,
    CharacterSet,
    complement,
    set_of_places,
    set_of_range,
    union,
)
from tracewright.lib.regular_expressions.property_names import BINARY_PROPERTIES, CATEGORIES, SCRIPTS

_LINES = Path(__file__).with_name("property_ranges.txt").read_text(encoding="ascii").splitlines()[1:]
RANGES: Final[dict[str, str]] = dict(line.split(":") for line in _LINES)

# The script of what is not assigned, for private use, or half of a character (Unicode Standard Annex 24, table 1): no line of its own.
UNKNOWN_SCRIPT: Final = "Unknown"

# Categories that are several others together.
GROUPS: Final[dict[str, list[str]]] = {
    "C": ["Cc", "Cf", "Cn", "Co", "Cs"],
    "L": ["Ll", "Lm", "Lo", "Lt", "Lu"],
    "LC": ["Ll", "Lt", "Lu"],
    "M": ["Mc", "Me", "Mn"],
    "N": ["Nd", "Nl", "No"],
    "P": ["Pc", "Pd", "Pe", "Pf", "Pi", "Po", "Ps"],
    "S": ["Sc", "Sk", "Sm", "So"],
    "Z": ["Zl", "Zp", "Zs"],
}


def property_set(name: str, value: str) -> CharacterSet:
    """The characters of a property that the parser has let pass; `value` is empty where there is no equals sign."""
    match name:
        case "General_Category" | "gc":
            return _category(CATEGORIES[value])
        case "Script" | "sc" | "Script_Extensions" | "scx" if SCRIPTS[value] == UNKNOWN_SCRIPT:
            return union(union(_category("Cn"), _category("Co")), _category("Cs"))
        case "Script" | "sc":
            return _read(RANGES["sc=" + SCRIPTS[value]])
        case "Script_Extensions" | "scx":
            return _read(RANGES["scx=" + SCRIPTS[value]])
        case "Any":
            return EVERYTHING
        case "ASCII":
            return set_of_range(0, 127)
        case "Assigned":
            return complement(_category("Cn"))
        case _:
            return _category(CATEGORIES[name]) if name in CATEGORIES else _read(RANGES[BINARY_PROPERTIES[name]])


def _category(name: str) -> CharacterSet:
    if name not in GROUPS:
        return _read(RANGES["gc=" + name])
    parts = [_category(part) for part in GROUPS[name]]
    result = parts[0]
    for part in parts[1:]:
        result = union(result, part)
    return result


def _read(distances: str) -> CharacterSet:
    """The set of a line."""
    return set_of_places(places_of(distances))


def places_of(distances: str) -> list[int]:
    """Where the characters of a line begin and end, in turn."""
    places: list[int] = []
    place = 0
    number = 0
    for index in range(len(distances) + 1):
        code = code_at(distances, index) if index < len(distances) else 0x20
        if code == 0x20:
            place += number
            places.append(place)
            number = 0
        else:
            number = number * 36 + letter_value(code)
    return places
