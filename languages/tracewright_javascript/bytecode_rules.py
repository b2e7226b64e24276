"""What each instruction's operands are, and the check that a code object read from a file keeps to that.

A form has a letter for each of a, b and c, or `W` and a letter for the wide operand; `>` behind it: the next word is a place to go to.

    s  a slot                      d  two adjacent slots        3  three                      -  not used       K  a constant
    f  the first slot of a frame   r  the first of c slots      o  a slot with c behind it    n  a number
    i  a constant that is an interned string
    P, R, A  the constant of a property site, of a place that reads, of one that assigns         F  that of a code       k t g T  any constant, a text, a global cell, a template
    j  a place to go to            c  a captured value          #  a number (with `f`: of arguments)

The check makes sure that a code touches nothing outside of its frame, its constants and its captured values, and goes nowhere but to instructions.
What lies in a slot when it is used (a cell, an iterator) is the compiler's word, which the checksum of the file protects.
"""

from __future__ import annotations

from typing import Final, final

from tracewright.core.value import Value
from tracewright.guest.handler_table import COLUMNS
from tracewright.guest.instructions import field_a, field_b, field_c, opcode, wide
from tracewright.guest.placements import INSIDE
from tracewright.guest.sites import PropertySite
from tracewright.hints import ALL_LIVE
from tracewright_javascript.bytecode import FIRST, NO_SLOT, Code, CodeKind
from tracewright_javascript.global_object import GlobalCell
from tracewright_javascript.opcodes import Op
from tracewright_javascript.read_sites import ReadSite
from tracewright_javascript.templates import TemplateSite
from tracewright_javascript.values import as_string
from tracewright_javascript.write_sites import WriteSite

NEVER: Final = ""  # in place of a form: such code is not written to files


@final
class BytecodeFault(Exception):
    """The file holds no code that can be run; the message says why."""


