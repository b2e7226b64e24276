"""Random scripts for the trace builder, and worlds for them to run in. Like a recorder, the generator executes what it writes,
so that guards hold in the first turn.

Slots 0 to 2 hold ints, 3 a float, 4 and 5 objects, 6 an array of object references, 7 a Value of any kind. Objects (classes 40 and 41) have an int at 8
(alias 0), a reference at 16 (alias 1), a float at 24 (alias 2) and an int that never changes at 32 (alias -1).
"""

from __future__ import annotations

from random import Random

from tracewright.core import operations as op
from tracewright.core import roles
from tracewright.core.effects import COLLECTS, NONE, READS, WRITES
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET
from tracewright.jit.tables.function_table import FunctionInfo
from tracewright.jit.trace.arithmetic import small_word
from tracewright.jit.trace.run import SimulatedWorld, Word
from tracewright_testing.trace_script import GuardFailed, Oracle, Statement

OBJECT_CLASS, OTHER_CLASS, ARRAY_CLASS = 40, 41, 50
ARRAY_LENGTH = 3
INT_ALIAS, REF_ALIAS, FLOAT_ALIAS, ITEM_ALIAS = 0, 1, 2, 3
INT_OFFSET, REF_OFFSET, FLOAT_OFFSET, FIXED_OFFSET = 8, 16, 24, 32


def function_table() -> list[FunctionInfo]:
    """What the builder is told of the functions of `make_world`."""
    return [
        FunctionInfo("mix", "ii", "i", NONE, True, 0, 0, []),
        FunctionInfo("bump", "ri", "i", READS | WRITES, False, 0, 0, [INT_ALIAS]),
        FunctionInfo("stir", "i", "i", READS | WRITES, False, 0, 0, None),
        FunctionInfo("peek", "r", "i", READS, False, 0, 0, []),
        FunctionInfo("same", "r", "r", COLLECTS, False, 0, 0, []),
    ]


class ScriptWorld(SimulatedWorld):
    """A world with the functions of `function_table`; only those with effects are remembered."""

    def call(self, function: int, arguments: list[Word]) -> Word:
        if function in (1, 2):
            self.calls.append((function, tuple(arguments)))
        first = int(arguments[0])
        match function:
            case 0:
                return (first * 3 ^ int(arguments[1])) & 0xFFFF
            case 1:
                fields = self.objects[first]
                fields[INT_OFFSET] = (fields.get(INT_OFFSET, 0) + int(arguments[1])) & 0xFFF  # type: ignore[operator]
                return int(fields[INT_OFFSET])
            case 2:
                for slot in (4, 5):
                    fields = self.objects[self.slots_at_start[slot]]
                    fields[INT_OFFSET] = (int(fields.get(INT_OFFSET, 0)) + first) & 0xFFF
                    fields[FLOAT_OFFSET] = float(fields.get(FLOAT_OFFSET, 0.0)) + 0.5
                return first & 7
            case 3:
                return int(self.objects[first].get(INT_OFFSET, 0))
        return first

    slots_at_start: dict[int, int]


def make_world(random: Random, big: bool) -> ScriptWorld:
    """Fresh memory and slots; the same for the same random state."""
    world = ScriptWorld()

    def new(class_id: int) -> int:
        address = world.new_object(class_id)
        world.objects[address] = {
            INT_OFFSET: random.randrange(-5, 50),
            FLOAT_OFFSET: float(random.randrange(8)),
            FIXED_OFFSET: random.randrange(9),
        }
        return address

    first, second, third = new(OBJECT_CLASS), new(OBJECT_CLASS), new(random.choice([OBJECT_CLASS, OTHER_CLASS]))
    objects = [first, first if random.random() < 0.3 else second, third]
    for address in (first, second, third):
        world.objects[address][REF_OFFSET] = random.choice(objects)
    array = world.new_array(ARRAY_CLASS, ARRAY_LENGTH)
    for index in range(ARRAY_LENGTH):
        world.objects[array][ARRAY_ITEMS_OFFSET + 8 * index] = random.choice(objects)
    number = (1 << 49) + random.randrange(1 << 49) if big else random.randrange(-3, 20)
    world.slots = {
        0: small_word(0),
        1: small_word(random.randrange(2, 12)),
        2: small_word(number),
        3: int(op.TABLE[op.VALUE_OF_FLOAT].meaning(random.choice([0.5, -0.0, 3.0]))),  # type: ignore[misc]
        4: objects[0],
        5: objects[1],
        6: array,
        7: random.choice([small_word(1), small_word(2), objects[2], 16, 24]),
    }
    world.slots_at_start = dict(world.slots)
    world.stack_top = 8
    return world


