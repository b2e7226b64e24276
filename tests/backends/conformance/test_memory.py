"""Loads, stores, slots, boxes and allocation."""

import itertools

import pytest

from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, wrap
from tracewright.core.memory import load64, store8, store32, store64
from tracewright.core.object_layout import STR_DATA_OFFSET, STR_LENGTH_OFFSET, STR_WIDTH_OFFSET
from tracewright.core.value import INT_TAG
from tracewright.gc.header import AGE_OFFSET, CARDED, NEW, OLD, REMEMBERED
from tracewright.gc.size_classes import CARD_SHIFT, CELL_SIZES, LARGEST_SMALL, size_class_of
from tracewright.jit.tables.function_table import ClassInfo
from tracewright_testing.machine_world import NOTES, TraceWriter, World

BIG = 0x1234_5678_9ABC_DEF0


@pytest.mark.parametrize("base_is_constant", [False, True])
@pytest.mark.parametrize("offset", [8, 128, 40000])
@pytest.mark.parametrize("suffix", ["", "_ref", "_float"])
def test_fields(world: World, suffix: str, offset: int, base_is_constant: bool) -> None:
    kind = {"": "i", "_ref": "r", "_float": "f"}[suffix]
    address = world.allocate(offset + 16)
    write = TraceWriter(world)
    base = write.reference(address) if base_is_constant else write.input("r", 0)
    value = write.input(kind, 1)
    before = write(f"load{suffix}", base, offset, 1)
    write(f"store{suffix}", base, offset, 1, value)
    write.output(kind, 10, before)
    write.output(kind, 11, write(f"load{suffix}", base, offset, 1))
    write("leave")
    store64(address + offset, BIG)
    world.run(world.compile(write.trace), [address, -5])
    assert (world.slot(10), world.slot(11), load64(address + offset)) == (BIG, -5, -5)


@pytest.mark.parametrize("base_is_constant", [False, True])
def test_an_old_object_is_remembered_once_and_registers_stay(world: World, base_is_constant: bool) -> None:
    things = [world.allocate(32) for _ in range(3)]
    for thing, age in zip(things, (NEW, OLD, REMEMBERED), strict=True):
        store64(thing, 7)
        store8(thing + AGE_OFFSET, age)
    for thing in things:
        write = TraceWriter(world)
        words = [write.input("i", 20 + k) for k in range(20)]
        doubles = [write.input("f", 40 + k) for k in range(15)]
        base = write.reference(thing) if base_is_constant else write.input("r", 0)
        for place in (8, 16):
            write("write_barrier", base)
            write("store_ref", base, place, 1, write.input("r", 1))
        for k, ref in enumerate(words):
            write.output("i", 60 + k, ref)
        for k, ref in enumerate(doubles):
            write.output("f", 80 + k, ref)
        write("leave")
        for k in range(35):
            world.set_slot(20 + k, 900 + k)
        world.run(world.compile(write.trace), [thing, BIG])
        assert (load64(thing + 8), load64(thing + 16)) == (BIG, BIG)
        assert world.slots(20, 60) == world.slots(20, 20)
        assert world.slots(15, 80) == world.slots(15, 40)
    assert NOTES.remembered == [things[1]]


@pytest.mark.parametrize("index_is_constant", [False, True])
@pytest.mark.parametrize("base_is_constant", [False, True])
def test_where_an_old_array_was_stored_into_is_noted_once_for_each_card(
    world: World, base_is_constant: bool, index_is_constant: bool
) -> None:
    array = world.allocate(16 + 8 * 400)
    places = (3, 4, 300)
    cards = {(array + 16 + 8 * place) >> CARD_SHIFT for place in places}
    for age in (NEW, CARDED):
        store64(array, 7)
        store8(array + AGE_OFFSET, age)
        write = TraceWriter(world)
        words = [write.input("i", 20 + k) for k in range(20)]
        doubles = [write.input("f", 40 + k) for k in range(15)]
        base = write.reference(array) if base_is_constant else write.input("r", 0)
        for k, place in enumerate(places):
            index = write.word(place) if index_is_constant else write.input("i", 2 + k)
            stored = write.input("r", 1)
            write("write_barrier_at", base, index, stored)
            write("store_ref_at", base, index, 1, stored)
        for k, ref in enumerate(words):
            write.output("i", 60 + k, ref)
        for k, ref in enumerate(doubles):
            write.output("f", 80 + k, ref)
        write("leave")
        for k in range(35):
            world.set_slot(20 + k, 900 + k)
        compiled = world.compile(write.trace)
        for _ in range(2):
            world.run(compiled, [array, BIG, *places])
            assert [load64(array + 16 + 8 * place) for place in places] == [BIG] * 3
            assert world.slots(20, 60) == world.slots(20, 20)
            assert world.slots(15, 80) == world.slots(15, 40)
        assert len(NOTES.remembered_items) == (0 if age == NEW else len(cards))
    assert {place >> CARD_SHIFT for place in NOTES.remembered_items} == cards


