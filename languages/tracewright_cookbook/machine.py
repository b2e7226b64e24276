"""The machine whose one loop runs a recipe in every turn: `python -m tracewright_cookbook.machine run FILE`, with numbers in the file.

Recipe number 2k is `..._before` and number 2k + 1 `..._after` of the k-th name in RECIPES.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.integers import wrap_add
from tracewright.core.system import run_as_program, write_output
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.command import run_command
from tracewright.hints import GuestCode, JitDriver, immutable_fields
from tracewright_cookbook import recipes
from tracewright_cookbook.recipes import World

RECIPES: Final = (
    "immutable",
    "quasi_immutable",
    "promote",
    "elidable",
    "inline_cache",
    "virtual",
    "unboxed",
    "unroll",
)

TURNS: Final = 2_000_000
START, RECIPE, LOOP, RETURN = 0, 1, 2, 3  # operations; a recipe's number is in the bits above the first eight
TURN: Final = 0  # slots
TOTAL: Final = 1


@final
@immutable_fields("words[*]", "world")
class Code(GuestCode):
    """A loop over one recipe."""

    def __init__(self, recipe: int, world: World) -> None:
        super().__init__(4)
        self.words: Array[int] = Array(4, START)
        self.words[1] = RECIPE | recipe << 8
        self.words[2] = LOOP
        self.words[3] = RETURN
        self.recipe = recipe
        self.world = world


def describe(code: GuestCode, pc: int) -> str:
    """The place of an instruction, for the JIT's listings."""
    return f"recipe {code.recipe}" if isinstance(code, Code) else "?"


driver: Final = JitDriver(greens=("code", "pc"), reds=("stack", "base", "bottom"), location=describe)


def run(code: Code, pc: int, stack: VMStack, base: int) -> Value:
    """The loop."""
    bottom = base
    while True:
        driver.jit_merge_point(code, pc, stack, base, bottom)
        word = unchecked_get(code.words, pc)
        pc += 1
        match word & 255:
            case 0:
                pass
            case 1:
                result = perform(word >> 8, code.world, stack[base + TURN].as_int())
                stack[base + TOTAL] = Value.of_int(wrap_add(stack[base + TOTAL].as_int(), result))
            case 2:
                turn = wrap_add(stack[base + TURN].as_int(), 1)
                stack[base + TURN] = Value.of_int(turn)
                if turn < TURNS:
                    pc = 1
                    driver.can_enter_jit(code, pc, stack, base, bottom)
            case _:
                return stack[base + TOTAL]


def perform(recipe: int, world: World, turn: int) -> int:
    """Each recipe by its number."""
    match recipe:
        case 0:
            return recipes.immutable_before(world, turn)
        case 1:
            return recipes.immutable_after(world, turn)
        case 2:
            return recipes.quasi_immutable_before(world, turn)
        case 3:
            return recipes.quasi_immutable_after(world, turn)
        case 4:
            return recipes.promote_before(world, turn)
        case 5:
            return recipes.promote_after(world, turn)
        case 6:
            return recipes.elidable_before(world, turn)
        case 7:
            return recipes.elidable_after(world, turn)
        case 8:
            return recipes.inline_cache_before(world, turn)
        case 9:
            return recipes.inline_cache_after(world, turn)
        case 10:
            return recipes.virtual_before(world, turn)
        case 11:
            return recipes.virtual_after(world, turn)
        case 12:
            return recipes.unboxed_before(world, turn)
        case 13:
            return recipes.unboxed_after(world, turn)
        case 14:
            return recipes.unroll_before(world, turn)
        case _:
            return recipes.unroll_after(world, turn)


def run_text(text: str) -> None:
    """Run the recipes whose numbers are in the text."""
    for number in text.split():
        stack = VMStack(100)
        stack.reserve(10)
        stack[TURN] = Value.of_int(0)
        stack[TOTAL] = Value.of_int(0)
        total = run(Code(int(number), World()), 0, stack, 0)
        write_output(f"{total.as_int()}\n".encode())


def main() -> int:
    """The command."""
    return run_command("cookbook", run_text)


if __name__ == "__main__":
    run_as_program(main)
