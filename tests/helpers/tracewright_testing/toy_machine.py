"""A toy register machine as flow graphs, written by hand as the translator would write them.

word = operation | a << 8 | b << 16 | c << 24 | target << 32
"""

from __future__ import annotations

from typing import Final

from tracewright.core import operations as ops
from tracewright.core.memory import address_of, load64, store64
from tracewright.core.source_span import NOWHERE
from tracewright.core.vm_stack import FIELDS, VMStack
from tracewright.hints import GuestCode, JitDriver
from tracewright.jit.execute.blackhole import Blackhole
from tracewright.jit.execute.frames import Frame, set_portal_arguments
from tracewright.jit.execute.free_frames import FreeFrames
from tracewright.jit.execute.guest_state import MOVED, GuestState
from tracewright.jit.tables.assembly import Assembly
from tracewright.translate.flow.graph import Edge, FunctionGraph, Instruction, Operand, Switch, Unreachable, Variable
from tracewright.translate.flow.types import INT, OBJECT, FieldLayout, number_aliases
from tracewright.translate.jitcode.assembler import fill_assembly
from tracewright_testing.jit_runtime import HostedRuntime
from tracewright_testing.native_graphs import BlockBuilder, Graph, HandMade, basic_layouts, number_classes

RETURN, LOAD, ADD, LOOP, CALL, COUNT, NOTE, NOTE_OR_RAISE, CALL_ANY = range(9)
MERGE_POINT_WORDS: Final = 7
LINK_SLOTS: Final = 2  # below a frame: the caller's code; its pc and result slot, and how far its frame is down


def word(operation: int, a: int = 0, b: int = 0, c: int = 0, target: int = 0) -> int:
    return operation | a << 8 | b << 16 | c << 24 | target << 32


class Toy:
    """The machine's graphs, and guest programs in memory."""

    def __init__(self) -> None:
        table = basic_layouts()
        self.code_layout = table.new_layout("Code", None, None, "fields")
        words_type = table.array(INT)
        for name, type, immutable, items in (
            ("jit_cells", OBJECT, "always", False),
            ("words", words_type, "always", True),
            ("callee", OBJECT, "always", False),
            ("counter", INT, "", False),
        ):
            table.add_field(self.code_layout, name, type, immutable, items)
        self.stack_layout = table.new_layout("VMStack", VMStack, None, "fields")
        for name in FIELDS:
            table.add_field(self.stack_layout, name, INT)
        number_classes(table)
        self.words_layout = words_type.layout
        self.note = Graph("note", "r", "r")  # a native function; what it does, the test says
        self.note.entry.op(ops.RAW_STORE64, 0, 0, gives="v")
        self.note.entry.give(self.note.entry[0])
        self.run = Portal(self).graph
        program = HandMade(self.run, [self.run, self.note.function], table.layouts)
        self.assembly = Assembly()
        number_aliases(program.layouts)
        fill_assembly(program, self.assembly)
        for number, info in enumerate(self.assembly.functions):
            info.wrapper = info.address = number
            if info.name == "hand.note":
                self.note_number = number
                info.effects |= ops.BY_NAME["call"].effects  # it may do and raise anything
        self.runtime = HostedRuntime(table.boxed_int.first_id, overflow_error=0)
        self.runtime.overflow_error = self.runtime.block(16)
        self.stack = self.runtime.new_stack(1000)
        self.runtime.functions[self.assembly.portal_function] = self.call_portal

    def field(self, name: str) -> FieldLayout:
        return self.code_layout.fields[name]

    def new_code(self, words: list[int], callee: int = 0) -> int:
        """A guest function."""
        code = self.runtime.block(self.code_layout.size)
        store64(code, self.code_layout.first_id)
        store64(code + self.field("words").offset, self.runtime.new_words(self.words_layout.first_id, words))
        store64(code + self.field("callee").offset, callee)
        return code

    def interpret(self, code: int, pc: int, base: int, bottom: int, steps: int = 1_000_000) -> GuestState:
        """Run the guest in the blackhole, a bytecode at a time."""
        portal = self.assembly.jitcodes[self.assembly.portal]
        state = GuestState(MOVED, code, pc, base, 0)
        while state.kind == MOVED and steps > 0:
            frame = Frame(portal, portal.merge_position, -1)
            set_portal_arguments(frame, state.code, state.pc, self.stack, state.base, bottom)
            frame.position += MERGE_POINT_WORDS
            state = Blackhole(self.assembly, self.runtime, FreeFrames()).run([frame])
            steps -= 1
        return state

    def call_portal(self, arguments: list[int]) -> int:
        """What the native portal is."""
        return self.interpret(arguments[0], 0, arguments[2], arguments[2]).value

    def code_of_cell(self, cell: int) -> int:
        """The guest code that a JitCell at this address belongs to."""
        return next(code for (code, _), known in self.runtime.cells.items() if address_of(known) == cell)

    def callee(self, code: int) -> int:
        return load64(code + self.field("callee").offset)

    def float_word(self, number: float) -> int:
        meaning = ops.TABLE[ops.VALUE_OF_FLOAT].meaning
        assert meaning is not None
        return int(meaning(number))

    def set_counter(self, code: int, count: int) -> None:
        store64(code + self.field("counter").offset, count)

    def counter(self, code: int) -> int:
        return load64(code + self.field("counter").offset)

    def set(self, base: int, *numbers: int) -> None:
        for index, number in enumerate(numbers):
            self.runtime.store_slot(self.stack, base + index, self.runtime.box_int(number))

    def get(self, index: int) -> int:
        return self.runtime.unbox(self.runtime.load_slot(self.stack, index))