@pytest.mark.parametrize("number", [41, -1, 1 << 60, -(1 << 62)])
@pytest.mark.parametrize("age", [NEW, OLD, CARDED])
def test_a_number_stored_into_an_array_is_noted_only_if_it_is_boxed_and_the_array_is_old(
    world: World, number: int, age: int
) -> None:
    array = world.allocate(16 + 8 * 400)
    store64(array, 7)
    store8(array + AGE_OFFSET, age)
    write = TraceWriter(world)
    base = write.input("r", 0)
    value = write("value_of_int", write.input("i", 1))
    index = write.input("i", 2)
    write("write_barrier_at", base, index, value)
    write("store_ref_at", base, index, 1, value)
    write("leave")
    world.run(world.compile(write.trace), [array, number, 300])
    place = array + 16 + 8 * 300
    assert NOTES.boxed == ([number] if abs(number) > 41 else [])
    assert load64(place) == (0x7777_0000_0001 if NOTES.boxed else wrap(INT_TAG | number & (1 << 51) - 1))
    assert NOTES.remembered_items == ([place] if NOTES.boxed and age != NEW else [])


@pytest.mark.parametrize("index_is_constant", [False, True])
@pytest.mark.parametrize("suffix", ["", "_ref", "_float"])
def test_elements(world: World, suffix: str, index_is_constant: bool) -> None:
    kind = {"": "i", "_ref": "r", "_float": "f"}[suffix]
    address = world.allocate(200)
    for k in range(20):
        store64(address + 16 + 8 * k, 1000 + k)
    write = TraceWriter(world)
    base = write.input("r", 0)
    index = write.word(7) if index_is_constant else write.input("i", 1)
    value = write.input(kind, 2)
    before = write(f"load{suffix}_at", base, index, 1)
    write(f"store{suffix}_at", base, index, 1, value)
    write.output(kind, 10, before)
    write.output("i", 11, write("array_length", base))
    write("leave")
    store64(address + 8, 20)
    world.run(world.compile(write.trace), [address, 7, BIG])
    assert (world.slot(10), world.slot(11), load64(address + 16 + 56)) == (1007, 20, BIG)
    assert load64(address + 16 + 48) == 1006


@pytest.mark.parametrize("index_is_constant", [False, True])
@pytest.mark.parametrize("width", [1, 2, 4])
def test_texts(world: World, width: int, index_is_constant: bool) -> None:
    codes = [7, 1 << 8 * width - 1, (1 << 8 * width) - 1, 0]
    address = world.allocate(64)
    store32(address + STR_WIDTH_OFFSET, width)
    store64(address + STR_LENGTH_OFFSET, len(codes))
    for k, code in enumerate(codes):
        for place in range(width):
            store8(address + STR_DATA_OFFSET + k * width + place, code >> 8 * place & 255)
    write = TraceWriter(world)
    text = write.input("r", 0)
    write.output("i", 10, write("text_width", text))
    for k in range(len(codes)):
        index = write.word(k) if index_is_constant else write.input("i", 1 + k)
        write.output("i", 11 + k, write(f"text_code{8 * width}", text, index))
    write("leave")
    world.run(world.compile(write.trace), [address, *range(len(codes))])
    assert [world.slot(10 + k) for k in range(1 + len(codes))] == [width, *codes]


@pytest.mark.parametrize("word", [0, 1, -1, -(1 << 31), 1 << 31, BIG, bits_of_float(2.5)])
@pytest.mark.parametrize("suffix", ["", "_ref", "_float"])
def test_constants_can_be_stored(world: World, suffix: str, word: int) -> None:
    address = world.allocate(64)
    write = TraceWriter(world)
    base = write.input("r", 0)
    value = write.trace.constant({"": 0, "_ref": 1, "_float": 2}[suffix], word)
    write(f"store{suffix}", base, 8, 1, value)
    write(f"store{suffix}_at", base, write.input("i", 1), 1, value)
    if suffix == "_ref":
        write("write_slot", 5, value)
    write("leave")
    world.run(world.compile(write.trace), [address, 2])
    assert (load64(address + 8), load64(address + 32)) == (word, word)
    assert suffix != "_ref" or world.slot(5) == word


