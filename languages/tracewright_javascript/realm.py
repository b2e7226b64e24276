"""The objects that a program finds when it starts: one Realm each time, passed down, never kept in a module."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final, final

from tracewright.core.arrays import Array, unchecked_get
from tracewright.core.cast import unsafe_cast
from tracewright.core.value import Value
from tracewright.core.vm_stack import VMStack
from tracewright.guest.objects import GuestObject
from tracewright.guest.placements import FIVE, INSIDE, placement_for, row_for
from tracewright.guest.shapes import RootShapes, Shape
from tracewright.guest.sites import PropertySite
from tracewright.hints import dont_look_inside, immutable_fields
from tracewright.lib.array_tools import array_from
from tracewright.lib.event_loop import EventLoop, JobQueue, SystemClock, Timer, Watch
from tracewright.lib.regular_expressions.matcher import NO_LIMIT
from tracewright_javascript.arrays import JSArray
from tracewright_javascript.bytecode import AnyRealm, Code
from tracewright_javascript.element_kinds import KIND_COUNT
from tracewright_javascript.elements import NO_ITEMS
from tracewright_javascript.epochs import Finding
from tracewright_javascript.error_objects import JSError
from tracewright_javascript.errors import GuestFault
from tracewright_javascript.families import Family, Kind
from tracewright_javascript.global_object import GlobalCell, GlobalObject
from tracewright_javascript.keys import HAS_INSTANCE, ITERATOR, PRIVATE_MARK, SYMBOL_MARK, WELL_KNOWN, JSSymbol
from tracewright_javascript.objects import JSObject, plain_object
from tracewright_javascript.primitive_objects import PrimitiveObject, StringObject
from tracewright_javascript.properties import ACCESSOR, FIXED, HIDDEN, NOT_WRITABLE, AccessorPair
from tracewright_javascript.prototypes import bare_orphan_shape
from tracewright_javascript.values import EMPTY, INTERNED, JSString, string_value
from tracewright_javascript.zones import Zone, local_zone

STACK_SLOTS: Final = 1 << 22  # 32 MiB of address space: some 100,000 calls inside each other
ERROR_KINDS: Final = ["Error", "TypeError", "RangeError", "ReferenceError", "SyntaxError", "EvalError", "URIError"]


class AnyPattern:
    """What a compiled regular expression is (`builtins/regexp_objects.py`), for this module, which only keeps them."""


@final
class LastMatch:
    """The match of a regular expression that was found last: `RegExp.$1` and its kin tell of it."""

    def __init__(self) -> None:
        self.pattern: AnyPattern | None = None
        self.text = ""
        self.start = 0  # where it begins
        self.input = ""  # the text, unless the program has given `RegExp.input` another


@final
@immutable_fields("stack", "loop")
class Agent:
    """What all realms of one thread of execution share: the stack, and symbols."""

    def __init__(self) -> None:
        self.stack: VMStack = VMStack(STACK_SLOTS)
        self.symbols: dict[str, JSSymbol] = {}  # by the name that is their key
        self.registered: dict[str, JSSymbol] = {}  # by the string that `Symbol.for` was given
        self.texts: dict[str, JSString] = {}  # those that stand in programs
        self.patterns: dict[
            str, AnyPattern
        ] = {}  # the last ones that were compiled while programs ran, by flags and source
        self.private_names = 0
        self.evaluations = 0  # of modules that wait
        self.loop: EventLoop = EventLoop(SystemClock())
        self.ticks: JobQueue = JobQueue()  # `process.nextTick`: before microtasks
        self.immediates: JobQueue = JobQueue()  # `setImmediate`: at the end of a turn
        self.timers: dict[int, Timer] = {}  # those that have not run, by their numbers
        self.timers_made = 0
        self.unreferenced: dict[int, bool] = {}  # timers that the program does not wait for
        self.watches: dict[int, Watch] = {}  # of descriptors, by their numbers
        self.watches_made = 0
        self.idle_watches: dict[int, bool] = {}  # those that the program does not wait for
        self.compressions: dict[int, GuestObject] = {}  # open streams of zlib, by their numbers
        self.compressions_made = 0
        self.arguments: list[str] = []  # `process.argv` behind the command
        self.imports_only_modules = False  # as in the standard, which knows no other files
        self.uncaught_handler: Value = Value.UNDEFINED  # what the module `process` wants to be told
        self.rejection_handler: Value = Value.UNDEFINED
        self.exit_handler: Value = Value.UNDEFINED
        self.async_context: Value = Value.UNDEFINED  # what jobs take along from where they were made: of `async_hooks`
        self.rejected: list[JSObject] = []  # promises that were rejected while nobody handled that
        self.sources: dict[str, str] = {}  # the texts of files, for messages
        self.waiters: list[GuestObject] = []  # those of `Atomics.waitAsync`, in the order in which they came
        self.turn = 0  # how often the loop has run out of jobs
        self.kept: list[GuestObject] = []  # what `deref` has given since: it lives until the next time
        self.joining: dict[JSObject, bool] = {}  # arrays whose elements are being made into text
        self.nesting = 0  # how many calls of native code run inside each other
        self.last_match: LastMatch = LastMatch()
        self.most_pattern_steps: int = NO_LIMIT  # of one search by a regular expression: steps back
        self.known_zone: Zone | None = None
        self.named_zones: dict[str, Zone] = {}  # those that were asked for by name
        for symbol in WELL_KNOWN:
            self.symbols[symbol.name] = symbol

    def zone(self) -> Zone:
        """The local time zone, which is read when first asked for."""
        zone = self.known_zone
        if zone is None:
            zone = local_zone()
            self.known_zone = zone
        return zone

    def interned(self, text: str) -> Value:
        """The string of a program's text that is the same for all equal texts."""
        if len(text) == 1:
            return string_value(text)
        found = self.texts.get(text)
        if found is None:
            found = JSString(text, INTERNED)
            self.texts[text] = found
        return Value.of_object(found)

    def new_symbol(self, description: str, has_description: bool = True) -> JSSymbol:
        """A symbol that is like no other."""
        symbol = JSSymbol(f"{SYMBOL_MARK}{len(self.symbols)}:{description}", description, has_description)
        self.symbols[symbol.name] = symbol
        return symbol

    def next_order(self) -> int:
        """The place of a module among those whose evaluation has begun and waits."""
        self.evaluations += 1
        return self.evaluations

    def new_private_name(self, description: str) -> JSSymbol:
        """What a private name of a class means; `description` has its mark."""
        self.private_names += 1
        return JSSymbol(f"{PRIVATE_MARK}{self.private_names}", description)


