"""The operations of the bytecode: one row each. a, b, c are offsets in the frame; `wide` is b and c together.

A *block* is where a call is prepared: the callable at FIRST, the arguments behind it; the frame of a function begins there or one slot
higher, so that its arguments stand where it wants them (`calls.py`).
"""

from typing import Final


class Op:
    """`constants` are those of the function; a site is a constant, too."""

    MOVE: Final = 0  # a := b
    CONSTANT: Final = 1  # a := constants[wide]
    CLEAR: Final = 2  # b variables from a on are unbound
    CHECK: Final = 3  # UnboundLocalError if a is unbound; its name is constants[wide]
    CAPTURED: Final = 4  # a := captured value wide of the function that runs
    NEW_CELL: Final = 5  # a := a cell with b in it
    EMPTY_CELL: Final = 6  # a := an empty cell
    LOAD_CELL: Final = 7  # a := what the cell b holds; NameError with the name constants[c] if it is empty
    STORE_CELL: Final = 8  # the cell b := a
    DELETE_CELL: Final = 9  # the cell b is emptied; NameError with the name constants[c] if it is
    LOAD_GLOBAL: Final = 10  # a := the global constants[wide]; NameError where there is none
    STORE_GLOBAL: Final = 11  # that global := a
    DELETE_GLOBAL: Final = 12  # that global is deleted
    LOAD_NAME: Final = 13  # a := the name constants[c] of the class whose namespace is b, UNDEFINED where it has none
    STORE_NAME: Final = 14  # that name of the class := a
    DELETE_NAME: Final = 15  # that name of the class is deleted
    JUMP: Final = 16  # to wide
    REPEAT: Final = 17  # back to wide
    JUMP_IF_FALSE: Final = 18  # to wide, if a is falsy
    JUMP_IF_TRUE: Final = 19  # to wide, if a is truthy
    JUMP_IF_BOUND: Final = 20  # to wide, if a is not UNDEFINED
    ADD: Final = 21  # a := b + c; the next ones likewise, in the order of syntax.BinaryOperator
    SUBTRACT: Final = 22
    MULTIPLY: Final = 23
    MATRIX_MULTIPLY: Final = 24
    DIVIDE: Final = 25
    MODULO: Final = 26
    POWER: Final = 27
    LEFT_SHIFT: Final = 28
    RIGHT_SHIFT: Final = 29
    BITWISE_OR: Final = 30
    BITWISE_XOR: Final = 31
    BITWISE_AND: Final = 32
    FLOOR_DIVIDE: Final = 33
    ADD_IN_PLACE: Final = 34  # a := what `b += c` gives b; the next ones likewise
    SUBTRACT_IN_PLACE: Final = 35
    MULTIPLY_IN_PLACE: Final = 36
    MATRIX_MULTIPLY_IN_PLACE: Final = 37
    DIVIDE_IN_PLACE: Final = 38
    MODULO_IN_PLACE: Final = 39
    POWER_IN_PLACE: Final = 40
    LEFT_SHIFT_IN_PLACE: Final = 41
    RIGHT_SHIFT_IN_PLACE: Final = 42
    BITWISE_OR_IN_PLACE: Final = 43
    BITWISE_XOR_IN_PLACE: Final = 44
    BITWISE_AND_IN_PLACE: Final = 45
    FLOOR_DIVIDE_IN_PLACE: Final = 46
    EQUAL: Final = 47  # a := b == c; the next ones likewise, in the order of syntax.Comparison
    NOT_EQUAL: Final = 48
    LESS: Final = 49
    LESS_EQUAL: Final = 50
    GREATER: Final = 51
    GREATER_EQUAL: Final = 52
    IS: Final = 53
    IS_NOT: Final = 54
    IN: Final = 55
    NOT_IN: Final = 56
    INVERT: Final = 57  # a := ~b
    NOT: Final = 58  # a := not b
    POSITIVE: Final = 59  # a := +b
    NEGATE: Final = 60  # a := -b
    ADD_SMALL: Final = 61  # a := b + the number c
    GET: Final = 62  # a := b.name, at the site constants[c]
    SET: Final = 63  # a.name := b
    DELETE_ATTRIBUTE: Final = 64  # del a.name
    GET_ITEM: Final = 65  # a := b[c]
    SET_ITEM: Final = 66  # a[b] := c
    DELETE_ITEM: Final = 67  # del a[b]
    LIST: Final = 68  # a := the list of c values from b on
    TUPLE: Final = 69  # a := the tuple of them
    SET_DISPLAY: Final = 70  # a := the set of them
    DICT: Final = 71  # a := the dict of c pairs of a key and a value from b on
    SLICE: Final = 72  # a := slice(b, b + 1, b + 2)
    JOIN: Final = 73  # a := the text of the c texts from b on
    CONVERT: Final = 74  # a := `str`, `repr` or `ascii` of b, as the code c says
    FORMAT: Final = 75  # a := format(b, c), without a specification if c is 0
    LIST_APPEND: Final = 76  # the list a gets b
    LIST_EXTEND: Final = (
        77  # the list a gets all that the iterable b has; c is the callable that it is an argument of, or 0
    )
    SET_ADD: Final = 78  # the set a gets b
    SET_UPDATE: Final = 79  # the set a gets all that the iterable b has
    DICT_ADD: Final = 80  # the dict a gets the key b with the value c
    DICT_UPDATE: Final = 81  # the dict a gets all that the mapping b has
    DICT_MERGE: Final = (
        82  # the same for keyword arguments of the call whose callable is c: TypeError if there is one already
    )
    TUPLE_OF_LIST: Final = 83  # a := the tuple of the elements of the list b
    FUNCTION: Final = 84  # a := the function constants[wide]
    SET_DEFAULTS: Final = 85  # the function a has the defaults in the tuple b
    SET_KEYWORD_DEFAULTS: Final = 86  # the function a has the keyword-only defaults in the tuple b
    SET_ANNOTATIONS: Final = 87  # the function a has the annotations b
    CALL: Final = 88  # a := the call of the block that begins at b with c arguments
    CALL_SHAPED: Final = 89  # the same, with arguments of the shape constants[c]
    LOAD_METHOD: Final = 90  # prepare the block that begins at a for a call of b.name, at the site constants[c]
    CALL_METHOD: Final = 91  # as CALL, of a block that LOAD_METHOD has prepared
    CALL_METHOD_SHAPED: Final = 92  # as CALL_SHAPED, of such a block
    CALL_SPREAD: Final = 93  # as CALL, with the arguments in the list and the dict (or None) behind the callable
    RETURN: Final = 94  # a
    RETURN_GENERATOR: Final = 95  # a, which the generator that runs returns
    YIELD: Final = 96  # hand out b, in `yield from` what the iterator c gave; a := what is sent. Where AFTER holds an exception, `throw` comes back here to raise it
    ITERATE: Final = 97  # a := iter(b)
    NEXT: Final = 98  # a := the next value of the iterator b; at its end to the next word
    SEND: Final = (
        99  # a := what the iterator b yields when a is sent to it; at its end, with its value in a, to the next word
    )
    DELEGATE: Final = 100  # a := the iterator of `yield from b`
    AWAITABLE: Final = 101  # a := the iterator of `await b`; c says who awaits (`Awaited`)
    THROW_INTO: Final = 102  # a := what the iterator b yields when the exception c is thrown into it; at its end, with its value in a, to the next word
    UNPACK: Final = 103  # c values from a on := the items of b
    UNPACK_STARRED: Final = 104  # the same with a list in the middle: c targets before it, the next word behind it
    RAISE: Final = 105  # a
    RAISE_FROM: Final = 106  # a from b
    RERAISE: Final = 107  # a, which goes on with the traceback that it has
    RERAISE_HANDLED: Final = 108  # the exception that is handled
    HANDLE: Final = 109  # the exception a is handled now; b := the one that was before
    UNHANDLE: Final = 110  # the exception a is handled again
    MATCH_EXCEPTION: Final = 111  # a := whether the exception b is of the class, or of one of those in the tuple, c
    LOAD_SPECIAL: Final = 112  # prepare the block that begins at a for a call of the special method number c of b
    EXIT_ARGUMENTS: Final = 113  # the three values from a on := what `__exit__` gets for the exception b
    CLASS: Final = 114  # a := the class of the block that begins at b: body, name, bases, keywords
    SUPER_ARGUMENT: Final = 115  # a := the first argument of the function that runs
    IMPORT: Final = 116  # a := the module constants[c] of an import statement whose level and names are in the block b
    IMPORT_FROM: Final = 117  # a := the name constants[c] of the module b
    IMPORT_STAR: Final = 118  # all public names of the module a become names of the module that runs
    MATCH_SEQUENCE: Final = 119  # a := whether b is a sequence as `match` means it
    MATCH_MAPPING: Final = 120  # a := whether b is a mapping
    MATCH_LENGTH: Final = 121  # a := the length of b
    MATCH_KEYS: Final = 122  # a := the tuple of the values in the mapping b under the keys of the tuple c, or None
    MATCH_CLASS: Final = 123  # a := the tuple of attributes that a class pattern takes out of the block b, or None
    MATCH_REST: Final = 124  # a := the mapping b as a dict without the keys of the tuple c
    PRINT: Final = 125  # a, as the prompt does
    SUBTRACT_SMALL: Final = 126  # a := b - the number c
    ADD_SMALL_IN_PLACE: Final = 127  # a := what `b += c` gives b, of the number c
    SUBTRACT_SMALL_IN_PLACE: Final = 128
    YIELD_ASYNC: Final = 129  # as YIELD, of an asynchronous generator: who awaits its next value gets b
    MATCH_GROUP: Final = (
        130  # a := the part of the exception b that is of the class c, or UNDEFINED; a + 1 := the rest, or None
    )
    GROUP_RESULT: Final = (
        131  # a := what `except*` raises: of the exception b, with what the handlers raised in the list c; or UNDEFINED
    )
    RAISE_THROWN: Final = (
        132  # what `throw` has brought to the YIELD before, if it has; behind the HANDLEs of that YIELD
    )
    ASYNC_NEXT: Final = 133  # a := what `b.__anext__()` gives, and to the next word, where b is an asynchronous generator of the language; else on
    LIST_OF_NUMBERS: Final = 134  # as LIST, of what are numbers as it seems
