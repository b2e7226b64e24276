"""Tree to bytecode: functions, lambdas, classes, comprehensions; `try` and `with`."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_python.bytecode import AFTER, FIRST, CodeKind
from tracewright_python.compiler_names import Cleanup, NameCompiler, Unit, not_compiled
from tracewright_python.compiler_patterns import PatternCompiler
from tracewright_python.compiler_statements import NO_START, Surrounding
from tracewright_python.opcodes import Op
from tracewright_python.scopes import Resolution, Scope, ScopeKind
from tracewright_python.syntax import (
    Arg,
    Arguments,
    Comprehension,
    DictComp,
    Expression,
    GeneratorExp,
    Lambda,
    ListComp,
    Name,
    SetComp,
    Statement,
    StringConstant,
)
from tracewright_python.syntax_statements import (
    AnnAssign,
    AsyncWith,
    ClassDef,
    ExceptHandler,
    Expr,
    For,
    FunctionDefinition,
    If,
    TryStatement,
    While,
    WithStatement,
)


def kind_of(scope: Scope) -> int:
    """What a call of a scope's code makes (CodeKind)."""
    if scope.is_coroutine:
        return CodeKind.ASYNC_GENERATOR if scope.is_generator else CodeKind.COROUTINE
    if scope.is_generator or scope.kind == ScopeKind.GENERATOR_EXPRESSION:
        return CodeKind.GENERATOR
    return CodeKind.FUNCTION


def documentation_of(body: list[Statement]) -> str | None:
    """The text that a body begins with."""
    if len(body) > 0:
        first = body[0]
        if isinstance(first, Expr):
            value = first.value
            if isinstance(value, StringConstant):
                return value.value
    return None


