"""Objects, shapes and sites against plain dicts: the same random operations on both, through few sites and through many."""

from typing import final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracewright.core.value import Value
from tracewright.guest.global_cells import Globals
from tracewright.guest.placements import BARE, FIVE, INSIDE, NINE, NO_ROW, THREE, placement_for
from tracewright.guest.property_map import MANY, PropertyMap, SlottedMap
from tracewright.guest.shapes import (
    ATTRIBUTE_BITS,
    MAX_TRANSITIONS,
    NOT_FOUND,
    GuestType,
    RootShapes,
    Shape,
    root_shape,
)
from tracewright.guest.sites import MAX_SHAPES, TABLE_SIZE, MethodSite, PropertySite

NAMES = [f"n{k}" for k in range(12)]
OPERATIONS = st.lists(
    st.tuples(st.sampled_from(["set", "set_named", "delete", "get"]), st.integers(0, 5), st.sampled_from(NAMES)),
    max_size=80,
)


def made(count: int) -> list[SlottedMap]:
    root = root_shape(GuestType("object"), FIVE)
    return [SlottedMap(root) for _ in range(count)]


@final
class Bare(PropertyMap):
    """An object that has all its properties in its row."""

    def item(self, index: int) -> Value:
        return self.row[index - INSIDE]

    def put(self, index: int, value: Value) -> None:
        self.row[index - INSIDE] = value


def bare(count: int) -> list[Bare]:
    root = root_shape(GuestType("object"), BARE)
    return [Bare(root, NO_ROW) for _ in range(count)]


def number(value: Value) -> int | None:
    return None if value.same(Value.UNDEFINED) else value.as_int()


@given(OPERATIONS)
def test_objects_are_dicts_in_order(operations: list[tuple[str, int, str]]) -> None:
    objects: list[PropertyMap] = [*made(3), *bare(3)]
    models: list[dict[str, int]] = [{} for _ in objects]
    sites = {name: PropertySite(name) for name in NAMES}
    for turn, (what, which, name) in enumerate(operations):
        thing, model = objects[which], models[which]
        match what:
            case "set":
                thing.set(sites[name], Value.of_int(turn))
                model[name] = turn
            case "set_named":
                thing.set_named(name, Value.of_int(turn))
                model[name] = turn
            case "delete":
                assert thing.delete(name) == (model.pop(name, None) is not None)
            case _:
                assert number(thing.get(sites[name])) == model.get(name)
        assert thing.names() == list(model)
        assert all(number(thing.get_named(each)) == model.get(each) for each in NAMES)
    assert [value.same(Value.UNDEFINED) for value in NO_ROW] == [True]


def test_first_properties_are_in_the_object_and_the_others_in_its_row() -> None:
    (thing,) = made(1)
    for k in range(5):
        thing.add(f"p{k}", Value.of_int(k))
    assert thing.row is NO_ROW
    assert [number(each) for each in (thing.first, thing.fifth)] == [0, 4]
    thing.add("last", Value.of_int(99))
    assert thing.shape.index_of("last") == INSIDE + 1
    assert number(thing.row[1]) == 99
    (other,) = bare(1)
    other.add("x", Value.of_int(1))
    assert other.shape.index_of("x") == INSIDE + 1
    assert number(other.row[1]) == 1


def test_new_objects_have_room_for_what_is_expected_and_no_more() -> None:
    roots = RootShapes(GuestType("object"), THREE)
    first = Bare(roots.current, NO_ROW)  # which knows nothing of fields, so its properties are put into a row
    roots.expect(2)
    assert roots.current.placement is THREE
    first.shape = first.shape.extended("a").extended("b").extended("c")
    for name in "def":
        first.add(name, Value.TRUE)
    assert first.names() == list("abcdef")
    assert roots.current.placement is THREE  # so the next objects have the shapes that machine code knows
    roots.expect(100)
    assert roots.current is roots.of(NINE)
    roots.expect(4)
    assert roots.current is roots.of(NINE)
    assert roots.of(THREE).extended("a").guest_type is roots.current.guest_type


