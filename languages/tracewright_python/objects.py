"""Objects and types: what every other module of the engine stands on.

    class P: ...
    p = P(); p.x = 1; q = P(); q.x = 2      p and q have one shape: (the family of P; x at 0)

A built-in object has a type that its dialect class knows. An object of a class of the program, a `PyInstance`, has a shape: one guard on it
proves the type and the places of all attributes. An instance of a class that derives from `list`, `int` and so on is a built-in
object that carries a PyInstance for its attributes (`InstanceOf...` in the modules of these types).
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, array_of, copy_items, unchecked_get, unchecked_set
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import BARE, FIRST_ROW, FIVE, INSIDE, NO_ROW, SEVEN, THREE, row_for
from tracewright.guest.shapes import NOT_FOUND, GuestType, RootShapes, Shape
from tracewright.hints import dont_look_inside, elidable, immutable_fields, isconstant, promote, we_are_jitted
from tracewright.lib.array_tools import array_from
from tracewright_python.pattern_kinds import PatternKind
from tracewright_python.special_names import SPECIAL_COUNT, SPECIAL_NAMES, Special

MANY: Final = 100  # more attributes than this are data, not a layout


class Layout:
    """Which dialect class the instances of a type are of, as far as a class of the program can derive from it."""

    OBJECT: Final = 0
    TYPE: Final = 1
    EXCEPTION: Final = 2
    INT: Final = 3
    FLOAT: Final = 4
    STR: Final = 5
    TUPLE: Final = 6
    LIST: Final = 7
    DICT: Final = 8
    SET: Final = 9
    FROZENSET: Final = 10
    BYTES: Final = 11
    PROPERTY: Final = 12
    MODULE: Final = 13
    BYTEARRAY: Final = 14
    COMPLEX: Final = 15
    STATIC_METHOD: Final = 16
    CLASS_METHOD: Final = 17
    CLOSED: Final = 99  # no class derives from it


class PyObject(GuestObject):
    """What a Value can point to."""

    def type_of(self) -> PyType:
        """Its type."""
        raise NotImplementedError("type_of")

    def attributes(self) -> PyInstance | None:
        """What holds its attributes, if it can have any."""
        return None

    def plain_hash(self) -> int:
        """The hash of an immutable container that keeps those of its members; -1 for others."""
        return -1

    def as_special(self) -> Value:
        """What is called with the object first, where this is a method that the language looks up itself."""
        return Value.of_object(self)


@final
@immutable_fields("name")
class Marker(PyObject):
    """A value that no program sees."""

    def __init__(self, name: str) -> None:
        self.name = name


UNKNOWN: Final = Value.of_object(Marker("unknown"))  # in a type's row of special methods: not looked up yet
ABSENT_MEMBER: Final = Value.of_object(Marker("absent"))  # in a type's cache: looked up in vain


class PyMapping(PyObject):
    """Names and values: what a dict with texts as keys and the variables of a module have in common."""

    def get_named(self, name: str) -> Value:
        """The value, or UNDEFINED."""
        raise NotImplementedError("get_named")

    def set_named(self, name: str, value: Value) -> None:
        raise NotImplementedError("set_named")

    def delete_named(self, name: str) -> bool:
        """False where there is none."""
        raise NotImplementedError("delete_named")

    def all_names(self) -> list[str]:
        """In order."""
        raise NotImplementedError("all_names")


@final
class NameTable(PyMapping):
    """The attributes of an object that has no layout of its own."""

    def __init__(self) -> None:
        self.entries: dict[str, Value] = {}

    def get_named(self, name: str) -> Value:
        return self.entries.get(name, Value.UNDEFINED)

    def set_named(self, name: str, value: Value) -> None:
        self.entries[name] = value

    def delete_named(self, name: str) -> bool:
        if name not in self.entries:
            return False
        del self.entries[name]
        return True

    def all_names(self) -> list[str]:
        return list(self.entries)


class PyInstance(PyMapping):
    """An object with attributes: those of a shape's indexes below INSIDE are in fields of the object, the others in its row (`guest/placements.py`).

    In *dictionary mode* its shape has no names (`Shape.is_table`) and the first place of its row has a table with the attributes: there were many,
    or one was deleted.
    """

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        self.shape = shape
        self.row = row

    def type_of(self) -> PyType:
        return type_of_shape(self.shape)

    def attributes(self) -> PyInstance | None:
        return self

    @final
    def item(self, index: int) -> Value:
        """The attribute at an index of its shape."""
        known = not we_are_jitted() or isconstant(index)
        return self._item_at(index) if known else self._item_somewhere(index)

    @final
    def put(self, index: int, value: Value) -> None:
        """Replace the attribute at an index of its shape, or fill the next one's place."""
        if not we_are_jitted() or isconstant(index):
            self._put_at(index, value)
        else:
            self._put_somewhere(index, value)

    @final
    def _item_at(self, index: int) -> Value:
        match index:
            case 0:
                return unsafe_cast(PlainInstance, self).first
            case 1:
                return unsafe_cast(PlainInstance, self).second
            case 2:
                return unsafe_cast(PlainInstance, self).third
            case 3:
                return unsafe_cast(PlainInstanceOfFive, self).fourth
            case 4:
                return unsafe_cast(PlainInstanceOfFive, self).fifth
            case 5:
                return unsafe_cast(PlainInstanceOfSeven, self).sixth
            case 6:
                return unsafe_cast(PlainInstanceOfSeven, self).seventh
            case 7:
                return unsafe_cast(PlainInstanceOfNine, self).eighth
            case 8:
                return unsafe_cast(PlainInstanceOfNine, self).ninth
            case _:
                return unchecked_get(self.row, index - INSIDE)

    @final
    def _put_at(self, index: int, value: Value) -> None:
        match index:
            case 0:
                unsafe_cast(PlainInstance, self).first = value
            case 1:
                unsafe_cast(PlainInstance, self).second = value
            case 2:
                unsafe_cast(PlainInstance, self).third = value
            case 3:
                unsafe_cast(PlainInstanceOfFive, self).fourth = value
            case 4:
                unsafe_cast(PlainInstanceOfFive, self).fifth = value
            case 5:
                unsafe_cast(PlainInstanceOfSeven, self).sixth = value
            case 6:
                unsafe_cast(PlainInstanceOfSeven, self).seventh = value
            case 7:
                unsafe_cast(PlainInstanceOfNine, self).eighth = value
            case 8:
                unsafe_cast(PlainInstanceOfNine, self).ninth = value
            case _:
                unchecked_set(self.row, index - INSIDE, value)

    @final
    @dont_look_inside
    def _item_somewhere(self, index: int) -> Value:
        return self._item_at(index)

    @final
    @dont_look_inside
    def _put_somewhere(self, index: int, value: Value) -> None:
        self._put_at(index, value)

    @final
    def table(self) -> NameTable | None:
        """The attributes of an object in dictionary mode."""
        return unsafe_cast(NameTable, unchecked_get(self.row, 0).as_object()) if self.shape.is_table else None

    def get_named(self, name: str) -> Value:
        """An attribute of the object itself, or UNDEFINED."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            return self.item(index)
        table = self.table()
        return Value.UNDEFINED if table is None else _in_table(table, name)

    def set_named(self, name: str, value: Value) -> None:
        """Change an attribute of the object itself, or add it."""
        index = promote(self.shape).index_of(name)
        if index != NOT_FOUND:
            self.put(index, value)
        else:
            self.add_named(name, value)

    def add_named(self, name: str, value: Value) -> None:
        """An attribute that the shape does not have."""
        shape = promote(self.shape)
        index = shape.next_index
        if not shape.is_table and (index < INSIDE or index - INSIDE < len(self.row)):
            larger = shape.next_shape(name)
            if larger is not None:
                self.put(index, value)
                self.shape = larger
                return
        self._add_slowly(name, value)

    def add_last(self, name: str, value: Value, larger: Shape | None) -> None:
        """The same, where `next_shape` of the shape is known. Where there is room, a trace sees all of it."""
        shape = self.shape
        index = shape.next_index
        if larger is not None and not shape.is_table and (index < INSIDE or index - INSIDE < len(self.row)):
            self.put(index, value)
            self.shape = larger
        else:
            self._add_slowly(name, value)

    @dont_look_inside
    def _add_slowly(self, name: str, value: Value) -> None:
        table = self.table()
        if table is not None:
            table.set_named(name, value)
            return
        shape = self.shape
        larger = shape.next_shape(name) if shape.count < MANY else None
        if larger is None:
            self._become_table().set_named(name, value)
            return
        place = shape.next_index - INSIDE
        row: Array[Value] = Array(place * 2 + FIRST_ROW - 2, Value.UNDEFINED)
        copy_items(self.row, 0, row, 0, place)
        row[place] = value
        self.row = row
        self.shape = larger
        type_of_shape(shape).remember_room(shape.placement.inside + len(row) - 1)

    @dont_look_inside
    def delete_named(self, name: str) -> bool:
        """Take an attribute out; False where there is none."""
        table = self.table()
        if table is None:
            if self.shape.index_of(name) == NOT_FOUND:
                return False
            table = self._become_table()
        return table.delete_named(name)

    def all_names(self) -> list[str]:
        """The names of its attributes, in the order in which they were added."""
        table = self.table()
        return self.shape.names() if table is None else table.all_names()

    @dont_look_inside
    def change_type(self, kind: PyType) -> None:
        """Make it an object of another type, which has the same layout; its attributes stay what they are."""
        self.shape = self.shape.rebuilt(kind.roots.of(self.shape.placement))

    def _become_table(self) -> NameTable:
        """Go over to dictionary mode."""
        table = NameTable()
        shape = self.shape
        names = shape.names()
        for number in range(len(names)):
            index = shape.placement.index(number)
            table.set_named(names[number], self.item(index))
            self.put(index, Value.UNDEFINED)
        self.row = row_for(0)
        self.row[0] = Value.of_object(table)
        self.shape = shape.with_table()
        return table


class PlainInstance(PyInstance):
    """An object of a class that is no exception: its first attributes are in fields of its own. `new_instance` makes them."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        super().__init__(shape, row)
        self.first = Value.UNDEFINED
        self.second = Value.UNDEFINED
        self.third = Value.UNDEFINED