class FunctionCompiler(PatternCompiler):
    """One function, class body, comprehension or module."""

    def __init__(self, unit: Unit, parent: NameCompiler | None, scope: Scope, name: str, qualified_name: str) -> None:
        super().__init__(unit, parent, scope, name, qualified_name)
        self.around: list[Surrounding] = []

    def surroundings(self) -> list[Surrounding]:
        return self.around

    # --- functions ---

    def qualified(self, name: str) -> str:
        """The qualified name of what is defined here under a name."""
        if self.scope.kind == ScopeKind.MODULE or self.symbol_of(name).resolution == Resolution.GLOBAL_EXPLICIT:
            return name
        if self.scope.kind == ScopeKind.CLASS:
            return f"{self.qualified_name}.{name}"
        return f"{self.qualified_name}.<locals>.{name}"

    def inner(self, scope: Scope | None, name: str) -> FunctionCompiler:
        """A compiler for a scope inside this one."""
        assert scope is not None
        result = FunctionCompiler(self.unit, self, scope, name, self.qualified(name))
        result.kind = kind_of(scope)
        result.declare_variables()
        return result

    def compile_function(self, node: FunctionDefinition) -> None:
        decorators = self.take(len(node.decorator_list) + 1)
        for k in range(len(node.decorator_list)):
            self.compile_into(node.decorator_list[k], decorators + k)
        function = self.slot()
        self.at(node)
        compiler = self.inner(node.scope, node.name)
        documentation = documentation_of(node.body)
        if compiler.kind == CodeKind.ASYNC_GENERATOR:
            raise not_compiled("async generators", node)
        compiler.compile_statements(node.body)
        compiler.end_with_none()
        line = node.span.line
        if len(node.decorator_list) > 0:
            line = node.decorator_list[0].span.line
        self.emit_function(compiler, node.args, line, documentation, function)
        self.compile_annotations(node, function)
        self.decorate(node.decorator_list, decorators, function)
        self.at(node)
        self.store_name(node.name, function)

    def end_with_none(self) -> None:
        """What falls off the end returns None."""
        slot = self.slot()
        self.load_none(slot)
        self.emit_return(slot)

    def decorate(self, decorators: list[Expression], first: int, target: int) -> None:
        """`target := decorator(target)`, from the last to the first."""
        for k in range(len(decorators) - 1, -1, -1):
            top = self.top
            block = self.take(FIRST + 2)
            self.move(block + FIRST, first + k)
            self.move(block + FIRST + 1, target)
            self.at(decorators[k])
            self.emit(Op.CALL, target, block, 1)
            self.top = top

    def emit_function(
        self, compiler: FunctionCompiler, args: Arguments, line: int, documentation: str | None, target: int
    ) -> None:
        """`target := ` the function that a compiler has compiled, with its defaults"""
        text = Value.NULL
        if documentation is not None:
            text = Value.of_object(self.unit.session.intern(documentation))
        code = compiler.finish(
            len(args.posonlyargs), len(args.posonlyargs) + len(args.args), len(args.kwonlyargs), line, text
        )
        self.assembler.emit_wide(Op.FUNCTION, target, self.assembler.new_constant(Value.of_object(code)))
        top = self.top
        if len(args.defaults) > 0:
            slot = self.slot()
            first = self.compile_row(args.defaults)
            self.emit(Op.TUPLE, slot, first, len(args.defaults))
            self.emit(Op.SET_DEFAULTS, target, slot)
            self.top = top
        for known in args.kw_defaults:
            if known is not None:
                self.compile_keyword_defaults(args, target)
                break
        self.top = top

    def compile_keyword_defaults(self, args: Arguments, target: int) -> None:
        """Defaults of keyword-only parameters, UNDEFINED for those without."""
        slot = self.slot()
        count = len(args.kwonlyargs)
        first = self.take(count)
        for k in range(count):
            default = args.kw_defaults[k]
            if default is None:
                self.load_constant(first + k, Value.UNDEFINED)
            else:
                self.compile_into(default, first + k)
        self.emit(Op.TUPLE, slot, first, count)
        self.emit(Op.SET_KEYWORD_DEFAULTS, target, slot)

    def compile_annotations(self, node: FunctionDefinition, target: int) -> None:
        """The annotations of parameters and of the result."""
        if self.unit.future_annotations:
            return
        args = node.args
        known: list[Arg] = [*args.posonlyargs, *args.args]
        if args.vararg is not None:
            known.append(args.vararg)
        known += args.kwonlyargs
        if args.kwarg is not None:
            known.append(args.kwarg)
        annotated = [one for one in known if one.annotation is not None]
        if len(annotated) == 0 and node.returns is None:
            return
        top = self.top
        holder = self.slot()
        self.emit(Op.DICT, holder, holder, 0)
        pair = self.take(2)
        for one in annotated:
            assert one.annotation is not None
            self.load_text(pair, self.scope.mangled(one.arg))
            self.compile_into(one.annotation, pair + 1)
            self.emit(Op.DICT_ADD, holder, pair, pair + 1)
        if node.returns is not None:
            self.load_text(pair, "return")
            self.compile_into(node.returns, pair + 1)
            self.emit(Op.DICT_ADD, holder, pair, pair + 1)
        self.emit(Op.SET_ANNOTATIONS, target, holder)
        self.top = top

    def compile_lambda(self, node: Lambda, target: int) -> None:
        compiler = self.inner(node.scope, "<lambda>")
        slot = compiler.operand(node.body)
        compiler.at(node.body)
        compiler.emit_return(slot)
        function = self.slot()
        self.at(node)
        self.emit_function(compiler, node.args, node.span.line, None, function)
        self.move(target, function)

    # --- classes ---

    def compile_class(self, node: ClassDef) -> None:
        decorators = self.take(len(node.decorator_list) + 1)
        for k in range(len(node.decorator_list)):
            self.compile_into(node.decorator_list[k], decorators + k)
        self.at(node)
        compiler = self.inner(node.scope, node.name)
        compiler.compile_class_body(node)
        code = compiler.finish(0, 1, 0, node.span.line, Value.NULL)
        code.variables_are_a_namespace = True
        # The list and the dict of a call with `*` and `**` lie behind a callable: so do bases and keywords here.
        block = self.take(FIRST + 3)
        self.at(node)
        if self.is_spread(node.bases, node.keywords):
            self.load_text(block + FIRST, node.name)
            self.compile_spread_arguments(node.bases, node.keywords, block)
            self.emit(Op.TUPLE_OF_LIST, block + FIRST + 1, block + FIRST + 1)
        else:
            top = self.top
            first = self.compile_row(node.bases)
            self.emit(Op.TUPLE, block + FIRST + 1, first, len(node.bases))
            self.top = top
            self.load_none(block + FIRST + 2)
            if len(node.keywords) > 0:
                first = self.take(2 * len(node.keywords))
                for k in range(len(node.keywords)):
                    name = node.keywords[k].arg
                    assert name is not None
                    self.load_text(first + 2 * k, name)
                    self.compile_into(node.keywords[k].value, first + 2 * k + 1)
                self.emit(Op.DICT, block + FIRST + 2, first, len(node.keywords))
                self.top = top
        self.at(node)
        body = block + FIRST - 1
        self.assembler.emit_wide(Op.FUNCTION, body, self.assembler.new_constant(Value.of_object(code)))
        self.load_text(block + FIRST, node.name)
        self.emit(Op.CLASS, block, body)
        self.decorate(node.decorator_list, decorators, block)
        self.store_name(node.name, block)

    def compile_class_body(self, node: ClassDef) -> None:
        """The body as a function whose one argument is the namespace; it returns the cell `__class__`, or None."""
        slot = self.slot()
        self.assembler.emit_wide(Op.LOAD_GLOBAL, slot, self.global_cell("__name__"))
        self.emit(Op.STORE_NAME, slot, FIRST, self.text_constant("__module__"))
        self.load_text(slot, self.qualified_name)
        self.emit(Op.STORE_NAME, slot, FIRST, self.text_constant("__qualname__"))
        documentation = documentation_of(node.body)
        if documentation is not None:
            self.load_text(slot, documentation)
            self.emit(Op.STORE_NAME, slot, FIRST, self.text_constant("__doc__"))
        if has_annotations(node.body):
            self.emit(Op.DICT, slot, slot, 0)
            self.emit(Op.STORE_NAME, slot, FIRST, self.text_constant("__annotations__"))
        self.compile_statements(node.body)
        cell = self.slots.get("__class__", -1)
        if cell >= 0:
            self.emit(Op.RETURN, cell)
        else:
            self.load_none(slot)
            self.emit(Op.RETURN, slot)

    # --- comprehensions ---

    def compile_comprehension(self, node: Expression, target: int) -> None:
        """A function of its own, which is called at once with the iterator of the first `for`."""
        match node:
            case ListComp(generators=generators, scope=scope):
                name = "<listcomp>"
            case SetComp(generators=generators, scope=scope):
                name = "<setcomp>"
            case DictComp(generators=generators, scope=scope):
                name = "<dictcomp>"
            case GeneratorExp(generators=generators, scope=scope):
                name = "<genexpr>"
            case _:
                raise not_compiled("this expression", node)
        for generator in generators:
            if generator.is_async:
                raise not_compiled("asynchronous comprehensions", node)
        compiler = self.inner(scope, name)
        compiler.at(node)
        compiler.compile_comprehension_body(node, generators)
        code = compiler.finish(1, 1, 0, node.span.line, Value.NULL)
        block = self.take(FIRST + 2)
        self.at(node)
        self.assembler.emit_wide(Op.FUNCTION, block + FIRST, self.assembler.new_constant(Value.of_object(code)))
        self.compile_into(generators[0].iter, block + FIRST + 1)
        self.at(generators[0].iter)
        self.emit(Op.ITERATE, block + FIRST + 1, block + FIRST + 1)
        self.at(node)
        self.emit(Op.CALL, target, block, 1)

    def compile_comprehension_body(self, node: Expression, generators: list[Comprehension]) -> None:
        """The loops, and in the innermost one what they collect."""
        result = self.slot()
        match node:
            case ListComp():
                self.emit(Op.LIST, result, result, 0)
            case SetComp():
                self.emit(Op.SET_DISPLAY, result, result, 0)
            case DictComp():
                self.emit(Op.DICT, result, result, 0)
            case _:
                self.load_none(result)
        self.compile_comprehension_loop(node, generators, 0, result)
        self.emit_return(result)

    def compile_comprehension_loop(
        self, node: Expression, generators: list[Comprehension], index: int, result: int
    ) -> None:
        """One `for` of a comprehension with what is inside."""
        if index == len(generators):
            self.collect(node, result)
            return
        generator = generators[index]
        top = self.top
        iterator = FIRST  # the argument
        if index > 0:
            iterator = self.slot()
            self.compile_into(generator.iter, iterator)
            self.at(generator.iter)
            self.emit(Op.ITERATE, iterator, iterator)
        finished = Label()
        again = self.assembler.loop_label(Op.JUMP)
        before = self.bound.copy()
        target = generator.target
        slot = self.local_slot(target.id) if isinstance(target, Name) else -1
        self.at(generator.iter)
        if slot >= 0 and isinstance(target, Name):
            self.assembler.branch(Op.NEXT, slot, iterator, 0, finished)
            self.bound.add(self.scope.mangled(target.id))
        else:
            item = self.slot()
            self.assembler.branch(Op.NEXT, item, iterator, 0, finished)
            self.compile_store(target, item)
        for condition in generator.ifs:
            self.compile_condition(condition, again, False)
        self.compile_comprehension_loop(node, generators, index + 1, result)
        self.jump(Op.REPEAT, 0, again)
        self.place(finished)
        self.bound = before
        self.top = top

    def collect(self, node: Expression, result: int) -> None:
        """What a comprehension does with each element."""
        top = self.top
        match node:
            case ListComp(elt=element):
                slot = self.operand(element)
                self.at(element)
                self.emit(Op.LIST_APPEND, result, slot)
            case SetComp(elt=element):
                slot = self.operand(element)
                self.at(element)
                self.emit(Op.SET_ADD, result, slot)
            case DictComp(key=key, value=value):
                pair = self.take(2)
                self.compile_into(key, pair)
                self.compile_into(value, pair + 1)
                self.at(value)
                self.emit(Op.DICT_ADD, result, pair, pair + 1)
            case GeneratorExp(elt=element):
                slot = self.operand(element)
                self.at(element)
                self.emit(Op.YIELD, self.slot(), slot)
            case _:
                raise not_compiled("this expression", node)
        self.top = top

    # --- try ---

    def protect_body(self, kind: int, slot: int) -> Surrounding:
        """Code from here on is protected."""
        surrounding = Surrounding(kind, slot)
        surrounding.start = self.assembler.here()
        self.around.append(surrounding)
        return surrounding

    def end_protection(self, surrounding: Surrounding, handler: Label, slot: int) -> None:
        """The protected code ends here; what it raises goes to the handler."""
        self.around.pop()
        if surrounding.start != NO_START:
            surrounding.stretches.extend([surrounding.start, self.assembler.here()])
        for k in range(0, len(surrounding.stretches), 2):
            if surrounding.stretches[k] < surrounding.stretches[k + 1]:
                self.assembler.protect(surrounding.stretches[k], surrounding.stretches[k + 1], handler, slot)

    def clean_up(self, surrounding: Surrounding) -> None:
        match surrounding.kind:
            case Cleanup.HANDLER:
                self.emit(Op.UNHANDLE, surrounding.slot)
            case Cleanup.FINALLY:
                self.compile_statements(surrounding.body)
            case Cleanup.WITH:
                self.call_exit_normally(surrounding.slot, surrounding.body is not NO_STATEMENTS)
            case Cleanup.NAME:
                self.unbind(surrounding.name)
            case _:
                pass

    def compile_try(self, node: TryStatement) -> None:
        if len(node.finalbody) > 0:
            self.compile_finally(node)
        else:
            self.compile_handlers(node)

    def compile_finally(self, node: TryStatement) -> None:
        """`try ... finally`: the statements behind `finally` are there for each way out."""
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.FINALLY, 0)
        protected.body = node.finalbody
        if len(node.handlers) > 0:
            self.compile_handlers(node)
        else:
            self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        self.compile_statements(node.finalbody)
        after = self.bound
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.bound = before
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        self.compile_statements(node.finalbody)
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(end)
        self.bound = after

    def end_handling(self, handling: Surrounding) -> None:
        """What a handler raises leaves it: the exception that was handled before is handled again."""
        again = Label()
        slot = self.slot()
        self.end_protection(handling, again, slot)
        self.place(again)
        self.emit(Op.UNHANDLE, handling.slot)
        self.emit(Op.RERAISE, slot)

    def compile_handlers(self, node: TryStatement) -> None:
        """`try ... except ... else`"""
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.TRY, 0)
        self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        self.compile_statements(node.orelse)
        merged = self.bound
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        for clause in node.handlers:
            self.bound = before.copy()
            self.compile_handler(clause, thrown, before_it, end)
            merged = merged & self.bound
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(end)
        self.bound = merged

    def compile_handler(self, node: ExceptHandler, thrown: int, before_it: int, end: Label) -> None:
        """One `except`"""
        top = self.top
        following = Label()
        if node.type is not None:
            wanted = self.operand(node.type)
            matched = self.slot()
            self.at(node.type)
            self.emit(Op.MATCH_EXCEPTION, matched, thrown, wanted)
            self.jump(Op.JUMP_IF_FALSE, matched, following)
        self.at(node)
        name = node.name
        if name is None:
            self.compile_statements(node.body)
        else:
            self.store_name(name, thrown)
            failed, slot = Label(), self.slot()
            named = self.protect_body(Cleanup.NAME, 0)
            named.name = name
            self.compile_statements(node.body)
            self.end_protection(named, failed, slot)
            self.unbind(name)
            done = self.jump(Op.JUMP)
            self.place(failed)
            after = self.bound.copy()
            self.unbind(name)
            self.emit(Op.RERAISE, slot)
            self.bound = after
            self.place(done)
        self.emit(Op.UNHANDLE, before_it)
        self.jump(Op.JUMP, 0, end)
        self.place(following)
        self.top = top

    def unbind(self, name: str) -> None:
        """`name = None; del name`"""
        slot = self.slot()
        self.load_none(slot)
        self.store_name(name, slot)
        self.delete_name(name)

    # --- with ---

    def compile_with(self, node: WithStatement, first: int) -> None:
        """`with`, from the item number `first` on."""
        is_async = isinstance(node, AsyncWith)
        item = node.items[first]
        manager = self.slot()
        self.compile_into(item.context_expr, manager)
        leaving = self.take(2)  # the function and its first argument
        entering = self.take(2)
        block = self.take(FIRST + 1)
        self.at(item.context_expr)
        self.emit(Op.LOAD_SPECIAL, block, manager, self.text_constant("__aenter__" if is_async else "__enter__"))
        self.move(entering, block + AFTER)
        self.move(entering + 1, block + FIRST)
        self.emit(Op.LOAD_SPECIAL, block, manager, self.text_constant("__aexit__" if is_async else "__exit__"))
        self.move(leaving, block + AFTER)
        self.move(leaving + 1, block + FIRST)
        self.move(block + AFTER, entering)
        self.move(block + FIRST, entering + 1)
        self.emit(Op.CALL_METHOD, manager, block, 0)
        self.top = entering
        if is_async:
            self.await_in_place(manager)
        thrown, before_it = self.slot(), self.slot()
        handler, end = Label(), Label()
        before = self.bound.copy()
        protected = self.protect_body(Cleanup.WITH, leaving)
        protected.body = node.body if is_async else NO_STATEMENTS
        if item.optional_vars is not None:
            self.compile_store(item.optional_vars, manager)
        if first + 1 < len(node.items):
            self.compile_with(node, first + 1)
        else:
            self.compile_statements(node.body)
        self.end_protection(protected, handler, thrown)
        after = self.bound
        self.bound = before
        self.at(item.context_expr)
        self.call_exit_normally(leaving, is_async)
        self.jump(Op.JUMP, 0, end)
        self.place(handler)
        self.emit(Op.HANDLE, thrown, before_it)
        handling = self.protect_body(Cleanup.HANDLER, before_it)
        answer = self.slot()
        block = self.exit_block(leaving)
        self.emit(Op.EXIT_ARGUMENTS, block + FIRST + 1, thrown)
        self.emit(Op.CALL_METHOD, answer, block, 3)
        self.top = block
        if is_async:
            self.await_in_place(answer)
        suppressed = self.jump(Op.JUMP_IF_TRUE, answer)
        self.emit(Op.RERAISE, thrown)
        self.end_handling(handling)
        self.place(suppressed)
        self.emit(Op.UNHANDLE, before_it)
        self.place(end)
        self.bound = after & before

    def exit_block(self, leaving: int) -> int:
        """A block for the call of `__exit__`, which lies in two slots."""
        block = self.take(FIRST + 4)
        self.move(block + AFTER, leaving)
        self.move(block + FIRST, leaving + 1)
        return block

    def call_exit_normally(self, leaving: int, is_async: bool) -> None:
        """`__exit__(None, None, None)`"""
        top = self.top
        answer = self.slot()
        block = self.exit_block(leaving)
        for k in range(3):
            self.load_none(block + FIRST + 1 + k)
        self.emit(Op.CALL_METHOD, answer, block, 3)
        if is_async:
            self.await_in_place(answer)
        self.top = top

    def await_in_place(self, slot: int) -> None:
        """`slot := await slot`"""
        top = self.top
        iterator = self.slot()
        self.emit(Op.AWAITABLE, iterator, slot)
        self.compile_delegation(iterator, slot)
        self.top = top


NO_STATEMENTS: list[Statement] = []


def has_annotations(body: list[Statement]) -> bool:
    """Whether there are annotated names among the statements, also inside of compound ones."""
    for statement in body:
        match statement:
            case AnnAssign():
                return True
            case If(body=inner, orelse=other) | While(body=inner, orelse=other) | For(body=inner, orelse=other):
                if has_annotations(inner) or has_annotations(other):
                    return True
            case TryStatement(body=inner, orelse=other, finalbody=last):
                if has_annotations(inner) or has_annotations(other) or has_annotations(last):
                    return True
            case WithStatement(body=inner):
                if has_annotations(inner):
                    return True
            case _:
                pass
    return False