@pytest.mark.parametrize("first_slot", [0, 14, 200], ids=["near", "over the edge of a byte", "far"])
def test_rows_of_constant_slots(world: World, first_slot: int) -> None:
    """Machines may write neighbours together; what lies around them stays."""
    words = [BIG, 8, MIN_INT, BIG, 8, 8, -BIG, 3, MIN_INT]
    write = TraceWriter(world)
    kept = write.input("i", 300)
    for k in range(len(words)):
        write("write_slot", first_slot + k, write.reference(words[k]))
    write("write_slot", first_slot + 20, write.reference(BIG))
    write("write_slot", first_slot + 22, write.reference(MIN_INT))
    write("write_slot", first_slot + 24, write.reference(BIG))
    write("write_slot", first_slot + 25, write("ref_of", kept))
    write("leave", live=[kept])
    world.run(world.compile(write.trace), [1000 + k for k in range(301)])
    expected = [1000 + first_slot + k for k in range(30)]
    expected[: len(words)] = words
    expected[20], expected[22], expected[24], expected[25] = BIG, MIN_INT, BIG, 1300
    assert [world.slot(first_slot + k) for k in range(30)] == expected
    assert list(world.departure().words.values()) == [1300]


@pytest.mark.parametrize("width", [8, 16, 32, 64])
def test_raw_memory(world: World, width: int) -> None:
    address = world.allocate(64)
    for value in (0, 1, -1, BIG, MIN_INT):
        write = TraceWriter(world)
        base = write.input("i", 0)
        write.output("i", 10, write(f"raw_load{width}", base))
        write(f"raw_store{width}", base, write.input("i", 1))
        write("leave")
        store64(address, BIG)
        world.run(world.compile(write.trace), [address, value])
        mask = (1 << width) - 1
        assert world.slot(10) == wrap(BIG & mask)
        assert load64(address) == wrap(BIG & ~mask & (1 << 64) - 1 | value & mask)


def test_raw_doubles_and_blocks(world: World) -> None:
    address = world.allocate(256)
    write = TraceWriter(world)
    base = write.input("i", 0)
    other = write.input("i", 1)
    number = write("raw_load_float", base)
    write("raw_store_float", other, write("float_add", number, write.double(0.5)))
    write("copy_memory", write("int_add", base, write.word(32)), other, write.word(8))
    write("zero_memory", base, write.word(8))
    write.output("f", 10, number)
    write("leave")
    store64(address, bits_of_float(1.25))
    store64(address + 32, 99)
    store64(address + 40, 99)
    world.run(world.compile(write.trace), [address, address + 64])
    words = [load64(address + offset) for offset in (0, 32, 40, 64)]
    assert words == [0, bits_of_float(1.75), 99, bits_of_float(1.75)]
    assert world.slot(10) == bits_of_float(1.25)


def test_slots_by_computed_index(world: World) -> None:
    write = TraceWriter(world)
    stack = write.reference(world.stack)
    index = write.input("i", 0)
    word = write("slot_load", stack, index)
    write("slot_store", stack, write("int_add", index, write.word(1)), word)
    write("slot_store", stack, write.word(60), write.reference(BIG))
    write("leave")
    world.set_slot(50, 4711)
    world.run(world.compile(write.trace), [50])
    assert (world.slot(51), world.slot(60)) == (4711, BIG)


def test_negative_slots_lie_below_the_base(world: World) -> None:
    write = TraceWriter(world)
    write("write_slot", 3, write("read_slot", -2))
    write("leave")
    world.set_slot(38, 5)
    world.run(world.compile(write.trace), [], base=40)
    assert world.slot(43) == 5


@pytest.mark.parametrize("pressure", [False, True])
def test_ints_outside_51_bits_are_boxed_out_of_line(world: World, pressure: bool) -> None:
    limit = 1 << 50
    write = TraceWriter(world)
    crowd = [write.input("i", 20 + k) for k in range(20)] if pressure else []
    doubles = [write.input("f", 40 + k) for k in range(15)]
    number = write.input("i", 0)
    write("write_slot", 10, write("value_of_int", number))
    write.output("i", 11, number)
    for k, ref in enumerate(crowd):
        write.output("i", 20 + k, ref)
    for k, ref in enumerate(doubles):
        write.output("f", 40 + k, ref)
    write("leave")
    compiled = world.compile(write.trace)
    for k in range(35):
        world.set_slot(20 + k, 900 + k)
    boxed: list[int] = []
    for word in (0, 1, -1, limit - 1, -limit, limit, -limit - 1, MAX_INT, MIN_INT):
        world.run(compiled, [word])
        if -limit <= word < limit:
            assert world.slot(10) == wrap(INT_TAG | word & (1 << 51) - 1)
        else:
            boxed.append(word)
            assert world.slot(10) == 0x7777_0000_0000 + len(boxed)
        assert world.slot(11) == word
        assert world.slots(35, 20) == [900 + k for k in range(35)]
    assert NOTES.boxed == boxed