def test_objects_with_all_in_a_row_keep_to_that() -> None:
    roots = RootShapes(GuestType("error"), BARE)
    thing = Bare(roots.current, NO_ROW)
    for k in range(10):
        thing.add(f"p{k}", Value.of_int(k))
    assert roots.current.placement is BARE


def test_the_smallest_object_with_room_is_taken() -> None:
    rooms = [placement_for(count).inside for count in range(INSIDE + 3)]
    assert rooms == [3, 3, 3, 3, 5, 5, 7, 7, 9, 9, 9, 9]
    indexes = [placement_for(4).index(number) for number in range(7)]
    assert indexes == [0, 1, 2, 3, 4, INSIDE + 1, INSIDE + 2]


def test_what_the_language_keeps_stays_where_it_is() -> None:
    for thing in [*made(1), *bare(1)]:
        assert thing.extra().same(Value.UNDEFINED)
        thing.set_extra(Value.TRUE)
        for k in range(3 * MANY):
            thing.set_named(f"p{k}", Value.of_int(k))
            assert thing.extra().same(Value.TRUE)
        thing.set_extra(Value.FALSE)
        assert thing.extra().same(Value.FALSE)
        assert number(thing.get_named("p7")) == 7
    assert NO_ROW[0].same(Value.UNDEFINED)


def test_what_became_a_table_leaves_nothing_in_the_object() -> None:
    (thing,) = made(1)
    thing.add("x", Value.of_int(1))
    thing.add("y", Value.of_int(2))
    thing.delete("x")
    assert thing.first.same(Value.UNDEFINED)
    assert thing.second.same(Value.UNDEFINED)
    assert number(thing.get_named("y")) == 2


def test_a_line_of_successors_shares_a_layout() -> None:
    root = root_shape(GuestType("object"))
    shapes = [root]
    for name in NAMES:
        assert shapes[-1].place_of(name) == NOT_FOUND
        shapes.append(shapes[-1].extended(name))
    for count, shape in enumerate(shapes):
        assert shape.names() == NAMES[:count]
        assert [shape.index_of(name) for name in NAMES] == [*range(count), *[NOT_FOUND] * (len(NAMES) - count)]
    assert all(shape.layout() is shapes[-1].layout() for shape in shapes[1:])
    branch = shapes[2].extended("other")
    assert branch.names() == [*NAMES[:2], "other"]
    assert shapes[3].index_of("other") == NOT_FOUND
    assert branch.index_of(NAMES[2]) == NOT_FOUND


def test_equal_names_in_equal_order_are_one_shape() -> None:
    first, second, third = made(3)
    for name in ("x", "y"):
        first.set_named(name, Value.NULL)
        second.set_named(name, Value.NULL)
    for name in ("y", "x"):
        third.set_named(name, Value.NULL)
    assert first.shape is second.shape
    assert first.shape is not third.shape


def test_a_fifth_shape_makes_a_site_megamorphic() -> None:
    objects = made(3 * TABLE_SIZE)
    site = PropertySite("x")
    for k in range(MAX_TRANSITIONS - 1):
        thing = objects[k]
        thing.set_named(f"a{k}", Value.NULL)
        thing.set_named("x", Value.of_int(k))
    for turn in range(3):
        for k in range(MAX_TRANSITIONS - 1):
            assert site.megamorphic == (turn > 0 or k > MAX_SHAPES)
            assert number(objects[k].get(site)) == k
    assert site.index_in(root_shape(GuestType("other"))) == NOT_FOUND


def test_two_shapes_in_turn_do_not_make_it_megamorphic() -> None:
    first, second = made(2)
    first.set_named("x", Value.of_int(1))
    second.set_named("y", Value.NULL)
    second.set_named("x", Value.of_int(2))
    site = PropertySite("x")
    for _ in range(20):
        assert (number(first.get(site)), number(second.get(site))) == (1, 2)
    assert not site.megamorphic


def test_many_properties_are_a_table() -> None:
    (thing,) = made(1)
    for k in range(3 * MANY):
        thing.set_named(f"p{k}", Value.of_int(k))
    assert thing.table() is not None
    assert thing.shape.count == 0
    assert thing.names() == [f"p{k}" for k in range(3 * MANY)]
    assert number(thing.get(PropertySite("p200"))) == 200