_COMPARE = ["int_lt", "int_le", "int_gt", "int_ge", "int_eq", "int_ne", "uint_lt", "uint_ge"]
_ARITHMETIC = [
    "int_add",
    "int_sub",
    "int_mul",
    "int_and",
    "int_or",
    "int_xor",
    "int_add_ovf",
    "int_sub_ovf",
    "int_mul_ovf",
]


class Generator:
    """Writes one script; `names` maps each kind of value to what is in scope."""

    def __init__(self, random: Random, world: ScriptWorld, local: bool = False) -> None:
        self.random = random
        self.local = (
            local  # no name is used in another bytecode than its own, and frames list all: bridges can go on anywhere
        )
        self.script: list[Statement] = []
        self.oracle = Oracle(self.script, world)
        self.pc = 0
        self.ints: list[str] = []
        self.floats: list[str] = []
        self.objects: list[str] = []
        self.values: list[str] = []
        self.arrays: list[str] = []
        self.defined: list[str] = []  # in this bytecode
        self.count = 0

    def generate(self, length: int) -> list[Statement]:
        """A whole loop: test, body, step."""
        self.bytecode()
        counter = self.unboxed_slot(0)
        limit = self.unboxed_slot(1)
        self.guard("guard_true", self.make("int_lt", counter, limit))
        for _ in range(length):
            self.random.choice(self.menu())()
        self.bytecode()
        if self.local:
            counter = self.unboxed_slot(0)
        stepped = self.make(self.random.choice(["int_add", "int_add_ovf"]), counter, "1")
        self.say("write_slot", "0", self.make("value_of_int", stepped))
        self.say("at", "0", "0")
        if self.random.random() < 0.3:
            self.say("close", "enterable")
        else:
            self.say("close")
        return self.script

    def menu(self) -> list:  # type: ignore[type-arg]
        common = [
            self.bytecode,
            self.arithmetic,
            self.comparison,
            self.load,
            self.store,
            self.slot_write,
            self.slot_read,
        ]
        return common * 3 + [
            self.floats_step, self.allocate, self.call, self.items, self.identity, self.tests, self.shift, self.promote,
            self.boolean, self.array_allocate, self.fixed_array, self.flush, self.top, self.choice,
        ]  # fmt: skip

    def add(self, statement: Statement) -> bool:
        """Append and execute; a guard that does not hold now is left out."""
        self.script.append(statement)
        try:
            self.oracle.step(len(self.script) - 1, statement)
        except GuardFailed:
            self.script.pop()
            return False
        return True

    def now(self, name: str) -> int:
        """What the value is in the first turn."""
        return self.oracle.word(name)

    def say(self, operation: str, *arguments: str) -> None:
        self.add(Statement(operation, list(arguments)))

    def make(self, operation: str, *arguments: str) -> str:
        row = op.BY_NAME.get(operation)  # None for the script's own statements
        name = f"{row.gives if row is not None else 'i'}v{self.count}"
        self.count += 1
        frame = self.frame() if row is not None and row.role == roles.CHECKED else None
        if not self.add(Statement(operation, list(arguments), name, frame)):
            return arguments[0]
        self.defined.append(name)
        return name

    def frame(self) -> list[str]:
        if self.local:
            return [name for name in self.defined if name in self.oracle.names]
        everything = self.ints[-3:] + self.floats[-1:] + self.objects[-2:] + self.values[-2:]
        return [name for name in everything if self.random.random() < 0.6]

    def guard(self, operation: str, *arguments: str) -> None:
        self.add(Statement(operation, list(arguments), None, self.frame()))

    def guard_as_it_is(self, name: str) -> None:
        """Which way the recording went."""
        self.guard("guard_true" if self.now(name) != 0 else "guard_false", name)

    def bytecode(self) -> None:
        self.say("at", str(self.pc), "0")
        self.pc += 1
        if self.local:
            for names in (self.ints, self.floats, self.objects, self.values, self.arrays, self.defined):
                names.clear()

    def an_int(self) -> str:
        if self.random.random() < 0.25 or not self.ints:
            return str(self.random.choice([0, 1, 2, 3, -1, 7, 8, 255]))
        return self.random.choice(self.ints)

    def a_float(self) -> str:
        if self.random.random() < 0.3 or not self.floats:
            return self.random.choice(["0.5", "-0.0", "2.0", "1e300"])
        return self.random.choice(self.floats)

    def an_object(self) -> str:
        if self.objects and self.random.random() < 0.8:
            return self.random.choice(self.objects)
        name = self.make("read_slot", str(self.random.choice([4, 5])))
        self.keep_if_plain(name)
        if name in self.objects:
            return name
        self.objects.append(self.make("new_object", str(OBJECT_CLASS)))
        return self.objects[-1]

    def an_array(self) -> str:
        if not self.arrays:
            self.arrays.append(self.make("read_slot", "6"))
            self.guard("guard_class", self.arrays[-1], str(ARRAY_CLASS))
        return self.random.choice(self.arrays)

    def unboxed_slot(self, slot: int) -> str:
        value = self.make("read_slot", str(slot))
        self.guard("guard_true", self.make("value_is_small", value))
        name = self.make("value_small", value)
        self.ints.append(name)
        self.values.append(value)
        return name

    def slot_read(self) -> None:
        slot = self.random.choice([1, 2, 2, 3, 4, 5, 7])
        if slot in (1, 2):
            self.unboxed_slot(slot)
        elif slot == 3:
            value = self.make("read_slot", "3")
            self.guard("guard_true", self.make("value_is_float", value))
            self.floats.append(self.make("value_float", value))
        elif slot == 7:
            self.values.append(self.make("read_slot", "7"))
        else:
            self.keep_if_plain(self.make("read_slot", str(slot)))

    def slot_write(self) -> None:
        slot = self.random.choice([2, 2, 3, 4, 5, 7])
        if slot == 2:
            self.say("write_slot", "2", self.make("value_of_int", self.an_int()))
        elif slot == 3:
            self.say("write_slot", "3", self.make("value_of_float", self.a_float()))
        elif slot == 7:
            kinds = [self.an_object(), *self.values[-3:]]
            self.say("write_slot", "7", self.random.choice(kinds))
        else:
            self.say("write_slot", str(slot), self.an_object())

    def arithmetic(self) -> None:
        self.ints.append(self.make(self.random.choice(_ARITHMETIC), self.an_int(), self.an_int()))
        if self.random.random() < 0.5:  # keep numbers small, so that loops go on
            self.ints.append(self.make("int_and", self.ints[-1], str(self.random.choice([15, 255, 1023]))))

    def shift(self) -> None:
        operation = self.random.choice(["int_lshift", "int_rshift", "uint_rshift"])
        self.ints.append(self.make(operation, self.an_int(), str(self.random.choice([0, 1, 3, 17]))))

    def comparison(self) -> None:
        name = self.make(self.random.choice(_COMPARE), self.an_int(), self.an_int())
        self.ints.append(name)
        if self.random.random() < 0.4:
            self.guard_as_it_is(name)

    def choice(self) -> None:
        """One of two values."""
        condition = self.make(self.random.choice(_COMPARE), self.an_int(), self.an_int())
        kind = self.random.randrange(4)
        if kind < 2:
            x, y = self.an_int(), self.an_int()
            if self.random.random() < 0.4:
                y = self.make("int_add", x, "5")
                x = self.make("int_add", x, "3")
            self.ints.append(self.make("int_select", condition, x, y))
        elif kind == 2:
            self.floats.append(self.make("float_select", condition, self.a_float(), self.a_float()))
        else:
            self.objects.append(self.make("ref_select", condition, self.an_object(), self.an_object()))

    def boolean(self) -> None:
        """A comparison's result as a guest bool, and a test of it."""
        test = self.make(self.random.choice(_COMPARE), self.an_int(), self.an_int())
        value = self.make("ref_of", self.make("int_add", self.make("int_lshift", test, "3"), "16"))
        self.values.append(value)
        self.say("write_slot", "7", value)
        if self.random.random() < 0.5:
            self.guard(
                "guard_true", self.make("ref_eq", self.make("read_slot", "7"), self.random.choice(["@true", "@false"]))
            )

    def floats_step(self) -> None:
        operation = self.random.choice(["float_add", "float_sub", "float_mul"])
        self.floats.append(self.make(operation, self.a_float(), self.a_float()))
        if self.random.random() < 0.3:
            self.ints.append(self.make("float_lt", self.a_float(), self.floats[-1]))

    def load(self) -> None:
        target = self.an_object()
        kind = self.random.randrange(4)
        if kind == 0:
            self.ints.append(self.make("load", target, str(INT_OFFSET), str(INT_ALIAS)))
        elif kind == 1:
            self.floats.append(self.make("load_float", target, str(FLOAT_OFFSET), str(FLOAT_ALIAS)))
        elif kind == 2:
            self.ints.append(self.make("load", target, str(FIXED_OFFSET), "-1"))
        else:
            self.keep_object(self.make("load_ref", target, str(REF_OFFSET), str(REF_ALIAS)))

    def keep_object(self, name: str) -> None:
        self.guard_as_it_is(self.make("ref_ne", name, "@0"))
        if self.now(name) != 0:
            self.keep_if_plain(name)

    def keep_if_plain(self, name: str) -> None:
        """Guard the class that the object has; only those of one class are used further."""
        world = self.oracle.world
        self.guard("guard_class", name, str(world.classes[self.now(name)]))
        if world.classes[self.now(name)] == OBJECT_CLASS:
            self.objects.append(name)

    def store(self) -> None:
        target = self.an_object()
        kind = self.random.randrange(3)
        if kind == 0:
            self.say("store", target, str(INT_OFFSET), str(INT_ALIAS), self.an_int())
        elif kind == 1:
            self.say("store_float", target, str(FLOAT_OFFSET), str(FLOAT_ALIAS), self.a_float())
        else:
            self.say("store_ref", target, str(REF_OFFSET), str(REF_ALIAS), self.an_object())

    def allocate(self) -> None:
        name = self.make("new_object", str(OBJECT_CLASS))
        if self.random.random() < 0.7:
            self.say("store", name, str(FIXED_OFFSET), "-1", self.an_int())
        if self.random.random() < 0.8:
            self.say("store", name, str(INT_OFFSET), str(INT_ALIAS), self.an_int())
        if self.random.random() < 0.8:
            self.say("store_ref", name, str(REF_OFFSET), str(REF_ALIAS), self.an_object())
        self.objects.append(name)
        if self.random.random() < 0.5:
            self.say("write_slot", str(self.random.choice([4, 5])), name)

    def array_allocate(self) -> None:
        name = self.make("new_array", str(ARRAY_CLASS), str(ARRAY_LENGTH))
        for index in range(ARRAY_LENGTH):
            self.say("store_ref_at", name, str(index), str(ITEM_ALIAS), self.an_object())
        self.arrays.append(name)
        if self.random.random() < 0.4:
            self.say("write_slot", "6", name)

    def items(self) -> None:
        array = self.an_array()
        index = self.random.choice(["0", "1", "2", self.make("int_and", self.an_int(), "1")])
        if not index.isdigit():
            self.ints.append(index)
            if self.random.random() < 0.4:
                index = self.make("int_add", index, "1")
        length = self.make("array_length", array)
        self.guard("guard_true", self.make("uint_lt", index, length))
        if self.random.random() < 0.5:
            self.keep_object(self.make("load_ref_at", array, index, str(ITEM_ALIAS)))
        else:
            self.say("store_ref_at", array, index, str(ITEM_ALIAS), self.an_object())

    def fixed_array(self) -> None:
        """An array that is filled once and never changes: its items are loaded as such, at any index."""
        name = self.make("new_array", str(ARRAY_CLASS), str(ARRAY_LENGTH))
        for number in range(ARRAY_LENGTH):
            self.say("store_ref_at", name, str(number), str(ITEM_ALIAS), self.an_object())
        for _ in range(self.random.randint(1, 3)):
            index = self.random.choice(["0", "1", "2", self.make("int_and", self.an_int(), "1")])
            if not index.isdigit():
                self.ints.append(index)
            self.keep_object(self.make("load_ref_at", name, index, "-1"))
            if self.random.random() < 0.3:
                self.call()

    def call(self) -> None:
        which = self.random.randrange(5)
        if which == 0:
            self.ints.append(self.make("residual_i", "0", self.an_int(), self.an_int()))
        elif which == 1:
            self.ints.append(self.make("residual_i", "1", self.an_object(), self.an_int()))
        elif which == 2:
            self.ints.append(self.make("residual_i", "2", self.an_int()))
        elif which == 3:
            self.ints.append(self.make("residual_i", "3", self.an_object()))
        else:
            self.keep_object(self.make("residual_r", "4", self.an_object()))

    def identity(self) -> None:
        name = self.make(self.random.choice(["ref_eq", "ref_ne"]), self.an_object(), self.an_object())
        self.ints.append(name)
        if self.random.random() < 0.3:
            self.guard_as_it_is(name)

    def tests(self) -> None:
        if not self.values:
            return
        value = self.random.choice(self.values)
        test = self.make(self.random.choice(["value_is_small", "value_is_float", "value_is_ref"]), value)
        self.ints.append(test)
        if self.random.random() < 0.3:
            self.guard_as_it_is(test)

    def promote(self) -> None:
        if self.ints and self.random.random() < 0.5:
            name = self.random.choice(self.ints)
            self.guard("guard_int", name, str(self.now(name)))
        elif self.values:
            name = self.random.choice(self.values)
            if self.now(name) not in self.oracle.world.objects:
                self.guard("guard_ref", name, f"@{self.now(name)}")

    def flush(self) -> None:
        self.say("flush")

    def top(self) -> None:
        base = self.make("trace_base")
        self.say("write_top", self.make("int_add", base, str(self.random.choice([8, 8, 12]))))
