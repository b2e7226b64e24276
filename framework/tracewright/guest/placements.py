"""Where objects have their properties: the first ones in fields of the object itself, the others in a row beside it.

    placement    an object: header, shape, row and so many fields    bytes
    THREE                                                            48
    FIVE                                                             64
    SEVEN                                                            80
    NINE                                                             96
    BARE         all in the row: of objects that have other things to keep, and seldom properties

An index below INSIDE is a field and every other one a place in the row, of all objects; so an access never asks for the placement. Of an object with
fewer fields than INSIDE, no shape has the indexes between. The first place of the row belongs to the language: for what few of its objects have.

Languages derive their objects from different classes, so each has classes with these fields of its own (`SlottedMap` is one); which there are is said here.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array
from tracewright.core.value import Value
from tracewright.hints import immutable_fields

INSIDE: Final = 9  # fields of the largest objects
NO_ROW: Final[Array[Value]] = Array(1, Value.UNDEFINED)  # of all objects that need none; nobody writes to it
FIRST_ROW: Final = 4  # places in a new row, that of the language included: 48 bytes


@final
@immutable_fields("inside", "beyond")
class Placement:
    """The first `inside` properties are at the indexes from 0 on, the others from the index `beyond` on."""

    def __init__(self, inside: int, beyond: int) -> None:
        self.inside = inside
        self.beyond = beyond

    def index(self, number: int) -> int:
        """Where the property lives that is the `number`-th, from 0."""
        return number if number < self.inside else number - self.inside + self.beyond


IN_A_ROW: Final = Placement(0, 0)  # of what is no object of this kind: the index of a property is its number
BARE: Final = Placement(0, INSIDE + 1)
THREE: Final = Placement(3, INSIDE + 1)
FIVE: Final = Placement(5, INSIDE + 1)
SEVEN: Final = Placement(7, INSIDE + 1)
NINE: Final = Placement(INSIDE, INSIDE + 1)


def placement_for(count: int) -> Placement:
    """That of the smallest objects with room for so many properties, or else of the largest."""
    return (
        THREE if count <= THREE.inside else FIVE if count <= FIVE.inside else SEVEN if count <= SEVEN.inside else NINE
    )


def row_for(count: int) -> Array[Value]:
    """A row with room for that many properties."""
    return Array(count + 1, Value.UNDEFINED)
