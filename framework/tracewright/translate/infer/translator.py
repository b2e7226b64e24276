"""The whole-program worklist: functions are translated when first called, methods when their class first has an object."""

from __future__ import annotations

import ast
import enum
import importlib
import types
from collections import deque
from dataclasses import dataclass
from types import CodeType
from types import FunctionType as PythonFunction
from typing import Final, Protocol, TypeVar, final

from tracewright.core import operations as op
from tracewright.core.errors import DialectError, Label
from tracewright.core.source_span import SourceSpan
from tracewright.hints import HINTS
from tracewright.translate.flow.graph import Block, Constant, FunctionGraph, Instruction, Return, Unreachable, Variable
from tracewright.translate.flow.types import (
    NEVER,
    OBJECT,
    ClassLayout,
    FunctionType,
    MethodSlot,
    Type,
    kind_of,
    result_kind_of,
    show_type,
)
from tracewright.translate.infer import assumptions, explain, expressions
from tracewright.translate.infer.annotations import TypeScope
from tracewright.translate.infer.captures import cell_names, defined_after, has_nested, sole_functions
from tracewright.translate.infer.classes import SETTER, Classes, Method, is_frozen_dataclass
from tracewright.translate.infer.context import FunctionContext, Services
from tracewright.translate.infer.enums import member_attribute
from tracewright.translate.infer.fits import signature_fits
from tracewright.translate.infer.prebuilt import Prebuilt
from tracewright.translate.infer.requests import CALL_SLOT, GRAPH, INSTANTIATE, Request
from tracewright.translate.infer.signatures import Definition, Signature, Signatures
from tracewright.translate.infer.sources import MISSING, Doubtful, Sources, is_lambda
from tracewright.translate.infer.type_table import TypeTable

_NAMESPACES: Final = (type, types.ModuleType)
_CONSTANTS: Final = (int, float, str, bytes, bool, type(None))


@final
@dataclass(frozen=True, slots=True)
class Job:
    """A function that has been asked for and must still be translated."""

    definition: Definition
    owner: ClassLayout | None
    environment: dict[TypeVar, Type]
    signature: Signature
    graph: FunctionGraph
    asked: tuple[Job, SourceSpan] | None  # which function asked for it first, and where


class KeptFunctions(Protocol):
    """Translations of earlier runs; `translate/kept` has them."""

    def replay(self, job: Job) -> bool:
        """Do for this function what its translation would do, if there is a record that holds."""

    def note(self, job: Job, requests: list[Request], method_calls: list[tuple[Instruction, ClassLayout]]) -> None:
        """This function has been translated, and nothing was wrong with it."""

    def save(self) -> None:
        """Keep what was translated anew. To be called before any pass changes the graphs."""


