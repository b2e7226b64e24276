"""Random loops with random bridges, run as machine code and by a small model that knows only the operation table.

TRACEWRIGHT_FUZZ=n in the environment runs n seeds instead of a few.
"""

from __future__ import annotations

import math
import os
import random
from dataclasses import dataclass

import pytest
from tracewright.core import operations as ops
from tracewright.core.integers import MAX_INT, MIN_INT, bits_of_float, float_of_bits, wrap
from tracewright.core.memory import load64, store64
from tracewright.jit.codegen.contract import CompiledTrace, Exit
from tracewright.jit.trace.trace import KIND_BRIDGE, KIND_LOOP
from tracewright_testing.machine_world import TraceWriter, World

SEEDS = range(int(os.environ.get("TRACEWRIGHT_FUZZ", "60")))
ARRAY_WORDS = 8
TURNS = 12
# Bits of a NaN differ by machine, so nothing may look at the bits of a computed double.
LEFT_OUT = {"float_bits", "value_as_int", "value_is_int", "value_is_object", "word_of", "ref_of"}
PURE = [
    row.name
    for row in ops.TABLE
    if row.meaning is not None and not row.guard and row.name not in LEFT_OUT and set(row.takes) <= set("irf")
]
CHECKED = ["int_add_ovf", "int_sub_ovf", "int_mul_ovf"]
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
        elif draw < 0.93:
            self.memory()
        else:
            self.call()

    def pure(self) -> None:
        row = ops.BY_NAME[self.chosen.choice(PURE)]
        operands = [self.pick("f" if kind == "f" else "i") for kind in row.takes]
        if row.name in ("int_lshift", "int_rshift", "uint_rshift"):
            operands[1] = self.write("int_and", operands[1], self.write.word(63))
        if row.name in ("int_trunc_div", "int_trunc_mod", "uint_div", "uint_mod"):
            operands[1] = self.write("int_or", operands[1], self.write.word(1))
        self.give(row.gives, self.write(row.name, *operands))

    def guard(self) -> None:
        live = self.live()
        if self.chosen.random() < 0.7:
            row = ops.BY_NAME[
                self.chosen.choice(
                    [name for name in PURE if name[-3:-2] == "_" and name[-2:] in ("eq", "ne", "lt", "le", "gt", "ge")]
                )
            ]
            condition = self.write(row.name, *[self.pick("f" if kind == "f" else "i") for kind in row.takes])
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
        match self.chosen.randrange(3):
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
        if k < count // 2:
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


class Model:
    """Runs traces by the meanings in the table."""

    def __init__(self, slots: list[int], array: list[int], functions: Functions) -> None:
        self.slots = slots
        self.array = array
        self.functions = functions
        self.jumps = 0

    def run(
        self, compiled: CompiledTrace, inputs: dict[int, int | float] | None
    ) -> tuple[Exit, dict[int, int | float]]:
        """Until an exit without bridge; gives the exit and the values of its refs."""
        trace = compiled.trace
        exits = {exit.guard: exit for exit in compiled.exits}
        values: dict[int, int | float] = {}
        at = 0

        def value(ref: int) -> int | float:
            if ref >= 0:
                return values[ref]
            word = trace.constants[~ref]
            return float_of_bits(word) if trace.constant_kinds[~ref] == 2 else word

        while True:
            row = ops.TABLE[trace.operations[at]]
            extra = trace.extra[trace.c[at] : trace.c[at] + trace.d[at]] if "*" in row.takes else []
            operands = [trace.a[at], trace.b[at], trace.c[at], trace.d[at]]
            leaves = False
            following = at + 1
            if row.name.startswith("input"):
                assert inputs is not None
                values[at] = inputs[trace.a[at]]
            elif row.name == "read_slot":
                values[at] = self.slots[trace.a[at]]
            elif row.name == "jump":
                self.jumps += 1
                label = trace.label
                heads = trace.extra[trace.c[label] : trace.c[label] + trace.d[label]]
                values.update(dict(zip(heads, [value(ref) for ref in extra], strict=True)))
                following = label + 1
            elif row.name in ("guard_true", "guard_false"):
                leaves = bool(value(operands[0])) != (row.name == "guard_true")
            elif row.name == "leave":
                leaves = True
            elif row.name == "load_at":
                values[at] = self.array[int(value(operands[1]))]
            elif row.name == "store_at":
                self.array[int(value(operands[1]))] = int(value(operands[3]))
            elif row.name.startswith("residual"):
                values[at] = self.call(operands[0], [value(ref) for ref in extra])
            elif row.meaning is not None:
                try:
                    result = row.meaning(*[value(ref) for ref in operands[: len(row.takes)]])
                    values[at] = int(result) if row.gives != "f" else result
                except OverflowError:
                    leaves = True
            else:
                assert row.name == "label", row.name
            if leaves:
                exit = exits[at]
                named = {ref: values[ref] for ref in exit.refs}
                if exit.bridge is None:
                    return exit, named
                return self.run(exit.bridge, {k: values[ref] for k, ref in enumerate(exit.refs)})
            at = following

    def call(self, function: int, arguments: list[int | float]) -> int | float:
        if function == self.functions.spoil:
            return wrap(int(arguments[0]) * 3)
        if function == self.functions.add_words:
            return wrap(int(arguments[0]) + int(arguments[1]))
        return arguments[0] + arguments[1]


def agree(expected: int | float, word: int) -> bool:
    if isinstance(expected, float):
        number = float_of_bits(word)
        return (
            number == expected
            and math.copysign(1, number) == math.copysign(1, expected)
            or (number != number and expected != expected)
        )
    return expected == word


@pytest.mark.parametrize("seed", SEEDS)
def test_random_loop_with_bridges(world: World, seed: int) -> None:
    chosen = random.Random(seed)
    functions = Functions(
        world.c_function("add_words", "ii", "i"),
        world.c_function("spoil", "i", "i"),
        world.c_function("add_doubles", "ff", "f"),
    )
    array = world.allocate(16 + 8 * ARRAY_WORDS)
    generator = Generator(world, chosen, functions, array, KIND_LOOP)
    random_loop(generator)
    compiled = world.compile(generator.write.trace)
    for _ in range(8):
        slots = [chosen.choice([*INTERESTING, chosen.getrandbits(64) - (1 << 63)]) for _ in range(64)]
        slots[0] = TURNS
        for k in range(30, 64):
            slots[k] = bits_of_float(chosen.choice(DOUBLES))
        start = [chosen.choice(INTERESTING) for _ in range(ARRAY_WORDS)]
        for k, word in enumerate(start):
            store64(array + 16 + 8 * k, word)
        model = Model(slots, start, functions)
        expected_exit, expected = model.run(compiled, None)
        world.run(compiled, slots)
        left = world.departure()
        assert left.exit is expected_exit, (seed, left.exit.guard, expected_exit.guard)
        for ref, number in expected.items():
            assert agree(number, left.words[ref]), (seed, left.exit.guard, ref, number, left.words[ref])
        assert [load64(array + 16 + 8 * k) for k in range(ARRAY_WORDS)] == model.array
        if chosen.random() < 0.8:
            bridge = Generator(world, chosen, functions, array, KIND_BRIDGE)
            random_bridge(bridge, left.exit)
            world.backend.attach(left.exit, world.compile(bridge.write.trace, left.exit))
