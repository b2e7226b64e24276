"""Recording what touches memory: fields, array elements, VM-stack slots, allocation, class tests."""

from typing import Final

from tracewright.core import kinds
from tracewright.core import operations as ops
from tracewright.core.memory import load32, load64
from tracewright.core.object_layout import ARRAY_ITEMS_OFFSET, ARRAY_LENGTH_OFFSET, STR_WIDTH_OFFSET
from tracewright.jit.execute.executor import QUASI_IMMUTABLE, code_of_text, raw_load, raw_store, store_item, store_word
from tracewright.jit.execute.frames import KNOWN_INT, KNOWN_ROW, Frame
from tracewright.jit.record.guards import guard, guard_class, guard_no_exception, meets_many, offset_from_base
from tracewright.jit.record.outcome import Dependency
from tracewright.jit.record.recording import NOT_BASE, AbortRecording, Recording
from tracewright.jit.tables import control
from tracewright.jit.tables.abort import Abort
from tracewright.jit.tables.function_table import FieldInfo

ALWAYS_IMMUTABLE: Final = 1
UNALIASED: Final = -1  # alias class of what nothing ever writes
# Allocations of a constant length up to this cannot fail, so nothing need check that they did not.
_NEVER_FAILING_LENGTH: Final = 1000


def load_operation(kind: int) -> int:
    """The trace operation that loads a field of this kind."""
    return ops.LOAD_REF if kind == kinds.REF else ops.LOAD_FLOAT if kind == kinds.FLOAT else ops.LOAD


def store_operation(kind: int) -> int:
    """The one that stores it."""
    return ops.STORE_REF if kind == kinds.REF else ops.STORE_FLOAT if kind == kinds.FLOAT else ops.STORE