def _forms() -> dict[int, str]:
    """By operation. Those between ADD and INSTANCEOF take two slots and give a third."""
    forms: dict[int, str] = {operation: "sss" for operation in range(Op.ADD, Op.INSTANCEOF + 1)}
    groups: dict[str, list[int]] = {
        "---": [Op.SLOPPY_THIS, Op.START_ASYNC],
        "s--": [
            Op.RETURN,
            Op.THROW,
            Op.REQUIRE_OBJECT,
            Op.BIND_THIS,
            Op.CHECK_THIS,
            Op.CHECK_NO_THIS,
            Op.CLOSE,
            Op.CLOSE_AFTER_ERROR,
            Op.APPEND_HOLE,
            Op.START_GENERATOR,
            Op.GENERATOR_RETURN,
            Op.AWAIT,
            Op.ASYNC_RETURN,
            Op.ASYNC_YIELD,
            Op.ASYNC_GENERATOR_RETURN,
            Op.REQUIRE_RESULT,
            Op.IMPORT_META,
            Op.NEW_VARIABLES,
        ],
        "ss-": [
            Op.MOVE,
            Op.NEW_CELL,
            Op.LOAD_CELL,
            Op.STORE_CELL,
            Op.NEGATE,
            Op.TO_NUMBER,
            Op.NOT,
            Op.BITWISE_NOT,
            Op.TYPEOF,
            Op.INCREMENT,
            Op.DECREMENT,
            Op.TO_STRING,
            Op.TO_PIECE,
            Op.TO_OPERAND_PIECE,
            Op.KEYS,
            Op.ITERATE,
            Op.NEXT,
            Op.STEP,
            Op.COLLECT,
            Op.APPEND,
            Op.APPEND_ALL,
            Op.SET_HOME,
            Op.SET_FIELDS,
            Op.FIELDS,
            Op.HIDE,
            Op.TO_KEY,
            Op.SET_PROTOTYPE,
            Op.COPY_PROPERTIES,
            Op.UNPACK_STEP,
            Op.RECEIVE_ANY,
            Op.ITERATE_ASYNC,
            Op.NEXT_ASYNC,
            Op.CLOSE_ASYNC,
            Op.ITERATE_OBJECT,
            Op.PARENT,
            Op.SCOPE_THIS,
            Op.DELETE_GLOBAL,
            Op.TO_OBJECT,
            Op.SPREAD,
            Op.TO_NUMERIC,
        ],
        "sss": [
            Op.GET_INDEX,
            Op.SET_INDEX,
            Op.DELETE,
            Op.DEFINE_COMPUTED,
            Op.DEFINE_METHOD,
            Op.DEFINE_GETTER,
            Op.DEFINE_SETTER,
            Op.GET_PRIVATE,
            Op.SET_PRIVATE,
            Op.HAS_PRIVATE,
            Op.ADD_PRIVATE,
            Op.ADD_PRIVATE_METHOD,
            Op.ADD_PRIVATE_GETTER,
            Op.ADD_PRIVATE_SETTER,
            Op.IMPORT_CALL,
            Op.SCOPE_HAS,
            Op.SCOPE_GET,
            Op.SCOPE_SET,
            Op.KEY_OF,
            Op.GET_IF_PRESENT,
            Op.CREATE_ITEM,
        ],
        "ssK": list(range(Op.ADD_CONSTANT, Op.GET_INDEX_CONSTANT + 1)),
        "sKn>": list(range(Op.JUMP_LESS_CONSTANT, Op.JUMP_SAME_CONSTANT + 1)),
        "sds": [Op.SUPER_GET_INDEX, Op.SUPER_SET],
        "sdP": [Op.SUPER_GET],
        "ssR": [Op.GET, Op.GET_LENGTH],
        "dsR": [Op.GET_METHOD],
        "ssA": [Op.SET, Op.DEFINE],
        "sl-": [Op.NEW_OBJECT],
        "ssn": [Op.SET_NAME, Op.REST_OF_ARGUMENTS],
        "sn-": [Op.ARGUMENTS, Op.YIELD],
        "srn": [Op.NEW_ARRAY, Op.NEW_NUMBERS, Op.CONCATENATE],
        "rrn": [Op.MOVE_ROW],
        "osn": [Op.OBJECT_REST],
        "fs-": [Op.CALL_SPREAD, Op.NEW_SPREAD, Op.SUPER_SPREAD],
        "f--": [Op.SUPER_ALL],
        "fW#": [Op.CALL, Op.CALL_FUNCTION, Op.NEW, Op.SUPER],
        "sW#": [Op.REST],
        "sWk": [Op.CONSTANT],
        "sWc": [Op.CAPTURED],
        "sWt": [Op.CHECK, Op.NEW_PRIVATE],
        "-Wt": [Op.FAIL, Op.FAIL_REFERENCE],
        "sWg": [
            Op.LOAD_GLOBAL,
            Op.STORE_GLOBAL,
            Op.INITIALIZE_GLOBAL,
            Op.TYPEOF_GLOBAL,
            Op.LOAD_GLOBAL_OR_UNDEFINED,
        ],
        "sWF": [Op.CLOSURE, Op.CLASS, Op.DERIVED_CLASS],
        "sWT": [Op.TEMPLATE_OBJECT],
        "-Wj": [Op.JUMP, Op.REPEAT],
        "sWj": [
            Op.JUMP_IF_FALSE,
            Op.JUMP_IF_TRUE,
            Op.JUMP_IF_NULLISH,
            Op.JUMP_IF_NOT_NULLISH,
            Op.JUMP_IF_DEFINED,
            Op.JUMP_IF_EMPTY,
        ],
        "s-->": [Op.RECEIVE],
        "sin>": [Op.JUMP_SAME_TEXT],
        "ss->": [Op.UNPACK, Op.REPEAT_LESS],
        "sK->": [Op.REPEAT_LESS_CONSTANT],
        "s-n>": [Op.DELEGATE_TEST],
        "s3n>": [Op.DELEGATE],
        "ssn>": [
            Op.JUMP_LESS,
            Op.JUMP_LESS_EQUAL,
            Op.JUMP_GREATER,
            Op.JUMP_GREATER_EQUAL,
            Op.JUMP_EQUAL,
            Op.JUMP_SAME,
        ],
        "nWt": [Op.CHECK_GLOBAL, Op.DECLARE_GLOBAL],
        NEVER: [Op.DIRECT_EVAL, Op.DECLARE_ADDED],
    }
    for form, operations in groups.items():
        for operation in operations:
            forms[operation] = form
    return forms


FORMS: Final[dict[int, str]] = _forms()
STOPPING: Final = (
    Op.START_GENERATOR,
    Op.START_ASYNC,
    Op.YIELD,
    Op.GENERATOR_RETURN,
    Op.AWAIT,
    Op.ASYNC_RETURN,
    Op.ASYNC_YIELD,
    Op.ASYNC_GENERATOR_RETURN,
    Op.RECEIVE,
    Op.RECEIVE_ANY,
)


def check_code(code: Code) -> None:
    """Raises BytecodeFault where a code object that was read does not keep to the forms."""
    if code.frame_size < FIRST + code.parameters or not CodeKind.ORDINARY <= code.kind <= CodeKind.ASYNC_GENERATOR:
        raise BytecodeFault("a function's frame is too small for it")
    if code.generator_slot != NO_SLOT and not 0 <= code.generator_slot < code.frame_size:
        raise BytecodeFault("a function has nowhere to keep its generator")
    _Check(code).run()