class PlainInstanceOfFive(PlainInstance):
    """One with two fields more."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        super().__init__(shape, row)
        self.fourth = Value.UNDEFINED
        self.fifth = Value.UNDEFINED


class PlainInstanceOfSeven(PlainInstanceOfFive):
    """One with four fields more."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        super().__init__(shape, row)
        self.sixth = Value.UNDEFINED
        self.seventh = Value.UNDEFINED


@final
class PlainInstanceOfNine(PlainInstanceOfSeven):
    """One with six fields more."""

    def __init__(self, shape: Shape, row: Array[Value]) -> None:
        super().__init__(shape, row)
        self.eighth = Value.UNDEFINED
        self.ninth = Value.UNDEFINED


@dont_look_inside
def _in_table(table: NameTable, name: str) -> Value:
    return table.get_named(name)


@final
@immutable_fields("owner")
class Family(GuestType):
    """What the shapes of a type's instances lead to."""

    def __init__(self, name: str, owner: PyType) -> None:
        super().__init__(name)
        self.owner = owner


@final
class MemberCell(PyObject):
    """Stands in a type for a member that is changed again and again, so that the changes do not make a new version."""

    def __init__(self, value: Value) -> None:
        self.value = value
        self.changes = 0


@final
class KnownHashes:
    """Whether what tuples have remembered as their hashes is right: until a class whose objects have done so gets other methods."""

    def __init__(self) -> None:
        self.are_valid = True