def record_load_field(recording: Recording, frame: Frame) -> None:
    """A constant for immutable fields of constant objects, else a load."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    number = words[position + 3]
    field = recording.assembly.fields[number]
    address = frame.words[source]
    word = load64(address + field.offset)
    if recording.is_constant(frame, source) and _folds(recording, field, number, address):
        recording.set(frame, words[position + 1], word, known_field(field))
        frame.position = position + 4
        return
    alias = UNALIASED if field.immutable == ALWAYS_IMMUTABLE else field.alias
    ref = recording.builder.emit(load_operation(field.kind), recording.ref(frame, source), field.offset, alias, 0)
    if field.items_immutable:
        recording.immutable_rows.set(ref, 1)
    recording.set(frame, words[position + 1], word, ref)
    frame.position = position + 4


def known_field(field: FieldInfo) -> int:
    """What a register holds that has been given the word of this field, which is known."""
    return KNOWN_ROW if field.items_immutable else KNOWN_INT + field.kind


def _folds(recording: Recording, field: FieldInfo, number: int, address: int) -> bool:
    """Whether this field of a constant object is as good as constant; notes what that depends on."""
    if field.immutable == ALWAYS_IMMUTABLE:
        return True
    if field.immutable != QUASI_IMMUTABLE or not recording.assembly.watches_fields:
        return False
    if not recording.valid:
        guard(recording, ops.GUARD_VALID, 0, 0)
        recording.valid = True
    recording.dependencies.append(Dependency(address, number, load64(address + field.offset)))
    return True


def record_store_field(recording: Recording, frame: Frame) -> None:
    """A store. A quasi-immutable field changes too rarely to be worth recording."""
    words = frame.code.words
    position = frame.position
    field = recording.assembly.fields[words[position + 3]]
    if field.immutable == QUASI_IMMUTABLE and recording.assembly.watches_fields:
        raise AbortRecording(Abort.UNTRACEABLE)
    thing = words[position + 2]
    value = words[position + 4]
    alias = field.alias
    recording.builder.emit(
        store_operation(field.kind), recording.ref(frame, thing), field.offset, alias, recording.ref(frame, value)
    )
    address = frame.words[thing]
    store_word(field.kind, address, address + field.offset, frame.words[value])
    frame.position = position + 5


def record_load_item(recording: Recording, frame: Frame) -> None:
    """An array element whose index the interpreter has checked."""
    words = frame.code.words
    position = frame.position
    info = recording.assembly.classes[words[position + 4]]
    row = words[position + 2]
    index = words[position + 3]
    word = load64(frame.words[row] + ARRAY_ITEMS_OFFSET + 8 * frame.words[index])
    frame.position = position + 5
    kind = info.item_kind
    immutable = recording.has_immutable_items(frame, row)
    if immutable and recording.is_constant(frame, row) and recording.is_constant(frame, index):
        recording.set_constant(frame, words[position + 1], kind, word)
        return
    operation = ops.LOAD_REF_AT if kind == kinds.REF else ops.LOAD_FLOAT_AT if kind == kinds.FLOAT else ops.LOAD_AT
    alias = UNALIASED if immutable else info.alias
    ref = recording.builder.emit(operation, recording.ref(frame, row), recording.ref(frame, index), alias, 0)
    recording.set(frame, words[position + 1], word, ref)


def record_store_item(recording: Recording, frame: Frame) -> None:
    """Store an element."""
    words = frame.code.words
    position = frame.position
    info = recording.assembly.classes[words[position + 5]]
    kind = info.item_kind
    operation = ops.STORE_REF_AT if kind == kinds.REF else ops.STORE_FLOAT_AT if kind == kinds.FLOAT else ops.STORE_AT
    row = words[position + 2]
    index = words[position + 3]
    value = words[position + 4]
    recording.builder.emit(
        operation, recording.ref(frame, row), recording.ref(frame, index), info.alias, recording.ref(frame, value)
    )
    store_item(info, frame.words[row], frame.words[index], frame.words[value])
    frame.position = position + 6


def record_array_length(recording: Recording, frame: Frame) -> None:
    """The length never changes."""
    array = frame.words[frame.code.words[frame.position + 2]]
    _record_unchanging(recording, frame, ops.ARRAY_LENGTH, load64(array + ARRAY_LENGTH_OFFSET))


def record_text_width(recording: Recording, frame: Frame) -> None:
    """A text never changes."""
    text = frame.words[frame.code.words[frame.position + 2]]
    _record_unchanging(recording, frame, ops.TEXT_WIDTH, load32(text + STR_WIDTH_OFFSET))


def _record_unchanging(recording: Recording, frame: Frame, operation: int, word: int) -> None:
    """A number that an object has for good: of a known object it is known."""
    words = frame.code.words
    position = frame.position
    source = words[position + 2]
    frame.position = position + 3
    if recording.is_constant(frame, source):
        recording.set_constant(frame, words[position + 1], kinds.INT, word)
    else:
        ref = recording.builder.emit(operation, recording.ref(frame, source), 0, 0, 0)
        recording.set(frame, words[position + 1], word, ref)


def record_text_code(recording: Recording, frame: Frame, operation: int) -> None:
    """Nor do its code points."""
    words = frame.code.words
    position = frame.position
    text = words[position + 2]
    index = words[position + 3]
    code = code_of_text(operation, frame.words[text], frame.words[index])
    frame.position = position + 4
    if recording.is_constant(frame, text) and recording.is_constant(frame, index):
        recording.set_constant(frame, words[position + 1], kinds.INT, code)
    else:
        ref = recording.builder.emit(operation, recording.ref(frame, text), recording.ref(frame, index), 0, 0)
        recording.set(frame, words[position + 1], code, ref)


def record_raw_load(recording: Recording, frame: Frame, operation: int) -> None:
    """Bytes of a block."""
    words = frame.code.words
    position = frame.position
    address = words[position + 2]
    word = raw_load(operation, frame.words[address])
    ref = recording.builder.emit(operation, recording.ref(frame, address), 0, 0, 0)
    recording.set(frame, words[position + 1], word, ref)
    frame.position = position + 3


def record_raw_store(recording: Recording, frame: Frame, operation: int) -> None:
    """To bytes of a block."""
    words = frame.code.words
    position = frame.position
    address = words[position + 2]
    value = words[position + 3]
    recording.builder.emit(operation, recording.ref(frame, address), recording.ref(frame, value), 0, 0)
    raw_store(operation, frame.words[address], frame.words[value])
    frame.position = position + 4


# --- the VM stack ------------------------------------------------------------------------------------------------------
def require_own_stack(recording: Recording, frame: Frame, register: int) -> None:
    """Slots of other stacks are not the trace's. Where it is not evident that this is its own, a guard makes it so."""
    if frame.words[register] != recording.stack:
        raise AbortRecording(Abort.OTHER_STACK)
    ref = recording.ref(frame, register)
    if ref == recording.stack_ref:
        return
    same = recording.builder.emit(ops.REF_EQ, ref, recording.stack_ref, 0, 0)
    if same >= 0:
        guard(recording, ops.GUARD_TRUE, same, 0)
    if register < frame.code.variable_count:
        frame.refs[register] = recording.stack_ref


