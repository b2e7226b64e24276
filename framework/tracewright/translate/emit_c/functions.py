"""One flow graph to one C function.

    b1(total:i, index:i):  t0 = int_lt(index, limit)  branch t0 b2() b3()

    b1:;
        t0_4 = index_3 < limit_1;
        if (t0_4) goto b2; goto b3;

Block parameters are C variables that every edge assigns all at once. A call that may raise is followed by a test of
`tw_exception`. The C compiler turns this into SSA form again, so nothing here tries to save variables or copies.
"""

from __future__ import annotations

from pathlib import PurePath
from typing import TYPE_CHECKING, Final, final

from tracewright.core.operations import (
    CALL,
    CALL_METHOD,
    CALL_POINTER,
    ENTER_JIT,
    INT_ADD,
    MERGE_POINT,
    SLOT_LOAD,
    TABLE,
)
from tracewright.core.source_span import SourceSpan
from tracewright.translate.emit_c.companions import Kept, find_companions, own_parameters
from tracewright.translate.emit_c.decoding import left_to_handlers
from tracewright.translate.emit_c.dispatch import Dispatch, find_dispatches, is_brief
from tracewright.translate.emit_c.field_rows import FieldRow, find_field_row
from tracewright.translate.emit_c.instruction_pointer import (
    WORD_BYTES,
    Counter,
    find_instruction_pointers,
)
from tracewright.translate.emit_c.instructions import SPECIAL, InstructionText, field_of_row
from tracewright.translate.emit_c.operand_places import InstructionWord, find_instruction_word
from tracewright.translate.emit_c.parallel_copy import parallel_copy
from tracewright.translate.emit_c.text import C_TYPES, FunctionText, References
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Unreachable,
    Variable,
)
from tracewright.translate.flow.simplify import edges_of
from tracewright.translate.flow.types import MethodSlot

if TYPE_CHECKING:
    from tracewright.translate.emit_c.view import ProgramView

EXCEPTION: Final = "tw_exception"


def emit_function(graph: FunctionGraph, view: ProgramView) -> FunctionText:
    """The C text of a function."""
    return _FunctionEmitter(graph, view).emit()