KNOWN_HASHES: Final = KnownHashes()


@immutable_fields(
    "mro?", "family", "roots", "layout", "metaclass", "room?", "bases?", "is_builtin", "has_dictionary", "pattern_kind?"
)
class PyType(PyObject):
    """A class. Its members, with a version that changes with them, are in its `family`."""

    def __init__(
        self,
        name: str,
        bases: Array[PyType],
        mro: list[PyType],
        layout: int,
        metaclass: PyType | None,
        builtin: bool,
        has_dictionary: bool,
    ) -> None:
        self.name = name
        self.qualified_name = name
        self.bases = bases
        self.metaclass = metaclass  # None: `type`
        self.layout = layout
        self.is_builtin = builtin
        self.family: Family = Family(name, self)
        self.roots: RootShapes = RootShapes(self.family, BARE if layout == Layout.EXCEPTION else THREE)
        self.mro: Array[PyType] = array_from([self, *mro], self)
        self.subclasses: list[PyType] = []
        self.cache: dict[str, Value] = {}
        self.changes: dict[str, int] = {}  # of members, since the class was made
        self.specials: Array[Value] = Array(SPECIAL_COUNT, UNKNOWN)
        self.room = INSIDE  # for attributes in a new instance, its row included
        self.has_dictionary = has_dictionary  # instances have `__dict__`
        self.is_abstract = False  # it has abstract methods
        self.has_known_hashes = False  # tuples of this class have remembered their hashes, as its methods now give them
        self.pattern_kind: int = PatternKind.NONE
        for base in bases:
            if self.pattern_kind == PatternKind.NONE:
                self.pattern_kind = base.pattern_kind

    def type_of(self) -> PyType:
        metaclass = self.metaclass
        return TYPE if metaclass is None else metaclass

    def members(self) -> dict[str, Value]:
        """Its own, in order of definition."""
        return self.family.members

    @dont_look_inside
    def remember_room(self, room: int) -> None:
        """New instances begin with room for so many attributes."""
        if room > self.room and room <= MANY:
            self.room = room

    @dont_look_inside
    def set_member(self, name: str, value: Value) -> None:
        """Define or change a member. A member that changes often gets a cell, and machine code that relies on it goes once."""
        members = self.family.members
        old = members.get(name, Value.UNDEFINED)
        if old.is_object():
            cell = old.as_object()
            if isinstance(cell, MemberCell):
                cell.value = value
                return
        if not old.same(Value.UNDEFINED):
            count = self.changes.get(name, 0) + 1
            self.changes[name] = count
            if count >= 2:
                value = Value.of_object(MemberCell(value))
        members[name] = value
        self.touch()

    @dont_look_inside
    def delete_member(self, name: str) -> bool:
        """False where there is none."""
        if name not in self.family.members:
            return False
        del self.family.members[name]
        self.touch()
        return True

    def touch(self) -> None:
        """Members of this class have changed: so have those of all that derive from it."""
        hashing, equality = unchecked_get(self.specials, Special.HASH), unchecked_get(self.specials, Special.EQ)
        self.family.version += 1
        self.cache.clear()
        self.specials = Array(SPECIAL_COUNT, UNKNOWN)
        if self.has_known_hashes:
            if not remember_special(self, Special.HASH).same(hashing) or not remember_special(self, Special.EQ).same(
                equality
            ):
                KNOWN_HASHES.are_valid = False
        for subclass in self.subclasses:
            subclass.touch()

    def derives_from(self, other: PyType) -> bool:
        """Whether it is that class or inherits from it."""
        return is_subtype(self, self.family.version, other)