@final
class _Check:
    """The check of one code object."""

    def __init__(self, code: Code) -> None:
        self.code = code
        self.starts: list[bool] = [False] * len(code.words)  # where instructions begin
        self.places: list[int] = []  # that something goes to

    def run(self) -> None:
        """All of it. Raises BytecodeFault."""
        code = self.code
        pc = 0
        last = -1
        while pc < len(code.words):
            self.starts[pc] = True
            last = opcode(code.words[pc])
            pc += self._instruction(pc)
        if pc != len(code.words) or last < 0:
            raise BytecodeFault("an instruction is cut off")
        if last != Op.RETURN and last != Op.THROW and last != Op.JUMP and last != Op.REPEAT:
            self._ends(last)
        self._handlers()
        for place in self.places:
            if not 0 <= place < len(code.words) or not self.starts[place]:
                raise BytecodeFault("an instruction goes to where none is")
        live = code.live_slots
        if live is not None:
            for index in range(len(live)):
                if live[index] != ALL_LIVE and not 0 <= live[index] <= code.frame_size:
                    raise BytecodeFault("more slots are live than there are")

    def _ends(self, last: int) -> None:
        if last != Op.GENERATOR_RETURN and last != Op.ASYNC_RETURN and last != Op.ASYNC_GENERATOR_RETURN:
            raise BytecodeFault("a function has no end")

    def _handlers(self) -> None:
        rows = self.code.handlers.rows
        if len(rows) % COLUMNS != 0:
            raise BytecodeFault("a row of handlers is cut off")
        for row in range(0, len(rows), COLUMNS):
            if not 0 <= rows[row] <= rows[row + 1] <= len(self.code.words):
                raise BytecodeFault("a protected range is outside of its function")
            self.places.append(rows[row + 2])
            self._slots(rows[row + 3], 1)

    def _instruction(self, pc: int) -> int:
        """Check one; gives the number of its words."""
        word = self.code.words[pc]
        operation = opcode(word)
        form = FORMS.get(operation, NEVER)
        if word < 0 or form == NEVER:
            raise BytecodeFault("an instruction is unknown")
        if operation in STOPPING and self.code.generator_slot == NO_SLOT:
            raise BytecodeFault("a function stops that cannot go on")
        if form[1] == "W":
            self._operand(form[0], field_a(word), wide(word) if form[2] == "#" else 0)
            self._wide(form[2], wide(word))
        else:
            self._operand(form[0], field_a(word), field_c(word))
            self._operand(form[1], field_b(word), field_c(word))
            self._operand(form[2], field_c(word), 0)
        if operation == Op.NEXT or operation == Op.STEP:
            follower = Op.UNPACK if operation == Op.NEXT else Op.UNPACK_STEP
            if pc + 1 >= len(self.code.words) or opcode(self.code.words[pc + 1]) != follower:
                raise BytecodeFault("an iteration is cut off")
        if not form.endswith(">"):
            return 1
        if pc + 1 >= len(self.code.words):
            raise BytecodeFault("an instruction is cut off")
        self.places.append(self.code.words[pc + 1])
        return 2

    def _operand(self, letter: str, number: int, count: int) -> None:
        match letter:
            case "s":
                self._slots(number, 1)
            case "d":
                self._slots(number, 2)
            case "3":
                self._slots(number, 3)
            case "f":
                self._slots(number, FIRST + count)
            case "r":
                self._slots(number, count)
            case "o":
                self._slots(number, 1 + count)
            case "K":
                self._constant(number)
            case "i":
                text = as_string(self._constant(number))
                if text is None or not text.is_interned():
                    raise BytecodeFault("a string is missing")
            case "l":
                if number > INSIDE:
                    raise BytecodeFault("a literal has more properties than are counted")
            case "P":
                if not isinstance(self._object(number), PropertySite):
                    raise BytecodeFault("a property has no site")
            case "R":
                if not isinstance(self._object(number), ReadSite):
                    raise BytecodeFault("a property has no site")
            case "A":
                if not isinstance(self._object(number), WriteSite):
                    raise BytecodeFault("a property has no site")

    def _wide(self, letter: str, number: int) -> None:
        match letter:
            case "j":
                self.places.append(number)
            case "c":
                if number >= len(self.code.captures):
                    raise BytecodeFault("a captured value is missing")
            case "k":
                self._constant(number)
            case "t":
                if as_string(self._constant(number)) is None:
                    raise BytecodeFault("a name is missing")
            case "g":
                if not isinstance(self._object(number), GlobalCell):
                    raise BytecodeFault("a global is missing")
            case "T":
                if not isinstance(self._object(number), TemplateSite):
                    raise BytecodeFault("a template is missing")
            case "F":
                inner = self._object(number)
                if not isinstance(inner, Code):
                    raise BytecodeFault("a function is missing")
                self._captures(inner)

    def _captures(self, inner: Code) -> None:
        """What a closure takes along must be there."""
        for index in range(len(inner.captures)):
            source = inner.captures[index]
            if source & 1 == 0:
                self._slots(source >> 1, 1)
            elif source >> 1 >= len(self.code.captures):
                raise BytecodeFault("a captured value is missing")

    def _slots(self, first: int, count: int) -> None:
        if first < 0 or first + count > self.code.frame_size:
            raise BytecodeFault("a slot is outside of the frame")

    def _constant(self, number: int) -> Value:
        if not 0 <= number < len(self.code.constants):
            raise BytecodeFault("a constant is missing")
        return self.code.constants[number]

    def _object(self, number: int) -> object | None:
        value = self._constant(number)
        return value.as_object() if value.is_object() else None