@final
class _FunctionEmitter:
    def __init__(self, graph: FunctionGraph, view: ProgramView) -> None:
        self.graph = graph
        self.view = view
        self.references = References()
        self.names: dict[Variable, str] = {}
        self.lines: list[str] = []
        self.tail: list[str] = []  # what errors jump to; after the body, out of the way
        self.position: tuple[str, int] = ("", 0)
        self.labels = 0
        self.dispatches = {dispatch.head: dispatch for dispatch in find_dispatches(graph)}
        self.left: Final = [left_to_handlers(graph, dispatch) for dispatch in self.dispatches.values()]
        lefts = zip(self.dispatches.values(), self.left, strict=True)
        words = [find_instruction_word(graph, dispatch, left) for dispatch, left in lefts]
        self.words: Final = [word for word in words if word is not None]
        self.companions: Final = find_companions(graph, self.dispatches.values())
        in_dispatches = zip(self.dispatches.values(), words, strict=True)
        found = [(dispatch, word) for dispatch, word in in_dispatches if word is not None]
        self.pointers: Final = find_instruction_pointers(graph, found, self.companions)
        self.companion_names: dict[str, str] = {}
        self.place_names: dict[Counter, str] = {}
        self.tables: list[tuple[Dispatch, str]] = []
        self.table_lines: list[str] = []
        self.caught: Final = _caught(graph)
        self.merge_point: Final = _merge_point(graph) if view.places is not None else None

    # --- the whole ---------------------------------------------------------------------------------------------------
    def emit(self) -> FunctionText:
        graph = self.graph
        for parameter in graph.parameters:
            self.name(parameter)
        head = self.view.head_of(graph, [self.names[parameter] for parameter in graph.parameters])
        if graph in self.view.checks_stack:
            self.lines.append(
                f"if (TW_UNLIKELY(tw_stack_pointer < tw_stack_limit) && tw_stack_check_failed()) {{ {self.leave()} }}"
            )
        if graph.entry.parameters != graph.parameters:
            raise AssertionError(f"{graph.name}: the entry block's parameters are not the function's")
        for parameter in graph.parameters:
            self.set_companions(parameter)
        for index, block in enumerate(graph.blocks):
            self.emit_block(block, graph.blocks[index + 1] if index + 1 < len(graph.blocks) else None)
        self.note_guest_place()
        body = "\n".join(["{", *self.declarations(), *self.table_lines, *self.lines, *self.tail, "}", ""])
        weight = sum(len(block.instructions) + 1 for block in graph.blocks)
        symbol = self.view.symbol_of(graph)
        loops = any(edge.target.number <= block.number for block in graph.blocks for edge in edges_of(block))
        is_leaf = not loops and len(self.references.functions) <= 1
        return FunctionText(graph, symbol, head, body, self.references, weight, is_leaf, bool(self.tables))

    def declarations(self) -> list[str]:
        own = set(self.graph.parameters)
        by_kind: dict[str, list[str]] = {}
        for variable, name in self.names.items():
            if variable not in own:
                start = " = 0" if self.merge_point is not None and variable in self.merge_point.operands else ""
                by_kind.setdefault(C_TYPES[variable.kind], []).append(name + start)
        by_kind.setdefault("int64_t", []).extend(self.companion_names.values())
        return [f"{c_type} {', '.join(names)};" for c_type, names in by_kind.items() if names]

    def name(self, variable: Variable) -> str:
        """The C variable that holds it."""
        known = self.names.get(variable)
        if known is None:
            stem = "".join(c if c.isascii() and c.isalnum() else "_" for c in variable.name) or "t"
            known = self.names[variable] = f"{stem}_{len(self.names)}"
        return known

    def operand(self, operand: Operand) -> str:
        """A C expression without operators outside parentheses."""
        if isinstance(operand, Variable):
            return self.counted(operand) or self.name(operand)
        return self.view.constant(operand, self.references)

    def new_label(self, stem: str) -> str:
        self.labels += 1
        return f"{stem}_{self.labels}"

    def leave(self) -> str:
        """Return with an exception pending; the value does not matter."""
        if self.merge_point is not None:
            return "goto leaving;"
        return "return;" if self.graph.result_kind == "v" else "return 0;"

    def note_guest_place(self) -> None:
        """The portal's way out with an exception: note which guest bytecode it was at, if it has come to one."""
        if self.merge_point is None or self.view.places is None:
            return
        note = self.view.places.note
        self.references.functions[note] = None
        code, pc = (self.operand(operand) for operand in self.merge_point.operands[:2])
        noting = f"if ({code}) {self.view.symbol_of(note)}({EXCEPTION}, {code}, {pc});"
        self.tail += ["leaving:;", noting, "return;" if self.graph.result_kind == "v" else "return 0;"]

    def restore_place(self, edge: Edge) -> None:
        """On the way to a handler that receives the pc behind the bytecode, compute the bytecode's own from it. Otherwise both would
        have to be kept over every call, for the sake of `note_guest_place`. (TW_FORGET: the C compiler would see that this is the value
        from before, and keep that.)"""
        if self.merge_point is None or self.counted(self.merge_point.operands[1]):
            return
        pc = self.merge_point.operands[1]
        for left in self.left:
            for instruction in left.instructions:
                step = instruction.operands[-1]
                is_next = instruction.operation == INT_ADD and instruction.operands[0] is pc
                if is_next and isinstance(step, Constant) and instruction.result in edge.arguments:
                    assert instruction.result is not None
                    own, behind = self.operand(pc), self.name(instruction.result)
                    self.lines.append(f"{own} = {behind}; TW_FORGET({own}); {own} -= {self.operand(step)};")
                    return

    # --- blocks ------------------------------------------------------------------------------------------------------
    def emit_block(self, block: Block, following: Block | None) -> None:
        self.lines.append(f"{self.label_of(block)}:;")
        for word in self.words:
            if block in word.handlers and word.load.result is not None:
                self.lines.append(f"{self.name(word.load.result)} = TW_WORD({self.place_of(word)}, 0);")
        for left in self.left:
            for instruction in left.by_handler.get(block, ()):
                self.at(instruction.span)
                self.emit_instruction(instruction)
        self.emit_inside(block)
        self.emit_terminator(block, following)

    def emit_inside(self, block: Block) -> None:
        for instruction in block.instructions:
            if not any(instruction in left.instructions for left in self.left):
                self.at(instruction.span)
                self.emit_instruction(instruction)

    @staticmethod
    def label_of(block: Block) -> str:
        return f"b{block.number}"

    def at(self, span: SourceSpan) -> None:
        """Say which source line the next C line belongs to, where that changes."""
        if span.line > 0 and self.position != (span.path, span.line):
            self.position = (span.path, span.line)
            path = self.view.shown_path(span.path)
            self.lines.append(f'#line {span.line} "{path}"')

    def emit_terminator(self, block: Block, following: Block | None) -> None:
        match block.terminator:
            case Jump(edge=edge):
                self.go(edge, following)
            case Branch(condition=condition, true=true, false=false, likely=likely):
                test = self.operand(condition)
                test = test if likely < 0 else f"TW_{'' if likely else 'UN'}LIKELY({test})"
                self.lines.append(f"if ({test}) {{")
                self.go(true, None)
                self.lines.append("}")
                self.go(false, following)
            case Switch() as switch:
                dispatch = next((d for d in self.dispatches.values() if d.switch is switch), None)
                if dispatch is None:
                    self.emit_switch(switch)
                else:
                    self.emit_indirect_jump(dispatch)
            case Return(value=value):
                self.lines.append(
                    "return;" if value is None or self.graph.result_kind == "v" else f"return {self.operand(value)};"
                )
            case Raise(exception=exception, span=span, on_error=on_error):
                self.at(span)
                if not (isinstance(exception, Variable) and exception in self.caught):
                    self.lines.append(self.raised_at(span, self.operand(exception)))
                if on_error is None:
                    self.lines.append(f"{EXCEPTION} = {self.operand(exception)}; {self.leave()}")
                else:
                    self.go(on_error, None, self.operand(exception))
            case Unreachable():
                self.lines.append("__builtin_unreachable();")
            case None:
                raise AssertionError(f"{self.graph.name}: block {block.number} has no end")

    def emit_switch(self, switch: Switch) -> None:
        row = find_field_row(switch)
        if row is not None:
            self.emit_field_row(switch, row)
            return
        self.lines.append(f"switch ({self.operand(switch.value)}) {{")
        targets: dict[int, tuple[Edge, list[int]]] = {}
        for value, edge in switch.cases.items():
            targets.setdefault(id(edge), (edge, []))[1].append(value)
        for edge, values in targets.values():
            self.lines.append(" ".join(f"case {value}L:" for value in values))
            self.go(edge, None)
        self.lines.append("default:")
        self.go(switch.default, None)
        self.lines.append("}")

    def emit_field_row(self, switch: Switch, row: FieldRow) -> None:
        number, chosen = self.new_label("field"), self.operand(switch.value)
        if row.others is None:
            bounded = f"(uint64_t){chosen} < {row.count}UL ? {chosen} : {row.count - 1}"
            self.lines.append(f"{{ int64_t {number} = {bounded};")
        else:
            self.lines.append(f"if (TW_LIKELY((uint64_t){chosen} < {row.count}UL)) {{ int64_t {number} = {chosen};")
        self.at(row.access.span)
        self.emit_text(
            row.access, field_of_row(row.access, [self.operand(each) for each in row.access.operands], number)
        )
        if row.access.result is not None:
            self.set_companions(row.access.result)
        self.emit_terminator(row.case, None)
        self.lines.append("}")
        if row.others is not None:
            self.go(row.others, None)

    # --- edges -------------------------------------------------------------------------------------------------------
    def go(self, edge: Edge, following: Block | None, exception: str = "") -> None:
        """Assign the target's parameters and go there."""
        target = edge.target
        if exception:
            self.restore_place(edge)
        self.lines.extend(self.arguments_of(edge, exception))
        if exception == EXCEPTION:
            self.lines.append(f"{EXCEPTION} = 0;")
        dispatch = self.dispatches.get(target)
        onward = target.terminator
        if target is following:
            return
        if dispatch is not None:
            self.emit_chain(dispatch)
        elif isinstance(onward, Jump) and onward.edge.target in self.dispatches and is_brief(target):
            self.emit_inside(target)  # such as `pc += 1` behind all handlers: it is cheaper than the jump to it
            self.go(onward.edge, None)
        else:
            self.lines.append(f"goto {self.label_of(target)};")

    def arguments_of(self, edge: Edge, exception: str = "") -> list[str]:
        """Assign to the target's parameters, and to what stands beside them, what the edge gives them."""
        parameters, given = own_parameters(edge), len(edge.arguments) + (exception != "")
        if given != len(edge.target.parameters):
            raise AssertionError(
                f"{self.graph.name}: an edge to block {edge.target.number} has {given} arguments, not {len(edge.target.parameters)}"
            )
        copies = [(self.name(edge.target.parameters[0]), exception, "r")] if exception else []
        before: list[str] = []
        for parameter, argument in zip(parameters, edge.arguments, strict=True):
            counter = self.pointers.counters.get(parameter)
            if counter is not None:
                target, source = self.place(counter), self.place_on(edge, argument, counter)
            else:
                target, source = self.name(parameter), self.operand(argument)
            if source != target and not source.isidentifier() and isinstance(argument, Variable):
                helper = self.new_label("next")  # it is made of variables that are about to change
                before.append(f"int64_t {helper} = {source};")
                source = helper
            copies.append((target, source, parameter.kind))
            for kept in self.companions.beside(parameter):
                copies.append((self.companion(kept, parameter), self.companion(kept, argument), "i"))
        lines = parallel_copy(copies, self.new_label)
        return ["{", *before, *lines, "}"] if before else lines

    def error_label(self, edge: Edge | None) -> str:
        """The statement that takes a pending exception to where it goes."""
        if edge is None:
            return self.leave()
        label = self.new_label("error")
        body, self.lines = self.lines, [f"{label}:;"]
        dispatches, self.dispatches = self.dispatches, {}
        position = self.position
        self.go(edge, None, EXCEPTION)
        self.dispatches = dispatches
        self.position = position
        self.tail.extend(self.lines)
        self.lines = body
        return f"goto {label};"

    # --- threaded dispatch -------------------------------------------------------------------------------------------
    def emit_chain(self, dispatch: Dispatch) -> None:
        """The chain's text once more, ending in an indirect jump of its own."""
        chain = dispatch.chain
        for block, onward in zip(chain, [*chain[1:], None], strict=True):
            self.emit_inside(block)
            if onward is None:
                self.emit_indirect_jump(dispatch)
                return
            match block.terminator:
                case Jump(edge=edge):
                    self.lines.extend(self.arguments_of(edge))
                case Branch(condition=condition, true=true, false=false):
                    inside = true.target is onward
                    test = self.operand(condition)
                    self.lines.append(f"if (TW_UNLIKELY({'!' if inside else ''}{test})) {{")
                    side = false if inside else true
                    self.lines.extend(self.arguments_of(side))
                    self.lines.append(f"goto {self.label_of(side.target)}; }}")
                    self.lines.extend(self.arguments_of(true if inside else false))
                case _:
                    raise AssertionError("only jumps and branches are chained")

    def emit_indirect_jump(self, dispatch: Dispatch) -> None:
        table = self.table_of(dispatch)
        index = self.operand(dispatch.switch.value)
        if dispatch.lowest:
            index = f"({index} - {dispatch.lowest}L)"
        if not dispatch.bounded:
            default = self.case_label(dispatch.switch.default)
            self.lines.append(f"if (TW_UNLIKELY((uint64_t){index} >= {len(dispatch.table)}UL)) goto {default};")
        self.lines.append(f"goto *{table}[{index}];")

    def table_of(self, dispatch: Dispatch) -> str:
        for known, name in self.tables:
            if known is dispatch:
                return name
        name = f"dispatch_{dispatch.chain[-1].number}"
        self.tables.append((dispatch, name))
        labels: dict[int, str] = {}
        for edge in dispatch.table:
            if id(edge) not in labels:
                labels[id(edge)] = self.case_label(edge)
        addresses = ", ".join(f"&&{labels[id(edge)]}" for edge in dispatch.table)
        self.table_lines.append(f"static const void *const {name}[] = {{{addresses}}};")
        return name

    def case_label(self, edge: Edge) -> str:
        """Where a table entry points: the block itself, or a place that first assigns its parameters."""
        if not edge.target.parameters:
            return self.label_of(edge.target)
        label = self.new_label("case")
        body, self.lines = self.lines, [f"{label}:;"]
        self.lines.extend(self.arguments_of(edge))
        self.lines.append(f"goto {self.label_of(edge.target)};")
        self.tail.extend(self.lines)
        self.lines = body
        return label

    # --- the instruction pointer -------------------------------------------------------------------------------------
    def place(self, counter: Counter) -> str:
        """The C variable with the address of the current instruction."""
        if counter not in self.place_names:
            name = self.place_names[counter] = self.new_label("place")
            self.companion_names[name] = name
        return self.place_names[counter]

    def counted(self, operand: Operand) -> str:
        """The C expression of a variable that stands a known number of words behind a current instruction, or nothing."""
        found = self.pointers.step(operand)
        if found is None:
            return ""
        counter, step = found
        number = f"tw_item_number({self.companion(counter.words, counter.code)}, {self.place(counter)})"
        return f"({number} + {step})" if step else number

    def place_on(self, edge: Edge, argument: Operand, counter: Counter) -> str:
        """Where the instruction lies that is the current one behind an edge to the counter's block."""
        code, known = counter.code_on(edge), self.pointers.step(argument)
        if known is not None and code is known[0].code:
            place, step = self.place(known[0]), known[1]
            return f"{place} + {WORD_BYTES * step}" if step else place
        return f"(int64_t)&TW_ITEM({self.companion(counter.words, code)}, {self.operand(argument)})"

    # --- instructions ------------------------------------------------------------------------------------------------
    def place_of(self, word: InstructionWord) -> str:
        """The C variable with the address of the word."""
        if word.load in self.pointers.fetches:
            return self.place(self.pointers.fetches[word.load])
        assert word.load.result is not None
        name = f"place_of_{self.name(word.load.result)}"
        return self.companion_names.setdefault(name, name)

    def in_place(self, instruction: Instruction, operands: list[str]) -> str:
        """What becomes of an instruction that loads a word, or takes an operand from it (`operand_places.py`), or nothing."""
        if instruction in self.pointers.loads:
            counter, step = self.pointers.loads[instruction]
            assert instruction.result is not None
            return f"{self.name(instruction.result)} = TW_WORD({self.place(counter)}, {WORD_BYTES * step});"
        for word in self.words:
            if instruction is word.load:
                return f"{self.place_of(word)} = (int64_t)&TW_ITEM({operands[0]}, {operands[1]});"
            if instruction in word.operands:
                reader, offset = word.operands[instruction]
                assert instruction.result is not None
                return f"{self.name(instruction.result)} = {reader}({self.place_of(word)}, {offset});"
        return ""

    def emit_instruction(self, instruction: Instruction) -> None:
        if instruction in self.pointers.fetches or instruction.result in self.pointers.steps:
            return  # where it lies is known
        row = TABLE[instruction.operation]
        operands = [self.operand(operand) for operand in instruction.operands]
        if in_place := self.in_place(instruction, operands):
            self.lines.append(in_place)
            return
        special = SPECIAL.get(instruction.operation)
        beside = self.beside(instruction, operands)
        if beside:
            text = InstructionText(beside)
        elif special is not None:
            text = special(self.view, self.references, instruction, operands)
        elif row.c:
            text = InstructionText(row.c.format(*operands))
        else:
            raise AssertionError(f"{self.graph.name}: operation {row.name} has no C form")
        self.emit_text(instruction, text)
        if instruction.result is not None:
            self.set_companions(instruction.result)

    def emit_text(self, instruction: Instruction, text: InstructionText) -> None:
        result = self.name(instruction.result) if instruction.result is not None else ""
        may_fail = text.failed or any("@error" in line for line in text.before)
        error = self.error_label(instruction.on_error) if may_fail else ""
        names = {"@result": result, "@error": error}
        if instruction.operation == ENTER_JIT:
            names |= self.entered_names(instruction)
        names |= {f"@{index}": self.name(extra) for index, extra in enumerate(instruction.results)}
        for line in text.before:
            self.lines.append(_filled(line, names))
        if text.expression:
            self.lines.append(f"{result} = {text.expression};" if result else f"{text.expression};")
        if text.failed:
            raising = text.raising
            if self.raises_here(instruction):
                called = instruction.operation in (CALL, CALL_METHOD)
                raising += self.raised_at(instruction.span, "" if called else EXCEPTION)
            self.lines.append(f"if (TW_UNLIKELY({_filled(text.failed, names)})) {{ {raising} {error} }}")

    # --- what is kept beside variables -------------------------------------------------------------------------------
    def companion(self, kept: Kept, operand: Operand) -> str:
        """What stands beside this operand: a C variable, or the expression for it where there is none."""
        if not isinstance(operand, Variable) or kept not in self.companions.beside(operand):
            return self.companion_value(kept, operand)
        name = f"{'frame' if kept is None else kept.name}_of_{self.name(operand)}"
        return self.companion_names.setdefault(name, name)

    def companion_value(self, kept: Kept, operand: Operand) -> str:
        """How it is computed."""
        if kept is not None:
            return f"TW_WORD({self.operand(operand)}, {kept.offset})"
        sum = self.companions.sums.get(operand) if isinstance(operand, Variable) else None
        if sum is not None:
            base, added = sum
            return f"(int64_t)((int64_t *){self.companion(None, base)} + {self.added(added)})"
        assert self.companions.stack is not None
        return f"(int64_t)(tw_slots({self.operand(self.companions.stack)}) + {self.operand(operand)})"

    def set_companions(self, variable: Variable) -> None:
        """The variable has a new value: compute what stands beside it."""
        self.lines.extend(self.companion_lines(variable))

    def companion_lines(self, variable: Variable) -> list[str]:
        return [
            f"{self.companion(kept, variable)} = {self.companion_value(kept, variable)};"
            for kept in self.companions.beside(variable)
        ]

    def entered_names(self, instruction: Instruction) -> dict[str, str]:
        """What stands beside the results of enter_jit, code, pc and base: as long as they are what they were, nothing is computed."""
        code, pc, _, base, _ = instruction.operands
        pairs = list(zip(instruction.results, (code, pc, base), strict=True))
        kept = [
            f"{self.companion(each, result)} = {self.companion(each, old)};"
            for result, old in pairs
            for each in self.companions.beside(result)
        ]
        renewed = [line for result, _ in pairs for line in self.companion_lines(result)]
        return {"@kept": " ".join(kept), "@renewed": " ".join(renewed)}

    def beside(self, instruction: Instruction, operands: list[str]) -> str:
        """The C expression of an instruction that a companion makes cheaper, or nothing."""
        field = self.companions.kept_field(instruction)
        if field is not None:
            return self.companion(field[1], field[0])
        index = self.companions.frame_index(instruction)
        if index is None:
            return ""
        base, added = index
        slot = f"((int64_t *){self.companion(None, base)})[{self.added(added)}]"
        return slot if instruction.operation == SLOT_LOAD else f"{slot} = {operands[2]}"

    def added(self, operands: tuple[Operand, ...]) -> str:
        """The C expression of the sum of these."""
        return " + ".join(self.operand(operand) for operand in operands) or "0"

    # --- where exceptions come from ----------------------------------------------------------------------------------
    def raised_at(self, span: SourceSpan, error: str) -> str:
        """Note the place for the message about an exception that nobody catches. Authors want to know which of their functions it
        was: what the framework raises counts for the function that called it (`error` is then empty)."""
        if span.line <= 0 or is_framework(self.graph):
            return ""
        name = self.graph.name.split("[")[0].split("#")[0]
        place = f'"{name}, {PurePath(span.path).name}:{span.line}"'
        return f"TW_RAISED_AT({place}, {error});" if error else f"TW_RAISED_BELOW({place});"

    def raises_here(self, instruction: Instruction) -> bool:
        """Whether an exception that this instruction leaves behind was raised here, as far as the author is concerned."""
        match instruction.immediate:
            case FunctionGraph() as callee if instruction.operation == CALL:
                return is_framework(callee)
            case MethodSlot() as slot:
                return all(is_framework(callee) for callee in self.view.implementations(slot))
            case _:
                return instruction.operation not in (CALL_POINTER, ENTER_JIT)


def is_framework(graph: FunctionGraph) -> bool:
    """Whether the function belongs to Tracewright, not to a language."""
    return graph.module.startswith("tracewright.")


def _caught(graph: FunctionGraph) -> set[Variable]:
    """The exceptions that handlers of the function receive: raising one again is not where it came from."""
    edges = [instruction.on_error for block in graph.blocks for instruction in block.instructions]
    edges += [block.terminator.on_error for block in graph.blocks if isinstance(block.terminator, Raise)]
    return {edge.target.parameters[0] for edge in edges if edge is not None}


def _merge_point(graph: FunctionGraph) -> Instruction | None:
    """The merge point, if the function is the portal."""
    if graph.portal is None:
        return None
    found = (i for block in graph.blocks for i in block.instructions if i.operation == MERGE_POINT)
    return next(found, None)


def _filled(line: str, names: dict[str, str]) -> str:
    """Put names into the places that an InstructionText leaves open."""
    for place, name in names.items():
        line = line.replace(place, name)
    return line
