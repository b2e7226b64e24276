"""The bytecodes: one row each. The interpreter, the disassembler and the documentation rest on these rows.

`operands` lists the fields in use as `field:kind`. Fields are a, b, c (16 bits each), w (b and c as one) and n (the next
word). Kinds: `slot` (frame slot), `int` (signed number), `count`, `target` (a pc), or the name of a table of the code object:
`constant name cell shape code field method native lookup`.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Opcode:
    """One row."""

    number: int
    name: str
    operands: str
    meaning: str
    words: int  # length of the instruction


OPCODES: Final[list[Opcode]] = []


def row(name: str, operands: str, meaning: str) -> int:
    """Append a row and give its number."""
    number = len(OPCODES)
    OPCODES.append(Opcode(number, name, operands, meaning, 2 if "n:" in operands else 1))
    return number


class Op:
    """Numbers of the bytecodes. "shared" in a name: a container that is read gets marked as held twice."""

    # slots and constants
    LOAD_CONSTANT: Final = row("LOAD_CONSTANT", "a:slot w:constant", "a := constant")
    LOAD_INT: Final = row("LOAD_INT", "a:slot b:int", "a := number")
    MOVE: Final = row("MOVE", "a:slot b:slot", "a := b, which is not used again or is only borrowed")
    COPY: Final = row("COPY", "a:slot b:slot", "a := b, now held twice")
    UNDEFINE: Final = row("UNDEFINE", "a:slot b:slot c:slot", "these variables have no value")
    CHECK: Final = row("CHECK", "a:slot w:name", "error if variable a has no value")
    FAIL: Final = row("FAIL", "w:name", "raise this error text")
    # variables that are not slots
    LOAD_GLOBAL: Final = row("LOAD_GLOBAL", "a:slot w:cell", "a := global")
    LOAD_GLOBAL_SHARED: Final = row("LOAD_GLOBAL_SHARED", "a:slot w:cell", "a := global")
    TAKE_GLOBAL: Final = row(
        "TAKE_GLOBAL", "a:slot w:cell", "a := global, soon replaced; held twice if it turns out to be immutable"
    )
    STORE_GLOBAL: Final = row("STORE_GLOBAL", "a:slot w:cell", "global := a; binds it if it has no value")
    DECLARE_GLOBAL: Final = row(
        "DECLARE_GLOBAL", "a:slot b:count c:cell", "bind the global to a with kind b; error if bound"
    )
    BIND_GLOBAL: Final = row("BIND_GLOBAL", "a:slot w:cell", "bind the global to function a, replacing an earlier one")
    UPDATE_GLOBAL: Final = row("UPDATE_GLOBAL", "a:slot w:cell", "a := global, unshared, to be changed in place")
    LOAD_CAPTURED: Final = row("LOAD_CAPTURED", "a:slot b:count", "a := captured variable")
    LOAD_CAPTURED_SHARED: Final = row("LOAD_CAPTURED_SHARED", "a:slot b:count", "a := captured variable")
    STORE_CAPTURED: Final = row("STORE_CAPTURED", "a:slot b:count", "captured variable := a")
    UPDATE_CAPTURED: Final = row("UPDATE_CAPTURED", "a:slot b:count", "a := captured variable, unshared")
    LOAD_NAME: Final = row("LOAD_NAME", "a:slot w:lookup", "a := the name's value")
    LOAD_NAME_SHARED: Final = row("LOAD_NAME_SHARED", "a:slot w:lookup", "a := the name's value")
    TAKE_NAME: Final = row(
        "TAKE_NAME",
        "a:slot w:lookup",
        "a := the name's value, soon replaced; held twice if it turns out to be immutable",
    )
    STORE_NAME: Final = row("STORE_NAME", "a:slot w:lookup", "the name's place := a")
    UPDATE_NAME: Final = row("UPDATE_NAME", "a:slot w:lookup", "a := the name's value, unshared")
    CAPTURE_NAME: Final = row("CAPTURE_NAME", "a:slot w:lookup", "a := the name's local value, or no value")
    SELECT_BODY: Final = row(
        "SELECT_BODY", "a:count b:count n:target", "go to n if any of b globals from cell a on is bound"
    )
    # arithmetic
    ADD: Final = row("ADD", "a:slot b:slot c:slot", "a := b + c")
    SUBTRACT: Final = row("SUBTRACT", "a:slot b:slot c:slot", "a := b - c")
    MULTIPLY: Final = row("MULTIPLY", "a:slot b:slot c:slot", "a := b * c")
    DIVIDE: Final = row("DIVIDE", "a:slot b:slot c:slot", "a := b / c")
    MODULO: Final = row("MODULO", "a:slot b:slot c:slot", "a := b % c")
    ADD_INT: Final = row("ADD_INT", "a:slot b:slot c:int", "a := b + number")
    SUBTRACT_INT: Final = row("SUBTRACT_INT", "a:slot b:slot c:int", "a := b - number")
    MULTIPLY_INT: Final = row("MULTIPLY_INT", "a:slot b:slot c:int", "a := b * number")
    DIVIDE_INT: Final = row("DIVIDE_INT", "a:slot b:slot c:int", "a := b / number, which is above 0")
    MODULO_INT: Final = row("MODULO_INT", "a:slot b:slot c:int", "a := b % number, which is above 0")
    NEGATE: Final = row("NEGATE", "a:slot b:slot", "a := -b")
    NOT: Final = row("NOT", "a:slot b:slot", "a := !b")
    # comparison
    EQUAL: Final = row("EQUAL", "a:slot b:slot c:slot", "a := b == c")
    NOT_EQUAL: Final = row("NOT_EQUAL", "a:slot b:slot c:slot", "a := b != c")
    LESS: Final = row("LESS", "a:slot b:slot c:slot", "a := b < c")
    LESS_EQUAL: Final = row("LESS_EQUAL", "a:slot b:slot c:slot", "a := b <= c")
    GREATER: Final = row("GREATER", "a:slot b:slot c:slot", "a := b > c")
    GREATER_EQUAL: Final = row("GREATER_EQUAL", "a:slot b:slot c:slot", "a := b >= c")
    # jumps
    JUMP: Final = row("JUMP", "w:target", "go forward to the target")
    LOOP: Final = row("LOOP", "w:target", "go back to the target, the head of a loop")
    JUMP_IF_FALSE: Final = row("JUMP_IF_FALSE", "a:slot w:target", "go to the target if a is false")
    JUMP_IF_NULL: Final = row("JUMP_IF_NULL", "a:slot w:target", "go to the target if a is null")
    JUMP_IF_NOT_NULL: Final = row("JUMP_IF_NOT_NULL", "a:slot w:target", "go to the target if a is not null")
    JUMP_UNLESS_ARRAY: Final = row("JUMP_UNLESS_ARRAY", "a:slot w:target", "go to the target if a is no array")
    UNLESS_EQUAL: Final = row("UNLESS_EQUAL", "a:slot b:slot n:target", "go to the target unless a == b")
    UNLESS_NOT_EQUAL: Final = row("UNLESS_NOT_EQUAL", "a:slot b:slot n:target", "go to the target unless a != b")
    UNLESS_LESS: Final = row("UNLESS_LESS", "a:slot b:slot n:target", "go to the target unless a < b")
    UNLESS_LESS_EQUAL: Final = row("UNLESS_LESS_EQUAL", "a:slot b:slot n:target", "go to the target unless a <= b")
    UNLESS_GREATER: Final = row("UNLESS_GREATER", "a:slot b:slot n:target", "go to the target unless a > b")
    UNLESS_GREATER_EQUAL: Final = row(
        "UNLESS_GREATER_EQUAL", "a:slot b:slot n:target", "go to the target unless a >= b"
    )
    UNLESS_EQUAL_INT: Final = row("UNLESS_EQUAL_INT", "a:slot b:int n:target", "go to the target unless a == number")
    UNLESS_NOT_EQUAL_INT: Final = row(
        "UNLESS_NOT_EQUAL_INT", "a:slot b:int n:target", "go to the target unless a != number"
    )
    UNLESS_LESS_INT: Final = row("UNLESS_LESS_INT", "a:slot b:int n:target", "go to the target unless a < number")
    UNLESS_LESS_EQUAL_INT: Final = row(
        "UNLESS_LESS_EQUAL_INT", "a:slot b:int n:target", "go to the target unless a <= number"
    )
    UNLESS_GREATER_INT: Final = row("UNLESS_GREATER_INT", "a:slot b:int n:target", "go to the target unless a > number")
    UNLESS_GREATER_EQUAL_INT: Final = row(
        "UNLESS_GREATER_EQUAL_INT", "a:slot b:int n:target", "go to the target unless a >= number"
    )
    # making values
    INTERPOLATE: Final = row(
        "INTERPOLATE", "a:slot b:slot c:count", "a := display forms of c values from slot b on, joined"
    )
    NEW_ARRAY: Final = row("NEW_ARRAY", "a:slot b:slot c:count", "a := array of c values from slot b on")
    ARRAY_APPEND: Final = row("ARRAY_APPEND", "a:slot b:slot", "append b to the new array a")
    ARRAY_SPREAD: Final = row("ARRAY_SPREAD", "a:slot b:slot", "append the elements of b to the new array a")
    NEW_DICT: Final = row("NEW_DICT", "a:slot", "a := {}")
    NEW_SHAPED_DICT: Final = row(
        "NEW_SHAPED_DICT", "a:slot b:slot c:shape", "a := dictionary with the values from slot b on"
    )
    DICT_INSERT: Final = row("DICT_INSERT", "a:slot b:slot c:slot", "a[b] := c, where a is a new dictionary")
    DICT_SPREAD: Final = row("DICT_SPREAD", "a:slot b:slot", "insert the entries of b into the new dictionary a")
    NEW_STRUCT: Final = row("NEW_STRUCT", "a:slot b:slot c:shape", "a := instance with the values from slot b on")
    NEW_VARIANT: Final = row("NEW_VARIANT", "a:slot b:slot c:count", "a := Ok(b), Err(b) or Some(b), as c says")
    NEW_TAGGED: Final = row("NEW_TAGGED", "a:slot b:slot c:name", "a := tag with the elements of array b")
    NEW_FUNCTION: Final = row("NEW_FUNCTION", "a:slot w:code", "a := function over copies of what it captures")
    DEFINE_METHOD: Final = row("DEFINE_METHOD", "a:slot b:name c:shape", "function a becomes method b of a struct type")
    # elements
    GET_INDEX: Final = row("GET_INDEX", "a:slot b:slot c:slot", "a := b[c]")
    GET_INDEX_SHARED: Final = row("GET_INDEX_SHARED", "a:slot b:slot c:slot", "a := b[c]")
    TAKE_ITEM: Final = row(
        "TAKE_ITEM",
        "a:slot b:slot c:count",
        "a := element c of b, moved out of it if b is held once: nobody reads it there again",
    )
    GET_KEY: Final = row("GET_KEY", "a:slot b:slot c:field", "a := b[text]")
    GET_KEY_SHARED: Final = row("GET_KEY_SHARED", "a:slot b:slot c:field", "a := b[text]")
    GET_FIELD: Final = row("GET_FIELD", "a:slot b:slot c:field", "a := b.field")
    GET_FIELD_SHARED: Final = row("GET_FIELD_SHARED", "a:slot b:slot c:field", "a := b.field")
    SET_INDEX: Final = row("SET_INDEX", "a:slot b:slot c:slot", "a[b] := c; slot a gets a copy if it was shared")
    SET_KEY: Final = row("SET_KEY", "a:slot b:slot c:field", "a[text] := b; slot a gets a copy if it was shared")
    SET_FIELD: Final = row("SET_FIELD", "a:slot b:slot c:field", "a.field := b; slot a gets a copy if it was shared")
    UPDATE_INDEX: Final = row("UPDATE_INDEX", "a:slot b:slot c:slot", "a := b[c], both unshared in place")
    UPDATE_KEY: Final = row("UPDATE_KEY", "a:slot b:slot c:field", "a := b[text], both unshared in place")
    UPDATE_FIELD: Final = row("UPDATE_FIELD", "a:slot b:slot c:field", "a := b.field, both unshared in place")
    FIELD_VARIABLE: Final = row("FIELD_VARIABLE", "a:slot b:slot c:field", "a := b.field, or no value")
    # destructuring
    ITEM_OR_NULL: Final = row("ITEM_OR_NULL", "a:slot b:slot c:count", "a := element c of array b, or null")
    TAKE_ITEM_OR_NULL: Final = row(
        "TAKE_ITEM_OR_NULL",
        "a:slot b:slot c:count",
        "the same, moved out of b if b is held once: only the pattern sees b",
    )
    REST_OF_ARRAY: Final = row("REST_OF_ARRAY", "a:slot b:slot c:count", "a := elements of b from c on")
    KEY_OR_NULL: Final = row("KEY_OR_NULL", "a:slot b:slot c:field", "a := entry of dictionary b, or null")
    REST_OF_DICT: Final = row(
        "REST_OF_DICT", "a:slot b:slot c:constant", "a := entries of b without the names in an array"
    )
    # calls
    CALL: Final = row("CALL", "a:slot b:slot c:call", "a := call; frame at slot b, count and moved bits in c")
    CALL_NATIVE: Final = row(
        "CALL_NATIVE", "a:slot b:slot c:native", "a := builtin called with the arguments from slot b on"
    )
    FIND_METHOD: Final = row(
        "FIND_METHOD", "a:slot w:method", "callee of the frame at slot a := method of its first argument"
    )
    FIELD_CALLEE: Final = row(
        "FIELD_CALLEE",
        "a:slot b:slot c:field n:target",
        "callee of the frame at slot a := field c of struct b; go to the target if it has none",
    )
    CHECK_CALLBACK: Final = row(
        "CHECK_CALLBACK", "a:slot b:slot c:name", "error of builtin c unless a is an array, b a function"
    )
    RETURN: Final = row("RETURN", "a:slot", "leave the function with a")
    RETURN_SHARED: Final = row("RETURN_SHARED", "a:slot", "leave the function with a, which is held elsewhere too")
    RETURN_NULL: Final = row("RETURN_NULL", "", "leave the function with null")
    END_GENERATOR: Final = row("END_GENERATOR", "", "leave the generator; who resumed it gets no element")
    NEW_PROMISE: Final = row("NEW_PROMISE", "a:slot b:slot", "a := resolved promise of b")
    AWAIT: Final = row("AWAIT", "a:slot b:slot", "a := value of promise b, or b itself")
    THROW: Final = row("THROW", "a:slot", "raise a")
    UNWRAP: Final = row(
        "UNWRAP", "a:slot b:slot n:target", "a := value in Ok or Some b; go to the target for Err and None"
    )
    MATCH_VARIANT: Final = row(
        "MATCH_VARIANT", "a:slot b:slot c:count n:target", "b := payload if a is variant c, else go to the target"
    )
    MATCH_NAME: Final = row(
        "MATCH_NAME", "a:slot b:slot c:name n:target", "b := payload if a has this tag or text, else go to the target"
    )
    # loops
    ITERATE: Final = row("ITERATE", "a:slot b:slot", "slots a, a+1 := what to go through and how far we are")
    NEXT: Final = row("NEXT", "a:slot b:slot n:target", "b := next element; go to the target after the last")
    NEXT_SHARED: Final = row(
        "NEXT_SHARED", "a:slot b:slot n:target", "b := next element; go to the target after the last"
    )
    YIELD: Final = row("YIELD", "a:slot", "suspend this frame; a is the next element of who resumed it")
    RANGE: Final = row(
        "RANGE", "a:slot b:slot c:count", "slots a, a+1, a+2 := next, limit, step of range(c values from b on)"
    )
    NEXT_RANGE: Final = row("NEXT_RANGE", "a:slot b:slot n:target", "b := next number; go to the target after the last")


NO_SLOT: Final = 65535  # in MATCH_*: nothing is bound
REBIND: Final = 16  # bit in the kind of DECLARE_GLOBAL: an earlier binding is replaced without complaint
