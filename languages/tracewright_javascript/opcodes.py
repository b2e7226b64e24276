"""The operations of the bytecode: one row each. a, b, c are offsets in the frame; `wide` is b and c together."""

from typing import Final


class GlobalKind:
    """How a script declares a name at its top."""

    VAR: Final = 0
    FUNCTION: Final = 1
    LEXICAL: Final = 2
    CONSTANT: Final = 3
    DELETABLE: Final = 8  # with VAR and FUNCTION: an `eval` declares it


class Op:
    """`constants` are those of the function; a site is a constant, too."""

    MOVE: Final = 0  # a := b
    CONSTANT: Final = 1  # a := constants[wide]
    CAPTURED: Final = 2  # a := captured value wide of the function that runs
    NEW_CELL: Final = 3  # a := a cell with b in it
    LOAD_CELL: Final = 4  # a := what the cell b holds
    STORE_CELL: Final = 5  # the cell b := a
    CHECK: Final = 6  # ReferenceError if a is not initialized; its name is constants[wide]
    LOAD_GLOBAL: Final = 7  # a := the global constants[wide]; ReferenceError where there is none
    STORE_GLOBAL: Final = 8  # that global := a
    INITIALIZE_GLOBAL: Final = 9  # the declaration of that global gives it the value a
    TYPEOF_GLOBAL: Final = 10  # a := `typeof` that global, which may not exist
    ADD: Final = 11  # a := b + c; the following likewise
    SUBTRACT: Final = 12
    MULTIPLY: Final = 13
    DIVIDE: Final = 14
    REMAINDER: Final = 15
    POWER: Final = 16
    BITWISE_AND: Final = 17
    BITWISE_OR: Final = 18
    BITWISE_XOR: Final = 19
    SHIFT_LEFT: Final = 20
    SHIFT_RIGHT: Final = 21
    SHIFT_RIGHT_UNSIGNED: Final = 22
    LESS: Final = 23
    LESS_EQUAL: Final = 24
    GREATER: Final = 25
    GREATER_EQUAL: Final = 26
    EQUAL: Final = 27
    NOT_EQUAL: Final = 28
    SAME: Final = 29
    NOT_SAME: Final = 30
    IN: Final = 31
    INSTANCEOF: Final = 32
    NEGATE: Final = 33  # a := -b
    TO_NUMBER: Final = 34
    NOT: Final = 35
    BITWISE_NOT: Final = 36
    TYPEOF: Final = 37
    INCREMENT: Final = 38  # a := b + 1, of a number
    DECREMENT: Final = 39
    TO_STRING: Final = 40
    JUMP: Final = 41  # to wide
    REPEAT: Final = 42  # back to wide
    JUMP_IF_FALSE: Final = 43  # to wide, if a is falsy
    JUMP_IF_TRUE: Final = 44
    JUMP_IF_NULLISH: Final = 45
    JUMP_IF_NOT_NULLISH: Final = 46
    JUMP_IF_DEFINED: Final = 47  # to wide, if a is not undefined
    GET: Final = 48  # a := b.name, at the site constants[c]
    SET: Final = 49  # a.name := b
    GET_INDEX: Final = 50  # a := b[c]
    SET_INDEX: Final = 51  # a[b] := c
    DELETE: Final = 52  # a := delete b[c]
    NEW_OBJECT: Final = 53  # a := {}, which is to get b properties; 0 says that nobody knows
    NEW_ARRAY: Final = 54  # a := the array of c values from b on
    DEFINE: Final = 55  # the new property a.name := b
    CLOSURE: Final = 56  # a := the function constants[wide]
    CALL: Final = 57  # the function in the frame that begins at a, with wide arguments; the result comes to a
    NEW: Final = 58  # the same behind `new`
    RETURN: Final = 59  # a
    THROW: Final = 60  # a
    ARGUMENTS: Final = 61  # a := the arguments object; if b is 1, parameters are cells that it shares
    REST: Final = 62  # a := an array of the arguments from number wide on
    SLOPPY_THIS: Final = 63  # `this` of sloppy code is an object
    KEYS: Final = 64  # a := an iterator of the names that `for (... in b)` visits
    ITERATE: Final = 65  # a := an iterator of b
    NEXT: Final = (
        66  # a := what the iterator b says; if that is its next value, UNPACK, which comes next, is passed over
    )
    FAIL: Final = 67  # TypeError with the message constants[wide]
    COLLECT: Final = 68  # a := an array of what is left of the iterator b
    STEP: Final = 69  # the same in destructuring, with UNPACK_STEP; an iterator at its end says undefined
    REQUIRE_OBJECT: Final = 70  # TypeError if a, which is taken apart, is undefined or null
    OBJECT_REST: Final = 71  # a := a copy of b without the c properties whose keys stand from a + 1 on
    APPEND: Final = 72  # the array a gets b as one more element
    APPEND_ALL: Final = 73  # the array a gets all that the iterable b has
    CLASS: Final = 74  # a := the constructor with the code constants[wide]
    SET_HOME: Final = 75  # the function a is a method of b
    SET_NAME: Final = 76  # the function a gets the key b as its name, behind "get " if c is 1, "set " if it is 2
    SET_FIELDS: Final = 77  # b gives instances of the class a their fields
    FIELDS: Final = 78  # a := what SET_FIELDS gave the class b, or undefined
    SUPER_GET: Final = 79  # a := super.name, at the site constants[c]; the function is b, `this` b + 1
    SUPER: Final = 80  # as NEW; the frame has the constructor and `new.target` already
    SUPER_ALL: Final = 81  # a call of the parent's constructor with all arguments of the frame that runs
    BIND_THIS: Final = 82  # `this` := a, once
    CHECK_THIS: Final = 83  # ReferenceError if a, which is `this`, is not there yet
    CHECK_GLOBAL: Final = (
        84  # SyntaxError or TypeError if the script cannot declare the name constants[wide]; a is a GlobalKind
    )
    DECLARE_GLOBAL: Final = 85  # declare it
    DEFINE_COMPUTED: Final = 86  # the new property a[b] := c
    DEFINE_METHOD: Final = 87  # the same, not enumerable: in a class
    DEFINE_GETTER: Final = 88  # the property a[b] gets the getter c
    DEFINE_SETTER: Final = 89  # the property a[b] gets the setter c
    HIDE: Final = 90  # the property a[b] is not enumerable
    TO_KEY: Final = 91  # a := b as the key of a property: a string, a symbol, or an index
    SET_PROTOTYPE: Final = 92  # a gets the prototype b, if that is an object or null
    COPY_PROPERTIES: Final = 93  # a gets the own enumerable properties of b
    SUPER_GET_INDEX: Final = 94  # a := super[c]; the function is b, `this` b + 1
    SUPER_SET: Final = 95  # super[a] := c; the function is b, `this` b + 1
    UNPACK: Final = 96  # a := the value in the iterator result a; at the end to the next word
    UNPACK_STEP: Final = 97  # a := the value in the iterator result a of the iterator b, undefined at the end
    CLOSE: Final = 98  # close the iterator a, unless it is at its end
    CLOSE_AFTER_ERROR: Final = 99  # the same; errors of closing are not seen
    APPEND_HOLE: Final = 100  # the array a gets a hole
    CALL_SPREAD: Final = 101  # as CALL, with the elements of the array b as arguments
    NEW_SPREAD: Final = 102
    SUPER_SPREAD: Final = 103
    START_GENERATOR: Final = 104  # make the generator of this call, and return it
    START_ASYNC: Final = 105  # make the promise of this call of an async function
    YIELD: Final = 106  # stop, and hand out a; as it is, if b is 1: it is a result object already
    GENERATOR_RETURN: Final = 107  # a
    AWAIT: Final = 108  # stop until a is settled
    ASYNC_RETURN: Final = 109  # a
    ASYNC_YIELD: Final = 110  # stop, and hand out a
    ASYNC_GENERATOR_RETURN: Final = 111  # a
    RECEIVE: Final = (
        112  # a := what the frame was resumed with: throw it, or go to the next word if it is to be returned
    )
    RECEIVE_ANY: Final = 113  # a := what the frame was resumed with, b := how
    DELEGATE: Final = (
        114  # a := what the iterator b says to b + 1, asked as b + 2 tells; to the next word if b + 1 is to be returned
    )
    DELEGATE_TEST: Final = 115  # if the result a is the last, a := its value, and to the next word; else too, if c is 1
    ITERATE_ASYNC: Final = 116  # a := an async iterator of b
    NEXT_ASYNC: Final = 117  # a := what `next` of the async iterator b returns
    CLOSE_ASYNC: Final = 118  # a := what `return` of the async iterator b returns, EMPTY without one
    REQUIRE_RESULT: Final = 119  # TypeError if a is neither an object nor EMPTY
    NEW_PRIVATE: Final = 120  # a := the key of a private name, constants[wide]
    GET_PRIVATE: Final = 121  # a := b.#c
    SET_PRIVATE: Final = 122  # a.#b := c
    HAS_PRIVATE: Final = 123  # a := #b in c
    ADD_PRIVATE: Final = 124  # the new private field a.#b := c
    ADD_PRIVATE_METHOD: Final = 125  # the new private method a.#b := c; the following likewise
    ADD_PRIVATE_GETTER: Final = 126
    ADD_PRIVATE_SETTER: Final = 127
    TEMPLATE_OBJECT: Final = 128  # a := the template object of the site constants[wide]
    ITERATE_OBJECT: Final = 129  # a := an iterator of b that has an object, also of an array
    JUMP_IF_EMPTY: Final = 130  # to wide, if a is EMPTY
    REST_OF_ARGUMENTS: Final = 131  # a := an array of the elements of the arguments object b from number c on
    PARENT: Final = 132  # a := the constructor that `super(...)` calls in the constructor b
    CHECK_NO_THIS: Final = 133  # ReferenceError if a, which is `this`, is there already
    IMPORT_CALL: Final = 134  # a := the promise of `import(b, c)`
    IMPORT_META: Final = 135  # a := `import.meta`
    SCOPE_HAS: Final = 136  # a := whether the scope object b has the name c
    SCOPE_GET: Final = 137  # a := the variable c of the scope object b
    SCOPE_SET: Final = 138  # the variable b of the scope object a := c
    SCOPE_THIS: Final = 139  # a := b, if that is the object of a `with`
    LOAD_GLOBAL_OR_UNDEFINED: Final = 140  # a := the global constants[wide], undefined where there is none
    DELETE_GLOBAL: Final = 141  # a := whether the global b could be deleted
    NEW_VARIABLES: Final = 142  # a := an object for the variables that a direct `eval` adds
    TO_OBJECT: Final = 143  # a := b as an object
    DIRECT_EVAL: Final = 144  # a := the result of the call at a, a direct eval with the array b; words with a site and the number of arguments
    DECLARE_ADDED: Final = 145  # the variables a of an `eval` have the name b
    FAIL_REFERENCE: Final = 146  # ReferenceError with the message constants[wide]
    KEY_OF: Final = 147  # a := c as the key of a property of b, which must be neither undefined nor null
    SPREAD: Final = 148  # a := an array with all that the iterable b has; it is only read
    TO_NUMERIC: Final = 149  # a := b as a number or BigInt
    GET_IF_PRESENT: Final = 150  # a := the element c of the object b, EMPTY where it has none
    CREATE_ITEM: Final = 151  # the object a gets the element b := c
    JUMP_LESS: Final = (
        152  # to the next word, if `a < b` is true and c is 1, or is false and c is 0; the following likewise
    )
    JUMP_LESS_EQUAL: Final = 153
    JUMP_GREATER: Final = 154
    JUMP_GREATER_EQUAL: Final = 155
    JUMP_EQUAL: Final = 156
    JUMP_SAME: Final = 157
    DERIVED_CLASS: Final = 158  # as CLASS; a is the parent before
    ADD_CONSTANT: Final = 159  # a := b + constants[c]; the following likewise
    SUBTRACT_CONSTANT: Final = 160
    MULTIPLY_CONSTANT: Final = 161
    DIVIDE_CONSTANT: Final = 162
    REMAINDER_CONSTANT: Final = 163
    BITWISE_AND_CONSTANT: Final = 164
    BITWISE_OR_CONSTANT: Final = 165
    BITWISE_XOR_CONSTANT: Final = 166
    SHIFT_LEFT_CONSTANT: Final = 167
    SHIFT_RIGHT_CONSTANT: Final = 168
    SHIFT_RIGHT_UNSIGNED_CONSTANT: Final = 169
    GET_INDEX_CONSTANT: Final = 170  # a := b[constants[c]]
    JUMP_LESS_CONSTANT: Final = 171  # as JUMP_LESS, with constants[b]; the following likewise
    JUMP_LESS_EQUAL_CONSTANT: Final = 172
    JUMP_GREATER_CONSTANT: Final = 173
    JUMP_GREATER_EQUAL_CONSTANT: Final = 174
    JUMP_EQUAL_CONSTANT: Final = 175
    JUMP_SAME_CONSTANT: Final = 176
    CALL_FUNCTION: Final = 177  # as CALL, of a function that is called without `this`
    TO_PIECE: Final = 178  # a := b as a template has it: a string, or a number of digits only
    TO_OPERAND_PIECE: Final = 179  # the same, as `+` beside a text has it
    CONCATENATE: Final = 180  # a := the string of the c pieces from b on
    NEW_NUMBERS: Final = 181  # as NEW_ARRAY, of what are numbers
    MOVE_ROW: Final = 182  # the c slots from a on := those from b on
    GET_METHOD: Final = 183  # as GET, and a + 1 := b: what a call of a variable's method begins with
    GET_LENGTH: Final = 184  # as GET; the name is `length`
    REPEAT_LESS: Final = 185  # back to the next word, if a < b
    REPEAT_LESS_CONSTANT: Final = 186  # the same with constants[b]
    JUMP_SAME_TEXT: Final = 187  # as JUMP_SAME_CONSTANT, with a string that is interned