@final
class Translator:
    """Everything that is found out about one program."""

    def __init__(self, services: Services, checked: bool = False) -> None:
        self.services = services
        self.checked = checked  # whether plain arithmetic stops the program instead of wrapping
        self.sources = Sources()
        self.table = TypeTable()
        self.errors: list[DialectError] = []
        self.warnings: list[DialectError] = []
        self.classes = Classes(self.sources, self.table, self.errors)
        self.annotations = self.classes.annotations
        self.signatures = Signatures(self.sources, self.annotations)
        self.prebuilt = Prebuilt(self)
        self.graphs: dict[tuple[object, ...], FunctionGraph] = {}
        self.jobs: deque[Job] = deque()
        self.current: tuple[Job, FunctionContext] | None = None  # what is being translated
        self.asking: tuple[Job, SourceSpan] | None = None  # who asks for functions, where that is not `current`
        self.requests: list[Request] = []  # of the current function
        self.kept: KeptFunctions | None = None  # translations of earlier runs
        self.job_of: dict[FunctionGraph, Job] = {}
        self.slots: dict[tuple[ClassLayout, str], MethodSlot] = {}
        self.called: dict[ClassLayout, dict[MethodSlot, None]] = {}
        self.method_calls: list[tuple[Instruction, ClassLayout]] = []
        self.drivers: list[object] = []
        self.bound_layouts: dict[FunctionGraph, ClassLayout] = {}
        self.assumptions: list[assumptions.Assumption] = []
        self._names: dict[str, int] = {}
        self._instantiated: deque[ClassLayout] = deque()

    # --- functions ---

    def graph(
        self, definition: Definition, owner: ClassLayout | None, environment: dict[TypeVar, Type]
    ) -> FunctionGraph:
        """The graph of a function for these type arguments; it is translated later."""
        relevant = tuple(
            environment[variable] for variable in sorted(definition.type_variables & environment.keys(), key=str)
        )
        key = (definition.function, owner, relevant)
        found = self.graphs.get(key)
        if found is None:
            receiver = self.table.instance(owner) if owner is not None and definition.has_receiver else None
            signature = self.signatures.resolve(definition, receiver, environment)
            found = self.graphs[key] = self._new_graph(definition, owner, relevant, signature)
            self._ask(definition, owner, environment, signature, found)
        if self.current is not None:
            self.requests.append((GRAPH, found, self.current[1].span))
        return found

    def _ask(
        self,
        definition: Definition,
        owner: ClassLayout | None,
        environment: dict[TypeVar, Type],
        signature: Signature,
        graph: FunctionGraph,
    ) -> None:
        """Have the function translated into its graph."""
        asked = self.asking if self.current is None else (self.current[0], self.current[1].span)
        job = Job(definition, owner, environment, signature, graph, asked)
        self.job_of[graph] = job
        self.jobs.append(job)

    def note(self, kind: str, thing: object, more: object = None) -> None:
        """The current function asks for this."""
        if self.current is not None:
            self.requests.append((kind, thing, more))

    def signature(self, graph: FunctionGraph) -> Signature:
        return self.job_of[graph].signature

    def _new_graph(
        self, definition: Definition, owner: ClassLayout | None, arguments: tuple[Type, ...], signature: Signature
    ) -> FunctionGraph:
        function = definition.function
        name = f"{function.__module__}.{function.__qualname__}"
        shown = owner.type_arguments if owner is not None and owner.type_arguments else arguments
        if shown:
            name += f"[{', '.join(map(show_type, shown))}]"
        name = self.unique_name(name)
        parameters = [
            Variable(type, kind_of(type), parameter.name)
            for parameter, type in zip(definition.parameters, signature.parameters, strict=True)
        ]
        graph = FunctionGraph(name, function.__module__, definition.source.span(definition.node), parameters)
        graph.result_type = signature.result
        graph.result_kind = "v" if signature.result is NEVER else result_kind_of(signature.result)
        graph.hints = frozenset(getattr(function, HINTS, ()))
        return graph

    def unique_name(self, name: str) -> str:
        """The name, with a number where it has been used before."""
        count = self._names[name] = self._names.get(name, 0) + 1
        return name if count == 1 else f"{name}#{count}"

    def value_graph(self, function: PythonFunction, type: FunctionType) -> FunctionGraph:
        """The code of a plain function as a value: it takes the closure object first, and leaves it out."""
        found = self.graphs.get(("value", function))
        if found is None:
            graph = self.called_graph(function, type)
            parameters = [Variable(p.type, p.kind, p.name) for p in graph.parameters]
            result = None if graph.result_kind == "v" else Variable(self.signature(graph).result, graph.result_kind)
            block = Block(0, [Variable(OBJECT, "r", "closure"), *parameters])
            block.instructions.append(Instruction(op.CALL, list(parameters), result, graph.span, graph))
            block.terminator = Unreachable() if graph.result_type is NEVER else Return(result)
            found = FunctionGraph(self.unique_name(f"{graph.name}.value"), graph.module, graph.span, block.parameters)
            found.result_type, found.result_kind, found.blocks = graph.result_type, graph.result_kind, [block]
            self.graphs["value", function] = found
        return found

    def called_graph(self, function: PythonFunction, type: FunctionType) -> FunctionGraph:
        """The graph of a plain function, or of a module-level lambda, which gets its types from where it stands."""
        if not is_lambda(function):
            return self.function_graph(function)
        found = self.graphs.get((function, type))
        if found is None:
            definition, signature = self.signatures.of_lambda(function, type)
            found = self.graphs[function, type] = self._new_graph(definition, None, (), signature)
            self._ask(definition, None, {}, signature, found)
        return found

    def function_graph(self, function: PythonFunction) -> FunctionGraph:
        """The graph of a function of a module, or of a method taken from its class, without type variables."""
        method = self.classes.method_of_function(function)
        if method is not None:
            return self.method_graph(method)
        return self.graph(self.signatures.definition(function, False), None, {})

    def is_generic(self, method: Method) -> bool:
        """Whether the method has type variables that its class has not."""
        return not self._definition(method).type_variables <= self.classes.environment(method.owner).keys()

    def method_graph(self, method: Method) -> FunctionGraph:
        """The graph of a method for its defining class."""
        return self.graph(self._definition(method), method.owner, dict(self.classes.environment(method.owner)))

    def _definition(self, method: Method) -> Definition:
        if method.kind == "class":
            return self.signatures.class_method(method.function)
        return self.signatures.definition(method.function, method.kind != "static")

    def library(self, module: str, name: str, context: FunctionContext) -> PythonFunction:
        """A function of tracewright.lib."""
        try:
            found = getattr(importlib.import_module(f"tracewright.lib.{module}"), name, None)
        except ModuleNotFoundError:
            found = None
        if not isinstance(found, PythonFunction):
            raise context.error("library", f"this needs `{name}` of tracewright/lib/{module}.py, which does not exist")
        return found

    def has_library(self, name: str) -> bool:
        """Whether a method of str or bytes is there, given as `str_find` or `bytes_find`."""
        module = "strings" if name.startswith("str_") else "byte_strings"
        return hasattr(importlib.import_module(f"tracewright.lib.{module}"), name)

    # --- classes ---

    def instantiate(self, layout: ClassLayout) -> None:
        """Objects of this class exist: its methods can be reached through its bases."""
        self.note(INSTANTIATE, layout)
        if not layout.instantiated:
            layout.instantiated = True
            self._instantiated.append(layout)

    def slot(self, layout: ClassLayout, method: Method) -> MethodSlot:
        """The slot of a virtual method seen from this class."""
        name = method.name
        owner = self.classes.definer(layout, name)
        found = self.slots.get((owner, name))
        if found is None:
            top = self.classes.method(owner, name)
            assert top is not None
            definition = self.signatures.definition(top.function, True)
            environment = self.classes.environment(top.owner)
            signature = self.signatures.resolve(definition, self.table.instance(top.owner), environment)
            found = self.slots[owner, name] = MethodSlot(name, owner, signature.parameters[1:], signature.result)
        return found

    def call_slot(self, layout: ClassLayout, slot: MethodSlot) -> None:
        """A virtual call on a receiver of this static class exists."""
        self.note(CALL_SLOT, layout, slot)
        called = self.called.setdefault(layout, {})
        if slot in called:
            return
        called[slot] = None
        own_requests = len(self.requests)
        stack = [layout]
        while stack:
            current = stack.pop()
            if current.instantiated:
                self.fill_slot(current, slot)
            stack.extend(current.subclasses)
        del self.requests[own_requests:]  # what fills the slot is no concern of the function that calls it

    def fill_slot(self, layout: ClassLayout, slot: MethodSlot) -> None:
        """Find the implementation of a called method for a class that has objects."""
        if slot in layout.vtable:
            return
        method = self.classes.method(layout, slot.name)
        if method is None:
            getter = self.classes.method(layout, slot.name.removesuffix(SETTER))
            if slot.name.endswith(SETTER) and getter is not None:
                raise explain.lost_setter(self, getter.function, slot)
            return
        if method.kind in ("static", "class"):
            raise explain.static_override(self, method.function, slot)
        definition = self.signatures.definition(method.function, True)
        graph = self.method_graph(method)
        signature = self.signature(graph)
        own = signature.parameters[1:], signature.result
        if not signature_fits(self.table, *own, slot.parameters, slot.result):
            raise explain.bad_override(self, definition, slot, *own)
        layout.vtable[slot] = graph

    def _settle(self) -> bool:
        """Fill the slots of classes that got objects; whether there were any."""
        if not self._instantiated:
            return False
        while self._instantiated:
            layout = self._instantiated.popleft()
            self.classes.complete(layout)
            current: ClassLayout | None = layout
            while current is not None:
                for slot in self.called.get(current, {}):
                    self.fill_slot(layout, slot)
                current = current.base
        return True

    # --- names and constants ---

    def static_attribute(self, owner: object, name: str) -> object:
        """`owner.name` where both are known at translation; MISSING where it must be looked up at run time."""
        if owner is MISSING:
            return MISSING
        if isinstance(owner, types.ModuleType):
            if owner.__name__ in self.sources.modules or owner.__name__.startswith("tracewright"):
                return self.sources.module(owner.__name__).lookup(name)
            return getattr(owner, name, MISSING)
        if isinstance(owner, type):
            return getattr(owner, name, MISSING)
        if isinstance(owner, enum.Enum):
            return member_attribute(owner, name)
        if is_frozen_dataclass(type(owner)):
            found = getattr(owner, name, MISSING)
            return found if isinstance(found, _CONSTANTS) else MISSING
        return MISSING

    def prebuilt_error(self, exception: type, message: str) -> Constant:
        """The prebuilt exception object that checks raise."""
        return self.prebuilt.error(exception, message)

    # --- the run ---

    def run(self) -> None:
        """Translate until nothing new is asked for. Errors are collected, one per function."""
        while True:
            try:
                if self.jobs:
                    self._translate_or_use_again(self.jobs.popleft())
                elif not self._settle() and not self.prebuilt.scan():
                    break
            except DialectError as error:
                self.report(error)
            except Doubtful:
                pass
            self.current = None
            self.asking = None
        for assumption in assumptions.broken(self):
            self.current = assumption.place
            self.report(assumption.error)
        self.current = None

    def _translate_or_use_again(self, job: Job) -> None:
        if self.kept is None:
            self._translate(job)
        elif not self.kept.replay(job):
            before, calls = self._left_behind(), len(self.method_calls)
            self.requests = []
            self._translate(job)
            if self._left_behind() == before:
                self.kept.note(job, self.requests, self.method_calls[calls:])

    def _left_behind(self) -> int:
        """How much has been noted of functions that must be translated each time, as it is about the whole program."""
        return len(self.errors) + len(self.warnings) + len(self.assumptions)

    def report(self, error: DialectError) -> None:
        """Note an error. One inside the library is shown at the author's line that led there; one inside generic code is
        shown with the line that chose the types."""
        job = None if self.current is None else self.current[0]
        self.errors.append(error)
        places: list[SourceSpan] = []
        while job is not None and job.asked is not None and (_in_library(job) or _is_generic(job)):
            job, place = job.asked
            if not _in_library(job):
                places.append(place)
        if not places or self.current is None:
            return
        if _in_library(self.current[0]):
            label = Label(places[0], "this leads to it")
            self.errors[-1] = DialectError(error.code, error.message, [label], error.help, error.severity)
        else:
            self.errors[-1] = error.because(*(Label(place, "these types were chosen here") for place in places[:2]))

    def _translate(self, job: Job) -> None:
        graph, definition = job.graph, job.definition
        scope = TypeScope(definition.source, job.environment)
        context = FunctionContext(self, self.services, graph, scope, job.owner, job.signature.result, definition.node)
        if any(isinstance(each, CodeType) for each in definition.function.__code__.co_consts) and has_nested(
            definition.node
        ):
            context.locals.cells = cell_names(definition.node)
            context.nested.sole = sole_functions(definition.node)
            context.nested.defined_after = defined_after(definition.node)
        builder = context.builder
        self.current = job, context
        for variable in graph.parameters:
            context.locals.declare(variable.name, variable.type)
            context.locals.store(variable.name, variable)
        context.definition = definition
        if definition.class_parameter and job.owner is not None:
            context.locals.objects[definition.class_parameter] = job.owner.python_class
        code = definition.function.__code__
        context.locals.own_names = frozenset((*code.co_varnames, *code.co_cellvars))
        self.services.statements(context, _body(definition.node))
        if context.emission.reachable:
            if job.signature.result is NEVER or graph.result_kind != "v":
                if not builder.failed and not _is_declaration(job):
                    self.errors.append(_no_result(definition, job.signature.result))
                builder.unreachable()
            else:
                builder.give_back(None)
        self.find_unassigned(context)
        builder.finish()

    def find_unassigned(self, context: FunctionContext) -> None:
        """Locals that are read on a way on which nothing has assigned them: each is reported where it is first read."""
        if context.builder.failed:
            return
        absent = context.builder.maybe_unassigned([operand for operand, _ in context.locals.reads])
        reads = [read for read, is_absent in zip(context.locals.reads, absent, strict=True) if is_absent]
        seen = set()
        for operand, node in sorted(reads, key=lambda read: (read[1].lineno, read[1].col_offset)):
            if node.id not in seen:
                seen.add(node.id)
                self.errors.append(expressions.unassigned(context, node, certain=isinstance(operand, Constant)))