def test_names_that_are_data_do_not_make_shapes_without_end() -> None:
    objects = made(2 * MAX_TRANSITIONS)
    for k, thing in enumerate(objects):
        thing.set_named(f"key {k}", Value.of_int(k))
    assert len(root_of(objects[0]).successors) == MAX_TRANSITIONS
    assert [number(thing.get_named(f"key {k}")) for k, thing in enumerate(objects)] == list(range(len(objects)))


def root_of(thing: PropertyMap) -> Shape:
    shape = thing.shape
    while shape.parent is not None:
        shape = shape.parent
    return shape


def test_attributes_are_in_the_shape() -> None:
    first, second = made(2)
    for thing in (first, second):
        thing.add("x", Value.of_int(1))
        thing.add("hidden", Value.of_int(2), 3)
        thing.add("y", Value.of_int(3))
    assert first.shape is second.shape
    assert first.shape.place_of("x") == 0
    assert first.shape.place_of("hidden") == 1 << ATTRIBUTE_BITS | 3
    assert first.shape.index_of("hidden") == 1
    assert PropertySite("hidden").place_in(first.shape) == first.shape.place_of("hidden")
    assert [first.attributes_of(name) for name in ("x", "hidden", "z")] == [0, 3, NOT_FOUND]
    first.set_attributes("x", 5)
    assert first.shape is not second.shape
    assert first.names() == second.names()
    assert (first.attributes_of("x"), number(first.get_named("x"))) == (5, 1)
    first.set_attributes("x", 0)
    assert first.shape is second.shape


def test_a_table_keeps_attributes() -> None:
    (thing,) = made(1)
    thing.add("x", Value.of_int(1), 2)
    thing.add("y", Value.of_int(2))
    thing.delete("y")
    assert thing.table() is not None
    assert thing.shape.is_table
    assert (thing.attributes_of("x"), thing.attributes_of("y")) == (2, NOT_FOUND)
    thing.add("z", Value.of_int(3), 1)
    thing.set_attributes("x", 0)
    assert (thing.attributes_of("x"), thing.attributes_of("z"), number(thing.get(PropertySite("z")))) == (0, 1, 3)
    thing.delete("z")
    thing.set_named("z", Value.of_int(4))
    assert thing.attributes_of("z") == 0


def test_closed_shapes() -> None:
    first, second = made(2)
    for thing in (first, second):
        thing.add("x", Value.of_int(1))
        thing.close()
    assert first.shape is second.shape
    assert first.shape.is_closed
    assert first.shape.closed() is first.shape
    first.set_attributes("x", 1)
    assert first.shape.is_closed
    assert (first.attributes_of("x"), number(first.get_named("x"))) == (1, 1)
    second.delete("x")
    assert second.shape.is_closed
    assert second.shape.is_table


def test_an_object_becomes_one_of_another_type() -> None:
    first, second = made(2)
    other = root_shape(GuestType("other"), FIVE)
    for thing in (first, second):
        thing.add("x", Value.of_int(1), 2)
        thing.add("y", Value.of_int(2))
        thing.move_to(other)
    assert first.shape is second.shape
    assert first.shape.root() is other
    assert (first.names(), first.attributes_of("x"), number(first.get_named("y"))) == (["x", "y"], 2, 2)
    with pytest.raises(AssertionError):
        first.move_to(root_shape(GuestType("bare"), BARE))


def test_methods_follow_their_type() -> None:
    kind = GuestType("point")
    shape = root_shape(kind).extended("x")
    site = MethodSite("move")
    assert site.method_of(shape).same(Value.UNDEFINED)
    kind.define("move", Value.of_int(1))
    assert number(site.method_of(shape)) == 1
    kind.define("move", Value.of_int(2))
    assert number(site.method_of(shape)) == 2
    assert site.method_of(shape.extended("move")).same(Value.UNDEFINED)  # a property hides it


def test_a_global_is_settled_until_its_second_value() -> None:
    cell = Globals().cell("x")
    assert cell.settled.same(Value.UNDEFINED)
    cell.write(Value.of_int(1))
    assert number(cell.settled) == 1
    cell.write(Value.of_int(2))
    assert cell.settled.same(Value.UNDEFINED)
    assert number(cell.read()) == 2
