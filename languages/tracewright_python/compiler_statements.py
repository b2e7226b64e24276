"""Tree to bytecode: simple statements, assignment, conditions and loops, and the ways out of them."""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_python import builtin_types as types
from tracewright_python.bytecode import FIRST, CodeKind
from tracewright_python.compiler_async import AsyncCompiler
from tracewright_python.compiler_expressions import NOT_SMALL, small_constant
from tracewright_python.compiler_names import Cleanup, not_compiled
from tracewright_python.diagnostics import SyntaxFault
from tracewright_python.lists import tuple_of
from tracewright_python.opcodes import Op
from tracewright_python.syntax import (
    Attribute,
    BinaryOperator,
    Constant,
    Expression,
    List,
    Name,
    Starred,
    Statement,
    Subscript,
    Tuple,
)
from tracewright_python.syntax_statements import (
    AnnAssign,
    Assert,
    Assign,
    AsyncFor,
    AsyncFunctionDef,
    AsyncWith,
    AugAssign,
    Break,
    ClassDef,
    Continue,
    Delete,
    Expr,
    For,
    FunctionDef,
    FunctionDefinition,
    Global,
    If,
    Import,
    ImportFrom,
    Match,
    Nonlocal,
    Pass,
    Raise,
    Return,
    Try,
    TryStar,
    TryStatement,
    While,
    With,
    WithStatement,
)

NO_START: Final = -1
DISPLAY: Final = ".display"  # the built-in name, which no program can spell, of what shows values at a prompt


@final
class Surrounding:
    """A statement around the code that is compiled, as far as ways out of it matter."""

    def __init__(self, kind: int, slot: int) -> None:
        self.kind = kind  # of Cleanup
        self.slot = slot
        self.thrown = 0  # of a handler: the slot of what it handles
        self.again: Label = Label()  # of a loop: where `continue` goes
        self.leave: Label = Label()  # where `break` goes
        self.body: list[Statement] = []  # of `finally`
        self.name = ""  # of `except ... as name`
        self.start = NO_START  # where the protected code began that goes on here
        self.stretches: list[int] = []  # starts and ends of protected code before