# What an operation of two slots is called whose second operand is a constant.
WITH_CONSTANT: Final[dict[int, int]] = {
    Op.ADD: Op.ADD_CONSTANT,
    Op.SUBTRACT: Op.SUBTRACT_CONSTANT,
    Op.MULTIPLY: Op.MULTIPLY_CONSTANT,
    Op.DIVIDE: Op.DIVIDE_CONSTANT,
    Op.REMAINDER: Op.REMAINDER_CONSTANT,
    Op.BITWISE_AND: Op.BITWISE_AND_CONSTANT,
    Op.BITWISE_OR: Op.BITWISE_OR_CONSTANT,
    Op.BITWISE_XOR: Op.BITWISE_XOR_CONSTANT,
    Op.SHIFT_LEFT: Op.SHIFT_LEFT_CONSTANT,
    Op.SHIFT_RIGHT: Op.SHIFT_RIGHT_CONSTANT,
    Op.SHIFT_RIGHT_UNSIGNED: Op.SHIFT_RIGHT_UNSIGNED_CONSTANT,
    Op.GET_INDEX: Op.GET_INDEX_CONSTANT,
    Op.JUMP_LESS: Op.JUMP_LESS_CONSTANT,
    Op.JUMP_LESS_EQUAL: Op.JUMP_LESS_EQUAL_CONSTANT,
    Op.JUMP_GREATER: Op.JUMP_GREATER_CONSTANT,
    Op.JUMP_GREATER_EQUAL: Op.JUMP_GREATER_EQUAL_CONSTANT,
    Op.JUMP_EQUAL: Op.JUMP_EQUAL_CONSTANT,
    Op.JUMP_SAME: Op.JUMP_SAME_CONSTANT,
    Op.REPEAT_LESS: Op.REPEAT_LESS_CONSTANT,
}
