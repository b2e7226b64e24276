"""Tree to bytecode: functions, lambdas, classes, comprehensions."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright_python.bytecode import FIRST, CodeKind
from tracewright_python.compiler_names import not_compiled
from tracewright_python.compiler_try import TryCompiler
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
    SetComp,
    Statement,
    StringConstant,
)
from tracewright_python.syntax_statements import (
    AnnAssign,
    ClassDef,
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
    if scope.kind == ScopeKind.MODULE or scope.kind == ScopeKind.CLASS:
        return CodeKind.FUNCTION
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


class FunctionCompiler(TryCompiler):
    """One function, class body, comprehension or module."""

    # --- functions ---

    def qualified(self, name: str) -> str:
        """The qualified name of what is defined here under a name."""
        if self.parent is None or self.symbol_of(name).resolution == Resolution.GLOBAL_EXPLICIT:
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
        args = node.args
        known: list[Arg] = [*args.args, *args.posonlyargs]  # CPython's order
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
            self.compile_annotation(one.annotation, pair + 1)
            self.emit(Op.DICT_ADD, holder, pair, pair + 1)
        if node.returns is not None:
            self.load_text(pair, "return")
            self.compile_annotation(node.returns, pair + 1)
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
        compiler = self.inner(scope, name)
        compiler.at(node)
        compiler.compile_comprehension_body(node, generators)
        code = compiler.finish(1, 1, 0, node.span.line, Value.NULL)
        block = self.take(FIRST + 2)
        self.at(node)
        self.assembler.emit_wide(Op.FUNCTION, block + FIRST, self.assembler.new_constant(Value.of_object(code)))
        self.compile_into(generators[0].iter, block + FIRST + 1)
        self.at(generators[0].iter)
        if generators[0].is_async:
            self.emit_async_iterator(block + FIRST + 1)
        else:
            self.emit(Op.ITERATE, block + FIRST + 1, block + FIRST + 1)
        self.at(node)
        if compiler.kind == CodeKind.COROUTINE:
            self.emit(Op.CALL, block, block, 1)
            self.await_in_place(block)
            self.move(target, block)
        else:
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
            if generator.is_async:
                self.emit_async_iterator(iterator)
            else:
                self.emit(Op.ITERATE, iterator, iterator)
        finished, ended = Label(), Label()
        stop = self.slot() if generator.is_async else 0
        again = self.assembler.loop_label(Op.JUMP)
        before = self.bound.copy()
        self.at(generator.iter)
        if generator.is_async:
            self.compile_async_item(generator.target, iterator, ended, stop)
        else:
            self.compile_item(generator.target, iterator, finished)
        for condition in generator.ifs:
            self.compile_condition(condition, again, False)
        self.compile_comprehension_loop(node, generators, index + 1, result)
        self.jump(Op.REPEAT, 0, again)
        if generator.is_async:
            self.place(ended)
            self.emit_async_end(stop)
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
                self.emit(self.yielding(), self.slot(), slot)
            case _:
                raise not_compiled("this expression", node)
        self.top = top


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