def record_slot_load(recording: Recording, frame: Frame) -> None:
    """Read a slot through the builder's map."""
    words = frame.code.words
    position = frame.position
    require_own_stack(recording, frame, words[position + 2])
    offset = offset_from_base(recording, frame, words[position + 3])
    word = recording.runtime.load_slot(recording.stack, recording.base_word(offset))
    recording.set(frame, words[position + 1], word, recording.builder.read_slot(offset))
    frame.position = position + 4


def record_slot_store(recording: Recording, frame: Frame) -> None:
    """Write a slot: in memory now, in the trace when it leaves."""
    words = frame.code.words
    position = frame.position
    require_own_stack(recording, frame, words[position + 2])
    offset = offset_from_base(recording, frame, words[position + 3])
    value = words[position + 4]
    place = recording.base_word(offset)
    recording.builder.write_slot(offset, recording.ref(frame, value))
    if recording.way is not None:
        recording.way.note_slot(place, recording.runtime.load_slot(recording.stack, place))
    recording.written_slots.append(offset)
    recording.runtime.store_slot(recording.stack, place, frame.words[value])
    frame.position = position + 5


def record_stack_field(recording: Recording, frame: Frame, operation: int) -> None:
    """`stack.top`, which the slot map keeps."""
    words = frame.code.words
    position = frame.position
    require_own_stack(recording, frame, words[position + 2])
    result = words[position + 1]
    if operation == control.STACK_TOP:
        recording.set(frame, result, recording.runtime.stack_top(recording.stack), recording.builder.read_top())
        frame.position = position + 3
    else:
        source = words[position + 3]
        if recording.base_offset_in(frame, source) == NOT_BASE and meets_many(recording):
            top = recording.ref(frame, source)  # of a callee that is a variable, so is the size of its frame
        else:
            top = recording.base_plus(offset_from_base(recording, frame, source))
        recording.builder.write_top(top)
        recording.runtime.set_stack_top(recording.stack, frame.words[source])
        frame.position = position + 4


# --- objects -----------------------------------------------------------------------------------------------------------
def record_new(recording: Recording, frame: Frame, operation: int) -> None:
    """An allocation, done now and recorded."""
    words = frame.code.words
    position = frame.position
    class_id = words[position + 2]
    info = recording.assembly.classes[class_id]
    is_object = operation == ops.NEW_OBJECT
    length = 0
    length_ref = 0
    if not is_object:
        length = frame.words[words[position + 3]]
        length_ref = recording.ref(frame, words[position + 3])
    thing = recording.runtime.new_object(info) if is_object else recording.runtime.new_array(info, length)
    if thing == 0:
        recording.runtime.set_exception(0)  # the blackhole will try again and raise
        raise AbortRecording(Abort.CALL_RAISED)
    ref = recording.builder.emit(operation, class_id, length_ref, 0, 0)
    result = words[position + 1]
    frame.position = position + 3 if is_object else position + 4
    if not is_object and (length_ref >= 0 or length > _NEVER_FAILING_LENGTH):
        frame.result_register = result
        guard_no_exception(recording)
    recording.set(frame, result, thing, ref)


def class_of_register(recording: Recording, frame: Frame, register: int) -> int:
    """The class id of the non-null object in a register, made certain by a guard."""
    class_id = load32(frame.words[register])
    if not recording.is_constant(frame, register):
        guard_class(recording, recording.ref(frame, register), class_id)
    return class_id


def record_class_question(recording: Recording, frame: Frame, operation: int) -> None:
    """CLASS_OF and INSTANCE_OF: constants once the class is guarded."""
    words = frame.code.words
    position = frame.position
    class_id = class_of_register(recording, frame, words[position + 2])
    result = words[position + 1]
    if operation == ops.CLASS_OF:
        recording.set_constant(frame, result, kinds.INT, class_id)
        frame.position = position + 3
        return
    recording.set_constant(frame, result, kinds.INT, int(words[position + 3] <= class_id <= words[position + 4]))
    frame.position = position + 5