@elidable
def is_subtype(kind: PyType, version: int, other: PyType) -> bool:
    """Whether one class is the other or inherits from it, as of this version: `__bases__` can be assigned to."""
    for base in kind.mro:
        if base is other:
            return True
    return False


@elidable
def find_member(kind: PyType, version: int, name: str) -> Value:
    """The member of that name of the class or of the first of its bases that has it, as of this version; or UNDEFINED."""
    found = kind.cache.get(name, UNKNOWN)
    if not found.same(UNKNOWN):
        return found
    found = Value.UNDEFINED
    for base in kind.mro:
        found = base.family.members.get(name, Value.UNDEFINED)
        if not found.same(Value.UNDEFINED):
            break
    kind.cache[name] = found
    return found


BOUND_BY_CALLERS: Final = (Special.NEW, Special.PREPARE, Special.CALL)  # who looks these up knows static methods


@elidable
def find_special(kind: PyType, version: int, number: int) -> Value:
    """The same of a special method, by its number."""
    found = unchecked_get(kind.specials, number)
    return _special_member(kind, version, number) if found.same(UNKNOWN) else found


def _special_member(kind: PyType, version: int, number: int) -> Value:
    """A special method of a class, in the form in which it is called with the object first."""
    found = find_member(kind, version, SPECIAL_NAMES[number])
    if not found.is_object() or number in BOUND_BY_CALLERS:
        return found
    thing = found.as_object()
    return found if isinstance(thing, MemberCell) else unsafe_cast(PyObject, thing).as_special()