class Portal:
    """The dispatch loop `run(code, stack, base)`."""

    def __init__(self, toy: Toy) -> None:
        self.toy = toy
        graph = Graph("run", "rri", "r")
        self.graph: FunctionGraph = graph.function
        self.graph.portal = JitDriver(("code", "pc"), ("stack", "base", "bottom"), _location)
        for variable, name in zip(self.graph.parameters, ("code", "stack", "base"), strict=True):
            variable.name = name
        entry = graph.entry
        self.stack, self.bottom = entry[1], entry[2]
        self.make = graph
        self.head = graph.block("rii")
        entry.jump(self.head.to(entry[0], 0, entry[2]))
        self.code, self.pc, self.base = self.head[0], self.head[1], self.head[2]
        head = self.head
        head.op(ops.MERGE_POINT, self.code, self.pc, self.stack, self.base, self.bottom, gives="v")
        words = self.load(head, self.code, "words")
        fetch, trap = graph.block(), graph.block()
        length = head.op(ops.ARRAY_LENGTH, words)
        head.branch(head.op(ops.UINT_LT, self.pc, length), fetch.to(), trap.to())
        trap.block.terminator = Unreachable()
        self.word = fetch.op(ops.LOAD_ITEM, words, self.pc, immediate=toy.words_layout)
        self.a = self.part(fetch, 8)
        self.b = self.part(fetch, 16)
        self.c = self.part(fetch, 24)
        self.target = fetch.op(ops.INT_RSHIFT, self.word, 32)
        self.next = fetch.op(ops.INT_ADD, self.pc, 1)
        cases = {}
        for number, write in enumerate(
            (
                self.ret,
                self.load_constant,
                self.add,
                self.loop,
                self.call,
                self.count,
                self.call_note,
                self.call_note_unhandled,
                self.call_any,
            )
        ):
            block = graph.block()
            write(block)
            cases[number] = block.to()
        fetch.block.terminator = Switch(fetch.op(ops.INT_AND, self.word, 255), cases, trap.to())

    # --- pieces ------------------------------------------------------------------------------------------------------
    def part(self, block: BlockBuilder, shift: int) -> Variable:
        return block.op(ops.INT_AND, block.op(ops.INT_RSHIFT, self.word, shift), 255)

    def load(self, block: BlockBuilder, thing: Operand, name: str) -> Variable:
        field = self.toy.field(name)
        return block.op(ops.LOAD_FIELD, thing, gives=field.kind, immediate=field)

    def slot(self, block: BlockBuilder, register: Operand) -> Variable:
        return block.op(ops.SLOT_LOAD, self.stack, block.op(ops.INT_ADD, self.base, register), gives="r")

    def set_slot(self, block: BlockBuilder, register: Operand, value: Operand) -> None:
        block.op(ops.SLOT_STORE, self.stack, block.op(ops.INT_ADD, self.base, register), value, gives="v")

    def go_on(self, block: BlockBuilder) -> None:
        block.jump(self.head.to(self.code, self.next, self.base))

    # --- guest operations --------------------------------------------------------------------------------------------
    def ret(self, block: BlockBuilder) -> None:
        result = self.slot(block, self.a)
        done, pop = self.make.block(), self.make.block()
        block.branch(block.op(ops.INT_EQ, self.base, self.bottom), done.to(), pop.to())
        done.give(result)
        code = pop.op(ops.SLOT_LOAD, self.stack, pop.op(ops.INT_SUB, self.base, 2), gives="r")
        code = pop.op(ops.PROMOTE, code, gives="r")
        link = pop.op(ops.SLOT_LOAD, self.stack, pop.op(ops.INT_SUB, self.base, 1), gives="r")
        number = pop.op(ops.PROMOTE, pop.op(ops.VALUE_AS_INT, link))
        base = pop.op(ops.INT_SUB, self.base, pop.op(ops.INT_RSHIFT, number, 32))
        register = pop.op(ops.INT_AND, number, 255)
        pop.op(ops.STORE_FIELD, self.stack, self.base, gives="v", immediate=self.toy.stack_layout.fields["top"])
        pop.op(ops.SLOT_STORE, self.stack, pop.op(ops.INT_ADD, base, register), result, gives="v")
        pc = pop.op(ops.INT_AND, pop.op(ops.INT_RSHIFT, number, 8), 255)
        pop.jump(self.head.to(code, pc, base))

    def load_constant(self, block: BlockBuilder) -> None:
        self.set_slot(block, self.a, block.op(ops.VALUE_OF_INT, self.target, gives="r"))
        self.go_on(block)

    def add(self, block: BlockBuilder) -> None:
        """Ints, or what overflows them as floats."""
        ints, floats = self.make.block(), self.make.block()
        x, y = self.slot(block, self.b), self.slot(block, self.c)
        block.branch(block.op(ops.VALUE_IS_INT, x), ints.to(), floats.to())
        i, j = ints.op(ops.VALUE_AS_INT, x), ints.op(ops.VALUE_AS_INT, y)
        overflow, fine = self.make.block("r"), self.make.block()
        total = ints.op(ops.INT_ADD_OVF, i, j, on_error=overflow.to())
        ints.jump(fine.to())
        self.set_slot(fine, self.a, fine.op(ops.VALUE_OF_INT, total, gives="r"))
        self.go_on(fine)
        p, q = overflow.op(ops.INT_TO_FLOAT, i, gives="f"), overflow.op(ops.INT_TO_FLOAT, j, gives="f")
        self.set_float(overflow, overflow.op(ops.FLOAT_ADD, p, q, gives="f"))
        p, q = floats.op(ops.VALUE_FLOAT, x, gives="f"), floats.op(ops.VALUE_FLOAT, y, gives="f")
        self.set_float(floats, floats.op(ops.FLOAT_ADD, p, q, gives="f"))

    def set_float(self, block: BlockBuilder, number: Operand) -> None:
        self.set_slot(block, self.a, block.op(ops.VALUE_OF_FLOAT, number, gives="r"))
        self.go_on(block)

    def loop(self, block: BlockBuilder) -> None:
        """Jump back to `target` while slot b < slot c."""
        back, out = self.make.block(), self.make.block()
        i = block.op(ops.VALUE_AS_INT, self.slot(block, self.b))
        j = block.op(ops.VALUE_AS_INT, self.slot(block, self.c))
        block.branch(block.op(ops.INT_LT, i, j), back.to(), out.to())
        self.go_on(out)
        results = [Variable(type, kind) for type, kind in ((OBJECT, "r"), (INT, "i"), (INT, "i"))]
        operands: list[Operand] = [self.code, self.target, self.stack, self.base, self.bottom]
        back.block.instructions.append(Instruction(ops.ENTER_JIT, operands, None, NOWHERE, results=results))
        back.jump(Edge(self.head.block, list(results)))

    def call(self, block: BlockBuilder) -> None:
        """slot a = code.callee run on the frame b slots up."""
        self.enter(block, block.op(ops.PROMOTE, self.load(block, self.code, "callee"), gives="r"))

    def call_any(self, block: BlockBuilder) -> None:
        """slot a = the code in slot c run on the frame b slots up."""
        self.enter(block, block.op(ops.PROMOTE_FEW, self.slot(block, self.c), gives="r"))

    def enter(self, block: BlockBuilder, callee: Operand) -> None:
        separately, push = self.make.block(), self.make.block()
        base = block.op(ops.INT_ADD, self.base, self.b)
        block.branch(block.op(ops.CALL_SEPARATELY, callee), separately.to(), push.to())
        result = separately.op(ops.CALL, callee, self.stack, base, gives="r", immediate=self.graph)
        self.set_slot(separately, self.a, result)
        self.go_on(separately)
        push.op(ops.SLOT_STORE, self.stack, push.op(ops.INT_SUB, base, 2), self.code, gives="v")
        link = push.op(ops.INT_OR, push.op(ops.INT_LSHIFT, self.b, 32), push.op(ops.INT_LSHIFT, self.next, 8))
        link = push.op(ops.VALUE_OF_INT, push.op(ops.INT_OR, link, self.a), gives="r")
        push.op(ops.SLOT_STORE, self.stack, push.op(ops.INT_SUB, base, 1), link, gives="v")
        top = push.op(ops.INT_ADD, base, 10)
        push.op(ops.STORE_FIELD, self.stack, top, gives="v", immediate=self.toy.stack_layout.fields["top"])
        push.jump(self.head.to(callee, 0, base))

    def count(self, block: BlockBuilder) -> None:
        """code.counter += 1, and only then: slot a = slot b + slot c, which may overflow or meet floats."""
        field = self.toy.field("counter")
        counted = block.op(ops.INT_ADD, self.load(block, self.code, "counter"), 1)
        block.op(ops.STORE_FIELD, self.code, counted, gives="v", immediate=field)
        self.add(block)

    def call_note(self, block: BlockBuilder) -> None:
        """slot a = note(slot b), or 77 where that raises."""
        handler, fine = self.make.block("r"), self.make.block()
        result = block.op(
            ops.CALL, self.slot(block, self.b), gives="r", immediate=self.toy.note.function, on_error=handler.to()
        )
        block.jump(fine.to())
        self.set_slot(fine, self.a, result)
        self.go_on(fine)
        self.set_slot(handler, self.a, handler.op(ops.VALUE_OF_INT, 77, gives="r"))
        self.go_on(handler)

    def call_note_unhandled(self, block: BlockBuilder) -> None:
        """slot a = note(slot b); what that raises leaves the portal."""
        result = block.op(ops.CALL, self.slot(block, self.b), gives="r", immediate=self.toy.note.function)
        self.set_slot(block, self.a, result)
        self.go_on(block)


def _location(code: GuestCode, pc: int) -> str:
    return f"toy {pc}"
