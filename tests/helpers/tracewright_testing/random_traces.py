"""Random loops and bridges for backends: mostly arithmetic, under register pressure, with calls, memory and exits."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from tracewright.core import operations as ops
from tracewright.core import roles
from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, float_of_bits, wrap
from tracewright.jit.trace.compiled import Exit
from tracewright_testing.machine_world import TraceWriter, World

ARRAY_WORDS = 8
TURNS = 12
# Bits of a NaN differ by machine, so nothing may look at the bits of a computed double.
LEFT_OUT = {ops.FLOAT_BITS, ops.WORD_OF, ops.REF_OF}
PURE = [
    row.name
    for row in ops.TABLE
    if row.meaning is not None
    and row.role == roles.PURE
    and row.number not in LEFT_OUT
    and set(row.takes) <= set("irf")
]
CHECKED = [row.name for row in ops.TABLE if row.role == roles.CHECKED]
INTERESTING = [0, 1, -1, 2, 3, 63, 64, -128, 127, 1 << 31, -(1 << 31), 1 << 50, MAX_INT, MIN_INT, wrap(0xFFF8 << 48)]
DOUBLES = [0.0, -0.0, 1.0, -2.5, 1e10, -1e300, math.inf, math.nan]


@dataclass
class Functions:
    """Numbers of the C functions that random traces call, with what they compute."""

    add_words: int
    spoil: int
    add_doubles: int


class Generator:
    """Writes one random trace."""

    def __init__(self, world: World, chosen: random.Random, functions: Functions, array: int, kind: int) -> None:
        self.chosen = chosen
        self.functions = functions
        self.write = TraceWriter(world, kind)
        self.array = self.write.reference(array)
        self.available: dict[str, list[int]] = {"i": [], "f": []}
        self.pure_rows = [ops.BY_NAME[name] for name in PURE if world.knows(name)]
        self.has_doubles = world.knows("float_add")
        self.has_arrays = world.knows("load_at")
        self.risk = chosen.choice([0.0, 0.02, 0.2])  # how often a step may leave: without risk all turns are made

    def pick(self, kind: str) -> int:
        """An operand: mostly recent values, sometimes old ones or constants."""
        pool = self.available[kind]
        if not pool or self.chosen.random() < 0.12:
            if kind == "f":
                return self.write.double(self.chosen.choice(DOUBLES))
            return self.write.word(self.chosen.choice([*INTERESTING, self.chosen.getrandbits(64) - (1 << 63)]))
        return self.chosen.choice(pool[-8:] if self.chosen.random() < 0.6 else pool)

    def live(self) -> list[int]:
        """What an exit wants to know."""
        everything = self.available["i"] + self.available["f"]
        return self.chosen.sample(everything, min(len(everything), self.chosen.choice([0, 2, 5, 12, 30])))

    def give(self, kind: str, ref: int) -> None:
        self.available["f" if kind == "f" else "i"].append(ref)

    def step(self) -> None:
        if self.chosen.random() < self.risk:
            if self.chosen.random() < 0.5:
                name = self.chosen.choice(CHECKED)
                self.give("i", self.write(name, self.pick("i"), self.pick("i"), live=self.live()))
            else:
                self.guard()
            return
        draw = self.chosen.random()
        if draw < 0.8:
            self.pure()
        elif draw < 0.93 and self.has_arrays:
            self.memory()
        else:
            self.call()

    def pure(self) -> None:
        row = self.chosen.choice(self.pure_rows)
        operands = [self.pick("f" if kind == "f" else "i") for kind in row.takes]
        if row.name in ("int_lshift", "int_rshift", "uint_rshift"):
            operands[1] = self.write("int_and", operands[1], self.write.word(63))
        if row.name in ("int_trunc_div", "int_trunc_mod", "uint_div", "uint_mod"):
            operands[1] = self.write("int_or", operands[1], self.write.word(1))
        if row.name in ("natural_div", "natural_mod"):
            operands = [self.write("int_and", operand, self.write.word(MAX_INT)) for operand in operands]
            operands[1] = self.write("int_or", operands[1], self.write.word(1))
        if row.name == "int_fits":
            operands[1] = self.write.word(self.chosen.randrange(34, 64))
        if row.tests_condition and self.chosen.random() < 0.7:
            operands[0] = self.comparison()
        self.give(row.gives, self.write(row.name, *operands))

    def comparison(self) -> int:
        row = self.chosen.choice([row for row in self.pure_rows if row.relation])
        return self.write(row.name, *[self.pick("f" if kind == "f" else "i") for kind in row.takes])

    def guard(self) -> None:
        live = self.live()
        if self.chosen.random() < 0.7:
            condition = self.comparison()
            if self.chosen.random() < 0.3:
                self.give("i", condition)
        else:
            condition = self.write("int_and", self.pick("i"), self.write.word(1))
        self.write(self.chosen.choice(["guard_true", "guard_false"]), condition, live=live)

    def memory(self) -> None:
        index = self.write("int_and", self.pick("i"), self.write.word(ARRAY_WORDS - 1))
        if self.chosen.random() < 0.5:
            self.give("i", self.write("load_at", self.array, index, 1))
        else:
            self.write("store_at", self.array, index, 1, self.pick("i"))

    def call(self) -> None:
        functions = self.functions
        match self.chosen.randrange(3 if self.has_doubles else 2):
            case 0:
                self.give("i", self.write("residual_i", functions.add_words, self.pick("i"), self.pick("i")))
            case 1:
                self.give("i", self.write("residual_i", functions.spoil, self.pick("i")))
            case _:
                self.give("f", self.write("residual_f", functions.add_doubles, self.pick("f"), self.pick("f")))

    def everything(self) -> list[int]:
        both = self.available["i"][-25:] + self.available["f"][-15:]
        return list(dict.fromkeys(both))


def random_loop(generator: Generator) -> None:
    """Inputs, a pre-roll, a body of TURNS turns."""
    write, chosen = generator.write, generator.chosen
    count = chosen.choice([2, 5, 12, 20])
    counter = write.input("i", 0)
    for k in range(count):
        generator.give("i", write.input("i", 1 + k))
        if k < count // 2 and generator.has_doubles:
            generator.give("f", write.input("f", 30 + k))
    for _ in range(chosen.randrange(10)):
        generator.step()
    candidates = [("i", ref) for ref in set(generator.available["i"])] + [
        ("f", ref) for ref in set(generator.available["f"])
    ]
    candidates.sort()
    carried = chosen.sample(candidates, min(len(candidates), chosen.choice([1, 3, 8, 16])))
    write("label", counter, *[ref for _, ref in carried])
    write("guard_true", write("int_gt", counter, write.word(0)), live=generator.everything())
    for _ in range(chosen.choice([2, 8, 25])):
        generator.step()
    following = [generator.pick(kind) for kind, _ in carried]
    write("jump", write("int_sub", counter, write.word(1)), *following)


def random_bridge(generator: Generator, exit: Exit) -> None:
    write, chosen = generator.write, generator.chosen
    parent = exit.owner.trace
    for number in chosen.sample(range(len(exit.refs)), len(exit.refs)):
        if chosen.random() < 0.9:
            gives = ops.TABLE[parent.operations[exit.refs[number]]].gives
            name = {"i": "input_int", "f": "input_float", "r": "input"}[gives]
            generator.give(gives, write(name, number))
    for _ in range(chosen.choice([1, 6, 15])):
        generator.step()
    write("leave", live=generator.everything())


def agree(expected: int | float, word: int) -> bool:
    if isinstance(expected, float):
        number = float_of_bits(word)
        return (
            number == expected
            and math.copysign(1, number) == math.copysign(1, expected)
            or (number != number and expected != expected)
        )
    return expected == word


def make_functions(world: World) -> Functions:
    """Put the C functions into the world's table."""
    return Functions(
        world.c_function("add_words", "ii", "i"),
        world.c_function("spoil", "i", "i"),
        world.c_function("add_doubles", "ff", "f"),
    )


def random_slots(chosen: random.Random) -> list[int]:
    """What a random loop reads: words, and from slot 30 on the bits of doubles."""
    slots = [chosen.choice([*INTERESTING, chosen.getrandbits(64) - (1 << 63)]) for _ in range(30)]
    slots[0] = TURNS
    return slots + [bits_of_float(chosen.choice(DOUBLES)) for _ in range(34)]