@pytest.mark.parametrize(("size", "class_id"), [(16, 5), (24, 127), (48, 40000), (300, 9)])
def test_objects_come_from_the_cursor_until_the_limit(world: World, size: int, class_id: int) -> None:
    for k in range(class_id + 1):
        world.classes.append(ClassInfo("C", k, k, size, "fields", ""))
    size_class = size_class_of(size)
    cell = CELL_SIZES[size_class]
    block = world.allocate(3 * cell)
    store64(world.cursors + 8 * size_class, block)
    store64(world.limits + 8 * size_class, block + 3 * cell)
    elsewhere = world.allocate(512)
    NOTES.refill = lambda _: elsewhere
    write = TraceWriter(world)
    crowd = [write.input("i", 20 + k) for k in range(20)]
    made = [write("new_object", class_id) for _ in range(4)]
    for k, ref in enumerate([*made, *crowd]):
        write.output("r" if k < 4 else "i", 60 + k, ref)
    write("leave")
    for k in range(20):
        world.set_slot(20 + k, 300 + k)
    world.run(world.compile(write.trace))
    assert world.slots(4, 60) == [block, block + cell, block + 2 * cell, elsewhere]
    assert world.slots(20, 64) == [300 + k for k in range(20)]
    assert [load64(address) for address in world.slots(4, 60)] == [class_id] * 4
    assert load64(world.cursors + 8 * size_class) == block + 3 * cell
    assert NOTES.slow_allocations == [("small", size_class)]


@pytest.mark.parametrize("length", [0, 1, 5, 2046, 2047])
def test_small_arrays_come_from_the_cursor(world: World, length: int) -> None:
    class_id = 0x5A
    size = 16 + 8 * length
    block = world.allocate(2 * size + 32)
    elsewhere = world.allocate(size)
    NOTES.refill = lambda _: elsewhere
    is_small = size <= LARGEST_SMALL and world.knows("new_object")
    if is_small:
        size_class, cell = size_class_of(size), CELL_SIZES[size_class_of(size)]
        store64(world.cursors + 8 * size_class, block)
        store64(world.limits + 8 * size_class, block + cell)
    write = TraceWriter(world)
    arrays = [write("new_array", class_id, write.word(length)) for _ in range(2)]
    others = [write.input("i", 20 + k) for k in range(20)]
    for k, ref in enumerate(arrays):
        write.output("r", 60 + k, ref)
    for k, ref in enumerate(others):
        write.output("i", 64 + k, ref)
    write("leave")
    for k in range(20):
        world.set_slot(20 + k, 300 + k)
    world.run(world.compile(write.trace))
    assert world.slots(2, 60) == ([block, elsewhere] if is_small else [elsewhere, elsewhere])
    assert world.slots(20, 64) == [300 + k for k in range(20)]
    assert [(load64(array), load64(array + 8)) for array in world.slots(2, 60)] == [(class_id, length)] * 2
    assert NOTES.slow_allocations == ([("small", size_class)] if is_small else [("array", class_id)] * 2)


def test_huge_objects_and_arrays_are_the_runtimes_business(world: World) -> None:
    world.classes.append(ClassInfo("Huge", 0, 0, 20000, "fields", ""))
    write = TraceWriter(world)
    length = write.input("i", 0)
    write("write_slot", 10, write("new_object", 0))
    write("write_slot", 11, write("new_array", 17, length))
    write.output("i", 12, length)
    write("leave")
    world.run(world.compile(write.trace), [6])
    assert NOTES.slow_allocations == [("large", 20000), ("array", 17)]
    assert load64(world.slot(11) + 8) == 6
    assert world.slot(12) == 6


def test_class_of_ignores_the_collectors_bits(world: World) -> None:
    write = TraceWriter(world)
    for flags, class_id in itertools.product((0, 1 << 32, -1 << 32), (1, 0x7FFFFFFF)):
        write = TraceWriter(world)
        write.output("i", 1, write("class_of", write.input("r", 0)))
        write("leave")
        address = world.allocate(16)
        store64(address, flags | class_id)
        world.run(world.compile(write.trace), [address])
        assert world.slot(1) == class_id