@final
@immutable_fields(
    "agent",
    "object_prototype",
    "function_prototype",
    "array_prototype",
    "string_prototype",
    "number_prototype",
    "boolean_prototype",
    "symbol_prototype",
    "bigint_prototype",
    "iterator_prototype",
    "array_iterator_prototype",
    "error_prototypes",
    "global_object",
    "stack",
    "object_shape",
    "literal_shapes[*]",
    "bare_shape",
    "array_shape",
    "function_shape",
    "result_shape",
    "arguments_shape",
    "strict_arguments_shape",
    "generator_prototype",
    "async_iterator_prototype",
    "async_generator_prototype",
    "async_from_sync_prototype",
    "string_iterator_prototype",
    "promise_prototype",
    "has_instance_site",
    "prototype_site",
)
class Realm(AnyRealm):
    """Intrinsic objects, globals, and the stack that programs run on.

    What functions inherit from is a function itself, whose class this module does not know; so somebody else makes it.
    """

    def __init__(self, agent: Agent, make_function_prototype: Callable[[Realm, JSObject], JSObject]) -> None:
        self.agent = agent
        self.stack: VMStack = agent.stack
        nothing: Array[Value] = Array(0, EMPTY)
        self.object_prototype: JSObject = plain_object(RootShapes(Family(None, Kind.ORDINARY), FIVE).current)
        self.object_prototype.watch().keeps_prototype = True
        shapes = self.object_prototype.shapes_of_children()
        self.object_shape: Shape = shapes.of(FIVE)  # of `{}`: nobody knows what it will get
        literal_shapes = [self.object_shape]
        for count in range(1, INSIDE + 1):
            literal_shapes.append(shapes.of(placement_for(count)))
        self.literal_shapes: Array[Shape] = array_from(literal_shapes, self.object_shape)
        self.bare_shape: Shape = self.object_prototype.bare_shape_of_children()
        self.function_prototype: JSObject = make_function_prototype(self, self.object_prototype)
        self.function_shape: Shape = self.function_prototype.special_shape_of_children(Kind.LAZY)
        self.array_prototype: JSArray = JSArray(self.object_prototype.special_shape_of_children(Kind.ARRAY), nothing, 0)
        self.array_shape: Shape = self.array_prototype.special_shape_of_children(Kind.ARRAY)
        self.array_constructor: JSObject | None = None
        self.array_species: Value = Value.UNDEFINED  # the accessor that it begins with
        self.regexp_function: JSObject | None = None
        self.regexp_exec: Value = Value.UNDEFINED  # the `exec` that regular expressions begin with
        self.regexp_shape: Shape = self.object_shape  # of one that nobody has changed
        self.regexp_function_version = -1
        self.regexp_prototype_version = -1  # of what is known of their prototype, as long as nobody has changed it
        exotic = self.object_prototype.special_shape_of_children(Kind.EXOTIC)
        self.string_prototype: JSObject = StringObject(exotic, "")
        self.number_prototype: JSObject = PrimitiveObject(self.bare_shape, Value.of_int(0))
        self.boolean_prototype: JSObject = PrimitiveObject(self.bare_shape, Value.FALSE)
        self.symbol_prototype: JSObject = self.new_object()
        self.bigint_prototype: JSObject = self.new_object()
        self.iterator_prototype: JSObject = self.new_object()
        self.array_iterator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.string_iterator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.generator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.generator_function_prototype: JSObject = self.new_child(self.function_prototype)
        self.async_iterator_prototype: JSObject = self.new_object()
        self.async_from_sync_prototype: JSObject = self.new_child(self.async_iterator_prototype)
        self.async_generator_prototype: JSObject = self.new_child(self.async_iterator_prototype)
        self.async_generator_function_prototype: JSObject = self.new_child(self.function_prototype)
        self.async_function_prototype: JSObject = self.new_child(self.function_prototype)
        self.promise_prototype: JSObject = self.new_object()
        self.promise_constructor: Value = Value.UNDEFINED
        self.exotic_null_shape: Shape = bare_orphan_shape(Kind.EXOTIC)
        self.bare_null_shape: Shape = bare_orphan_shape(Kind.ORDINARY)
        self.match_shape: Shape = self.array_shape.extended("index").extended("input").extended("groups")
        self.result_shape: Shape = shapes.of(placement_for(2)).extended("value").extended("done")
        arguments = self.bare_shape.extended("length", HIDDEN).extended(ITERATOR.name, HIDDEN)
        self.arguments_shape: Shape = arguments.extended("callee", HIDDEN)
        self.strict_arguments_shape: Shape = arguments.extended("callee", FIXED & ~NOT_WRITABLE | ACCESSOR)
        # Functions that instructions compare with, to see that nobody has changed the iterator of arrays and the like:
        self.has_instance_site: PropertySite = PropertySite(HAS_INSTANCE.name)  # for all `instanceof`
        self.prototype_site: PropertySite = PropertySite("prototype")
        self.thrower: AccessorPair = AccessorPair(Value.UNDEFINED, Value.UNDEFINED)  # `callee` of strict `arguments`
        self.eval_function: Value = Value.UNDEFINED
        self.iterator_self: Value = Value.UNDEFINED
        self.plain_iteration: Finding = Finding()  # nobody can notice how arrays of the usual shape are iterated over
        self.plain_species: Finding = Finding()  # methods of these make arrays
        self.plain_elements: Finding = (
            Finding()
        )  # the prototypes of these have no elements, but for `Array.prototype` as an array
        self.array_values: Value = Value.UNDEFINED
        self.array_iterator_next: Value = Value.UNDEFINED
        self.generator_next: Value = Value.UNDEFINED
        self.inspect_function: Value = Value.UNDEFINED  # `util.inspect`, once the module is there
        self.host: JSObject | None = None  # the native functions that built-in modules use
        self.built_in_modules: dict[str, JSObject] = {}
        self.modules: dict[str, GuestObject] = {}  # by the path of the file
        self.map_prototype: JSObject = self.new_object()
        self.map_iterator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.set_prototype: JSObject = self.new_object()
        self.set_iterator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.weak_map_prototype: JSObject = self.new_object()
        self.weak_set_prototype: JSObject = self.new_object()
        self.weak_ref_prototype: JSObject = self.new_object()
        self.finalization_registry_prototype: JSObject = self.new_object()
        self.regexp_prototype: JSObject = self.new_object()
        self.regexp_string_iterator_prototype: JSObject = self.new_child(self.iterator_prototype)
        self.date_prototype: JSObject = self.new_object()
        self.array_buffer_prototype: JSObject = self.new_object()
        self.shared_array_buffer_prototype: JSObject = self.new_object()
        self.data_view_prototype: JSObject = self.new_object()
        self.typed_array_prototype: JSObject = self.new_object()
        self.typed_prototypes: list[JSObject] = [self.new_child(self.typed_array_prototype) for _ in range(KIND_COUNT)]
        self.typed_constructors: list[JSObject] = []  # by the number of the kind, as the prototypes
        self.buffer_constructors: list[JSObject] = []  # `ArrayBuffer`, `SharedArrayBuffer`
        self.error_prototypes: dict[str, JSObject] = {}
        self.error_constructor: JSObject | None = None
        self.prepares_trace = False  # the program's `Error.prepareStackTrace` runs
        self.call_site_prototype: JSObject = self.new_object()
        self.error_stack: Value = Value.UNDEFINED  # the pair of functions behind `stack` of every error
        self.global_object: GlobalObject = GlobalObject(self.object_prototype.special_shape_of_children(Kind.EXOTIC))

    def null_shape_of(self, kind: int) -> Shape:
        """The shape of an object without prototype and properties."""
        return self.object_prototype.shape.plain_root() if kind == Kind.ORDINARY else self.exotic_null_shape

    def cell(self, name: str) -> GlobalCell:
        """The global of that name, made when first mentioned."""
        return self.global_object.cell(name)

    def new_object(self) -> JSObject:
        """`{}`"""
        return plain_object(self.object_shape)

    def new_literal(self, count: int) -> JSObject:
        """What becomes an object literal with so many properties, INSIDE at most."""
        return plain_object(unchecked_get(self.literal_shapes, count))

    def new_child(self, prototype: JSObject) -> JSObject:
        """An ordinary object with this prototype."""
        return plain_object(prototype.shape_of_children())

    def new_array(self, items: Array[Value], count: int) -> JSArray:
        """An array of these elements, which it keeps."""
        return JSArray(self.array_shape, items, count)

    def array_of(self, values: list[Value]) -> JSArray:
        """An array of a list's values."""
        array = self.new_array(NO_ITEMS, 0)
        array.insert(0, values)
        return array

    def regexp_constructor(self) -> JSObject:
        """`RegExp`"""
        function = self.regexp_function
        assert function is not None
        return function

    def define(self, name: str, value: Value, attributes: int = HIDDEN) -> None:
        """A global of the realm."""
        self.global_object.define_cell(name, value, attributes)

    @dont_look_inside
    def new_error(self, kind: str, message: str) -> JSError:
        """An error object of a built-in kind."""
        error = JSError(self.error_prototypes[kind].bare_shape_of_children(), row_for(2))
        error.add("stack", self.error_stack, HIDDEN | ACCESSOR)
        error.add("message", string_value(message), HIDDEN)
        return error

    def error_of(self, fault: GuestFault) -> Value:
        """The object for a fault."""
        return Value.of_object(self.new_error(fault.kind, fault.message))


def as_realm(realm: AnyRealm) -> Realm:
    """The realm that a built-in function is called with."""
    return unsafe_cast(Realm, realm)


def realm_of(code: Code) -> Realm:
    """The realm that code was compiled for."""
    return unsafe_cast(Realm, code.realm)