@dont_look_inside
def remember_special(kind: PyType, number: int) -> Value:
    """Look a special method up, and keep it in the type's row."""
    found = _special_member(kind, 0, number)
    kind.specials[number] = found
    return found


def member_value(found: Value) -> Value:
    """What a member is: what is in its cell, if it has one."""
    if found.is_object():
        thing = found.as_object()
        if isinstance(thing, MemberCell):
            return thing.value
    return found


def lookup(kind: PyType, name: str) -> Value:
    """A member of a class or of its bases, or UNDEFINED. A constant in traces once the type is one."""
    known = promote(kind)
    return member_value(find_member(known, known.family.version, name))


def special(kind: PyType, number: int) -> Value:
    """A special method of a class, or UNDEFINED."""
    if we_are_jitted():
        known = promote(kind)
        return member_value(find_special(known, known.family.version, number))
    found = unchecked_get(kind.specials, number)
    return member_value(remember_special(kind, number) if found.same(UNKNOWN) else found)


def type_of_shape(shape: Shape) -> PyType:
    """The type of the objects of a shape."""
    return unsafe_cast(Family, promote(shape).guest_type).owner


def new_builtin_type(name: str, base: PyType | None, layout: int = Layout.CLOSED) -> PyType:
    """A type of the language, with its module before the name unless that is `builtins`; made when the executable is built."""
    plain = name.rpartition(".")[2]
    if base is None:
        return PyType(plain, array_of([]), [], layout, None, True, False)
    result = PyType(plain, array_of([base]), list(base.mro), layout, None, True, True)
    result.qualified_name = name
    return result


OBJECT: Final = new_builtin_type("object", None, Layout.OBJECT)
TYPE: Final = new_builtin_type("type", OBJECT, Layout.TYPE)


def as_py_object(value: Value) -> PyObject | None:
    """What a value points to, or None for numbers and constants."""
    return unsafe_cast(PyObject, value.as_object()) if value.is_object() else None


def as_instance(value: Value) -> PyInstance | None:
    """The object of a class of the program, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyInstance):
            return thing
    return None


def as_type(value: Value) -> PyType | None:
    """The class, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyType):
            return thing
    return None


def new_instance(kind: PyType) -> PyInstance:
    """An object without attributes."""
    shape = kind.roots.current
    placement = shape.placement
    if placement is THREE:
        return PlainInstance(shape, NO_ROW)
    if placement is FIVE:
        return PlainInstanceOfFive(shape, NO_ROW)
    if placement is SEVEN:
        return PlainInstanceOfSeven(shape, NO_ROW)
    room = kind.room
    return PlainInstanceOfNine(shape, NO_ROW if room <= INSIDE else row_for(room - INSIDE))