def _in_library(job: Job) -> bool:
    return job.definition.source.name.startswith("tracewright.lib.")


def _is_declaration(job: Job) -> bool:
    """Whether the method only says what subclasses have: it is abstract, or that of a protocol without statements."""
    if getattr(job.definition.function, "__isabstractmethod__", False):
        return True
    cls = None if job.owner is None else job.owner.python_class
    return bool(getattr(cls, "_is_protocol", False)) and not _body(job.definition.node)


def _is_generic(job: Job) -> bool:
    return bool(job.environment)


def _no_result(definition: Definition, result: Type) -> DialectError:
    """Control can come to the end of a function that declares a result."""
    node = definition.node
    last = node.body[-1]
    if result is NEVER:
        message, label, help = f"`{node.name}` can return, but declares that it does not", "", "end it with `raise`"
    else:
        message = f"`{node.name}` can end without the {show_type(result)} that it declares"
        label = "after this the function ends"
        help = "end it with `return` or `raise`"
        if isinstance(last, ast.Match):
            help = "cover what is left with `case _:`; the translator does not know that the cases are all there are"
    labels = [definition.source.label(last, label)]
    if node.returns is not None:
        labels.append(definition.source.label(node.returns, "the result is declared here"))
    return DialectError("missing-return", message, labels, help)


def _body(node: ast.FunctionDef) -> list[ast.stmt]:
    body = node.body
    if body and isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        return body[1:]
    return body