class StatementCompiler(AsyncCompiler):
    """Statements without definitions, `try` and `match`, which the classes that derive from this one add."""

    # --- what others add ---

    def compile_function(self, node: FunctionDefinition) -> None:
        raise NotImplementedError("compile_function")

    def compile_class(self, node: ClassDef) -> None:
        raise NotImplementedError("compile_class")

    def compile_try(self, node: TryStatement) -> None:
        raise NotImplementedError("compile_try")

    def compile_with(self, node: WithStatement, first: int) -> None:
        raise NotImplementedError("compile_with")

    def compile_match(self, node: Match) -> None:
        raise NotImplementedError("compile_match")

    def clean_up(self, surrounding: Surrounding) -> None:
        """Emit what must be done before a jump out of a statement."""
        raise NotImplementedError("clean_up")

    def surroundings(self) -> list[Surrounding]:
        """The statements around, the innermost last."""
        raise NotImplementedError("surroundings")

    def compile_shown(self, node: Statement, value: Expression) -> None:
        """An expression whose value is shown."""
        block = self.take(FIRST + 2)
        self.assembler.emit_wide(Op.LOAD_GLOBAL, block + FIRST, self.global_cell(DISPLAY))
        self.compile_into(value, block + FIRST + 1)
        self.at(node)
        self.emit(Op.CALL, block, block, 1)

    # --- statements ---

    def compile_statements(self, statements: list[Statement]) -> None:
        for statement in statements:
            self.compile_statement(statement)

    def compile_statement(self, node: Statement) -> None:
        top = self.top
        self.at(node)
        self.note_live_slots()
        match node:
            case Expr(value=value):
                if self.shows_values:
                    self.compile_shown(node, value)
                elif not isinstance(value, Constant):
                    self.compile_into(value, self.slot())
            case Assign(targets=targets, value=value):
                self.compile_assignment(targets, value)
            case AugAssign():
                self.compile_augmented(node)
            case AnnAssign():
                self.compile_annotated(node)
            case If():
                self.compile_if(node)
            case While():
                self.compile_while(node)
            case For():
                self.compile_for(node)
            case Return(value=result):
                self.compile_return(node, result)
            case Break() | Continue():
                self.compile_loop_exit(node, isinstance(node, Break))
            case FunctionDef() | AsyncFunctionDef():
                self.compile_function(node)
            case ClassDef():
                self.compile_class(node)
            case Raise(exc=raised, cause=cause):
                self.compile_raise(node, raised, cause)
            case Try() | TryStar():
                self.compile_try(node)
            case With():
                self.compile_with(node, 0)
            case AsyncWith():
                self.compile_with(node, 0)
            case AsyncFor():
                self.compile_async_for(node)
            case Assert():
                self.compile_assert(node)
            case Delete(targets=targets):
                for target in targets:
                    self.compile_deletion(target)
            case Import():
                self.compile_import(node)
            case ImportFrom():
                self.compile_import_from(node)
            case Match():
                self.compile_match(node)
            case Pass() | Global() | Nonlocal():
                pass
            case _:
                raise not_compiled("this statement", node)
        self.top = top

    # --- assignment ---

    def compile_assignment(self, targets: list[Expression], value: Expression) -> None:
        """`a = b = value`"""
        if len(targets) == 1:
            target = targets[0]
            if isinstance(target, Name):
                slot = self.local_slot(target.id)
                if slot >= 0:
                    self.compile_into(value, slot)
                    self.bound.add(self.scope.mangled(target.id))
                    return
            elements, values = self.elements_of(target), self.elements_of(value)
            if (
                elements is not None
                and values is not None
                and isinstance(value, Tuple)
                and len(elements) == len(values)
            ):
                self.compile_exchange(elements, values)
                return
        source = self.operand(value)
        for target in targets:
            self.compile_store(target, source)

    def elements_of(self, node: Expression) -> list[Expression] | None:
        """The elements of a display that has no starred ones."""
        elements: list[Expression] | None = None
        if isinstance(node, Tuple):
            elements = node.elts
        elif isinstance(node, List):
            elements = node.elts
        return None if elements is None or self.has_star(elements) else elements

    def compile_exchange(self, targets: list[Expression], values: list[Expression]) -> None:
        """`a, b = x, y`: all values first, then all targets; no tuple is made."""
        first = self.compile_row(values)
        for k in range(len(targets)):
            self.compile_store(targets[k], first + k)

    def compile_store(self, target: Expression, source: int) -> None:
        """`target = ` the value in a slot."""
        top = self.top
        match target:
            case Name(id=name):
                self.at(target)
                self.store_name(name, source)
            case Attribute(value=value, attr=attr):
                thing = self.operand(value)
                self.at(target)
                self.emit(Op.SET, thing, source, self.site(attr, True))
            case Subscript(value=value, slice=index):
                container = self.operand(value, index)
                key = self.operand(index)
                self.at(target)
                self.emit(Op.SET_ITEM, container, key, source)
            case Tuple(elts=elements) | List(elts=elements):
                self.compile_unpacking(target, elements, source)
            case Starred(value=value):
                self.compile_store(value, source)
            case _:
                raise not_compiled("this target", target)
        self.top = top

    def compile_unpacking(self, node: Expression, elements: list[Expression], source: int) -> None:
        """`a, *b, c = ` the value in a slot."""
        count = len(elements)
        first = self.take(max(count, 1))
        self.at(node)
        starred = -1
        for k in range(count):
            if isinstance(elements[k], Starred):
                starred = k
        if starred < 0:
            self.emit(Op.UNPACK, first, source, count)
        else:
            self.emit(Op.UNPACK_STARRED, first, source, starred)
            self.assembler.add_word(count - starred - 1)
        for k in range(count):
            self.compile_store(elements[k], first + k)

    def compile_augmented(self, node: AugAssign) -> None:
        """`target OP= value`"""
        target = node.target
        match target:
            case Name(id=name):
                slot = self.local_slot(name)
                if slot >= 0:
                    self.at(target)
                    self.load_name(slot, name)
                    self.emit_in_place(node, slot, slot)
                else:
                    held = self.slot()
                    self.at(target)
                    self.load_name(held, name)
                    self.emit_in_place(node, held, held)
                    self.store_name(name, held)
            case Attribute(value=value, attr=attr):
                thing = self.operand(value, node.value)
                held = self.slot()
                self.at(target)
                self.emit(Op.GET, held, thing, self.site(attr))
                self.emit_in_place(node, held, held)
                self.at(target)
                self.emit(Op.SET, thing, held, self.site(attr, True))
            case Subscript(value=value, slice=index):
                container = self.operand(value, index)
                key = self.operand(index, node.value)
                held = self.slot()
                self.at(target)
                self.emit(Op.GET_ITEM, held, container, key)
                self.emit_in_place(node, held, held)
                self.at(target)
                self.emit(Op.SET_ITEM, container, key, held)
            case _:
                raise not_compiled("this target", target)

    def emit_in_place(self, node: AugAssign, result: int, left: int) -> None:
        """`result := ` what `left OP= value` gives"""
        small = small_constant(node.value)
        if small != NOT_SMALL and node.op in (BinaryOperator.ADD, BinaryOperator.SUBTRACT):
            self.at(node)
            is_add = node.op == BinaryOperator.ADD
            self.emit(Op.ADD_SMALL_IN_PLACE if is_add else Op.SUBTRACT_SMALL_IN_PLACE, result, left, small)
            return
        right = self.operand(node.value)
        self.at(node)
        self.emit(Op.ADD_IN_PLACE + node.op, result, left, right)

    def compile_annotated(self, node: AnnAssign) -> None:
        """`target: annotation = value`"""
        if node.value is not None:
            self.compile_assignment([node.target], node.value)
        if self.scope.is_function():
            return
        top = self.top
        target = node.target
        annotation = self.slot()
        self.compile_annotation(node.annotation, annotation)
        if isinstance(target, Name) and node.simple:
            holder, key = self.slot(), self.slot()
            self.at(node)
            self.load_name(holder, "__annotations__")
            self.load_text(key, self.scope.mangled(target.id))
            self.emit(Op.SET_ITEM, holder, key, annotation)
        self.top = top

    def compile_deletion(self, target: Expression) -> None:
        """`del target`"""
        top = self.top
        match target:
            case Name(id=name):
                self.at(target)
                self.delete_name(name)
            case Attribute(value=value, attr=attr):
                thing = self.operand(value)
                self.at(target)
                self.emit(Op.DELETE_ATTRIBUTE, thing, 0, self.text_constant(self.scope.mangled(attr)))
            case Subscript(value=value, slice=index):
                container = self.operand(value, index)
                key = self.operand(index)
                self.at(target)
                self.emit(Op.DELETE_ITEM, container, key)
            case Tuple(elts=elements) | List(elts=elements):
                for element in elements:
                    self.compile_deletion(element)
            case _:
                raise not_compiled("this target", target)
        self.top = top

    # --- conditions and loops ---

    def compile_if(self, node: If) -> None:
        """`if`; a row of `elif` is walked in a loop."""
        end = Label()
        merged: set[str] | None = None
        current = node
        while True:
            other = Label()
            self.compile_condition(current.test, other, False)
            before = self.bound.copy()
            self.compile_statements(current.body)
            merged = self.bound if merged is None else merged & self.bound
            self.bound = before
            rest = current.orelse
            if len(rest) == 0:
                self.place(other)
                break
            self.jump(Op.JUMP, 0, end)
            self.place(other)
            following = rest[0]
            if len(rest) == 1 and isinstance(following, If):
                current = following
                self.at(current)
                continue
            self.compile_statements(rest)
            break
        self.place(end)
        self.bound = merged & self.bound

    def enter_loop(self) -> Surrounding:
        """A loop begins."""
        loop = Surrounding(Cleanup.LOOP, 0)
        self.surroundings().append(loop)
        return loop

    def compile_while(self, node: While) -> None:
        """`while`: the condition stands once before the loop and once at its end."""
        loop = self.enter_loop()
        finished = Label()
        begin = self.assembler.loop_label(Op.JUMP)
        loop.again = begin
        self.compile_condition(node.test, finished, False)
        before = self.bound.copy()
        self.compile_statements(node.body)
        self.at(node.test)
        self.jump(Op.REPEAT, 0, begin)
        self.place(finished)
        self.surroundings().pop()
        self.bound = before.copy()
        self.compile_statements(node.orelse)
        self.place(loop.leave)
        self.bound = before

    def compile_for(self, node: For) -> None:
        """`for`"""
        iterator = self.slot()
        self.compile_into(node.iter, iterator)
        self.at(node.iter)
        self.emit(Op.ITERATE, iterator, iterator)
        loop = self.enter_loop()
        finished = Label()
        loop.again = self.assembler.loop_label(Op.JUMP)
        before = self.bound.copy()
        self.at(node.iter)
        self.compile_item(node.target, iterator, finished)
        self.compile_statements(node.body)
        self.at(node.iter)
        self.jump(Op.REPEAT, 0, loop.again)
        self.place(finished)
        self.surroundings().pop()
        self.bound = before.copy()
        self.compile_statements(node.orelse)
        self.place(loop.leave)
        self.bound = before

    def compile_item(self, target: Expression, iterator: int, finished: Label) -> None:
        """`target := ` the next value of an iterator; at its end to the label."""
        self.note_live_slots()
        slot = self.local_slot(target.id) if isinstance(target, Name) else -1
        if slot >= 0 and isinstance(target, Name):
            self.assembler.branch(Op.NEXT, slot, iterator, 0, finished)
            self.bound.add(self.scope.mangled(target.id))
        else:
            item = self.slot()
            self.assembler.branch(Op.NEXT, item, iterator, 0, finished)
            self.compile_store(target, item)

    def compile_async_item(self, target: Expression, iterator: int, ended: Label, stop: int) -> None:
        """The same of an asynchronous one: at its end, `ended` finds StopAsyncIteration in the slot `stop`."""
        item = self.slot()
        self.emit_async_next(iterator, item, ended, stop)
        self.compile_store(target, item)

    def compile_async_for(self, node: AsyncFor) -> None:
        """`async for`"""
        iterator, stop = self.slot(), self.slot()
        self.compile_into(node.iter, iterator)
        self.at(node.iter)
        self.emit_async_iterator(iterator)
        loop = self.enter_loop()
        ended = Label()
        loop.again = self.assembler.loop_label(Op.JUMP)
        before = self.bound.copy()
        self.at(node.iter)
        self.compile_async_item(node.target, iterator, ended, stop)
        self.compile_statements(node.body)
        self.at(node.iter)
        self.jump(Op.REPEAT, 0, loop.again)
        self.surroundings().pop()
        self.place(ended)
        self.emit_async_end(stop)
        self.bound = before.copy()
        self.compile_statements(node.orelse)
        self.place(loop.leave)
        self.bound = before

    def compile_loop_exit(self, node: Statement, is_break: bool) -> None:
        """`break` and `continue`"""
        around = self.surroundings()
        index = len(around) - 1
        while index >= 0 and around[index].kind != Cleanup.LOOP:
            index -= 1
        if index < 0:
            raise SyntaxFault("'break' outside loop" if is_break else "'continue' not properly in loop", node.span)
        loop = around[index]
        self.leave_up_to(index + 1)
        self.at(node)
        self.jump(Op.JUMP if is_break else Op.REPEAT, 0, loop.leave if is_break else loop.again)
        self.resume_protection(index + 1)

    def compile_return(self, node: Statement, value: Expression | None) -> None:
        """`return value`"""
        if not self.scope.is_function():
            raise SyntaxFault("'return' outside function", node.span)
        slot = self.slot()
        needs_copy = len(self.surroundings()) > 0
        if value is None:
            self.load_none(slot)
        elif needs_copy:
            self.compile_into(value, slot)
        else:
            slot = self.operand(value)
        self.leave_up_to(0)
        self.at(node)
        self.emit_return(slot)
        self.resume_protection(0)

    def emit_return(self, slot: int) -> None:
        """Leave the function with the value in a slot."""
        self.emit(Op.RETURN if self.kind == CodeKind.FUNCTION else Op.RETURN_GENERATOR, slot)

    def leave_up_to(self, index: int) -> None:
        """Clean up everything from the innermost statement around to the one at `index`; none of it protects that code."""
        around = self.surroundings()
        kept = around.copy()
        bound = self.bound.copy()
        while len(around) > index:
            leaving = around[-1]
            self.suspend_protection(leaving)
            around.pop()
            self.clean_up(leaving)
        around.extend(kept[index:])
        self.bound = bound

    def suspend_protection(self, surrounding: Surrounding) -> None:
        """The code that follows is not protected by this statement."""
        if surrounding.start != NO_START:
            surrounding.stretches.extend([surrounding.start, self.assembler.here()])
            surrounding.start = NO_START

    def resume_protection(self, index: int) -> None:
        """The code that follows is protected again by the statements from `index` on."""
        around = self.surroundings()
        for k in range(index, len(around)):
            if around[k].kind != Cleanup.LOOP:
                around[k].start = self.assembler.here()

    # --- raise, assert ---

    def compile_raise(self, node: Statement, raised: Expression | None, cause: Expression | None) -> None:
        """`raise exc from cause`"""
        if raised is None:
            self.emit(Op.RERAISE_HANDLED)
            return
        slot = self.operand(raised)
        if cause is None:
            self.at(node)
            self.emit(Op.RAISE, slot)
        else:
            reason = self.operand(cause)
            self.at(node)
            self.emit(Op.RAISE_FROM, slot, reason)

    def compile_assert(self, node: Assert) -> None:
        """`assert test, msg`"""
        fine = Label()
        bound = self.bound.copy()
        self.compile_condition(node.test, fine, True)
        block = self.take(FIRST + 2)
        self.load_constant(block + FIRST, Value.of_object(types.ASSERTION_ERROR))
        count = 0
        if node.msg is not None:
            self.compile_into(node.msg, block + FIRST + 1)
            count = 1
        self.at(node.test)
        self.emit(Op.CALL, block, block, count)
        self.emit(Op.RAISE, block)
        self.place(fine)
        self.bound = bound

    # --- import ---

    def emit_import(self, target: int, module: str, level: int, names: Value) -> None:
        """`target := ` the module of an import statement"""
        top = self.top
        first = self.take(2)
        self.load_constant(first, Value.of_int(level))
        if names.same(Value.NULL):
            self.load_none(first + 1)
        else:
            self.assembler.emit_wide(Op.CONSTANT, first + 1, self.assembler.new_constant(names))
        self.emit(Op.IMPORT, target, first, self.text_constant(module))
        self.top = top

    def compile_import(self, node: Import) -> None:
        """`import a.b, c as d`"""
        for alias in node.names:
            top = self.top
            slot = self.slot()
            self.at(node)
            self.emit_import(slot, alias.name, 0, Value.NULL)
            parts = alias.name.split(".")
            if alias.asname is None:
                self.store_name(parts[0], slot)
            else:
                for part in parts[1:]:
                    self.emit(Op.IMPORT_FROM, slot, slot, self.text_constant(part))
                self.store_name(alias.asname, slot)
            self.top = top

    def compile_import_from(self, node: ImportFrom) -> None:
        """`from module import a, b as c`"""
        if node.module == "__future__" and node.level == 0:
            for alias in node.names:
                self.unit.future_annotations = self.unit.future_annotations or alias.name == "annotations"
        slot = self.slot()
        names: list[Value] = [Value.of_object(self.unit.session.intern(alias.name)) for alias in node.names]
        module = node.module
        self.emit_import(slot, "" if module is None else module, node.level, tuple_of(names))
        for alias in node.names:
            if alias.name == "*":
                self.emit(Op.IMPORT_STAR, slot)
                return
            top = self.top
            item = self.slot()
            self.emit(Op.IMPORT_FROM, item, slot, self.text_constant(alias.name))
            self.store_name(alias.name if alias.asname is None else alias.asname, item)
            self.top = top
