"""The types of the language: what there is, and what derives from what. Their members are put in by `builtins/installation.py`.

They are made when the executable is built, and no program can change them.
"""

from __future__ import annotations

from typing import Final

from tracewright.core.arrays import array_of
from tracewright_python.objects import OBJECT, Layout, PyType, new_builtin_type

INT: Final = new_builtin_type("int", OBJECT, Layout.INT)
BOOL: Final = new_builtin_type("bool", INT)
FLOAT: Final = new_builtin_type("float", OBJECT, Layout.FLOAT)
COMPLEX: Final = new_builtin_type("complex", OBJECT)
STR: Final = new_builtin_type("str", OBJECT, Layout.STR)
BYTES: Final = new_builtin_type("bytes", OBJECT, Layout.BYTES)
BYTEARRAY: Final = new_builtin_type("bytearray", OBJECT)
TUPLE: Final = new_builtin_type("tuple", OBJECT, Layout.TUPLE)
LIST: Final = new_builtin_type("list", OBJECT, Layout.LIST)
DICT: Final = new_builtin_type("dict", OBJECT, Layout.DICT)
SET: Final = new_builtin_type("set", OBJECT, Layout.SET)
FROZENSET: Final = new_builtin_type("frozenset", OBJECT, Layout.FROZENSET)
RANGE: Final = new_builtin_type("range", OBJECT)
SLICE: Final = new_builtin_type("slice", OBJECT)
NONE_TYPE: Final = new_builtin_type("NoneType", OBJECT)
ELLIPSIS_TYPE: Final = new_builtin_type("ellipsis", OBJECT)
NOT_IMPLEMENTED_TYPE: Final = new_builtin_type("NotImplementedType", OBJECT)
FUNCTION: Final = new_builtin_type("function", OBJECT)
METHOD: Final = new_builtin_type("method", OBJECT)
BUILTIN: Final = new_builtin_type("builtin_function_or_method", OBJECT)
METHOD_DESCRIPTOR: Final = new_builtin_type("method_descriptor", OBJECT)
GETSET_DESCRIPTOR: Final = new_builtin_type("getset_descriptor", OBJECT)
MEMBER_DESCRIPTOR: Final = new_builtin_type("member_descriptor", OBJECT)
PROPERTY: Final = new_builtin_type("property", OBJECT, Layout.PROPERTY)
STATIC_METHOD: Final = new_builtin_type("staticmethod", OBJECT)
CLASS_METHOD: Final = new_builtin_type("classmethod", OBJECT)
SUPER: Final = new_builtin_type("super", OBJECT)
MODULE: Final = new_builtin_type("module", OBJECT, Layout.MODULE)
GENERATOR: Final = new_builtin_type("generator", OBJECT)
COROUTINE: Final = new_builtin_type("coroutine", OBJECT)
ASYNC_GENERATOR: Final = new_builtin_type("async_generator", OBJECT)
ASYNC_GENERATOR_SEND: Final = new_builtin_type("async_generator_asend", OBJECT)
ASYNC_GENERATOR_THROW: Final = new_builtin_type("async_generator_athrow", OBJECT)
COROUTINE_WRAPPER: Final = new_builtin_type("coroutine_wrapper", OBJECT)
CODE: Final = new_builtin_type("code", OBJECT)
CELL: Final = new_builtin_type("cell", OBJECT)
STREAM: Final = new_builtin_type("TextIOWrapper", OBJECT)
TRACEBACK: Final = new_builtin_type("traceback", OBJECT)
ENUMERATE: Final = new_builtin_type("enumerate", OBJECT)
ZIP: Final = new_builtin_type("zip", OBJECT)
MAP: Final = new_builtin_type("map", OBJECT)
FILTER: Final = new_builtin_type("filter", OBJECT)
REVERSED: Final = new_builtin_type("reversed", OBJECT)
LIST_REVERSED: Final = new_builtin_type("list_reverseiterator", OBJECT)
RANGE_ITERATOR: Final = new_builtin_type("range_iterator", OBJECT)
LIST_ITERATOR: Final = new_builtin_type("list_iterator", OBJECT)
TUPLE_ITERATOR: Final = new_builtin_type("tuple_iterator", OBJECT)
STR_ITERATOR: Final = new_builtin_type("str_iterator", OBJECT)
BYTES_ITERATOR: Final = new_builtin_type("bytes_iterator", OBJECT)
SET_ITERATOR: Final = new_builtin_type("set_iterator", OBJECT)
DICT_KEYS: Final = new_builtin_type("dict_keys", OBJECT)
DICT_VALUES: Final = new_builtin_type("dict_values", OBJECT)
DICT_ITEMS: Final = new_builtin_type("dict_items", OBJECT)
DICT_KEY_ITERATOR: Final = new_builtin_type("dict_keyiterator", OBJECT)
DICT_VALUE_ITERATOR: Final = new_builtin_type("dict_valueiterator", OBJECT)
DICT_ITEM_ITERATOR: Final = new_builtin_type("dict_itemiterator", OBJECT)
SEQUENCE_ITERATOR: Final = new_builtin_type("iterator", OBJECT)
CALLABLE_ITERATOR: Final = new_builtin_type("callable_iterator", OBJECT)

BASE_EXCEPTION: Final = new_builtin_type("BaseException", OBJECT, Layout.EXCEPTION)


def _exception(name: str, base: PyType) -> PyType:
    return new_builtin_type(name, base, Layout.EXCEPTION)


SYSTEM_EXIT: Final = _exception("SystemExit", BASE_EXCEPTION)
KEYBOARD_INTERRUPT: Final = _exception("KeyboardInterrupt", BASE_EXCEPTION)
GENERATOR_EXIT: Final = _exception("GeneratorExit", BASE_EXCEPTION)
EXCEPTION: Final = _exception("Exception", BASE_EXCEPTION)
BASE_EXCEPTION_GROUP: Final = _exception("BaseExceptionGroup", BASE_EXCEPTION)
EXCEPTION_GROUP: Final = PyType(
    "ExceptionGroup",
    array_of([BASE_EXCEPTION_GROUP, EXCEPTION]),
    [BASE_EXCEPTION_GROUP, EXCEPTION, BASE_EXCEPTION, OBJECT],
    Layout.EXCEPTION,
    None,
    True,
    True,
)
STOP_ITERATION: Final = _exception("StopIteration", EXCEPTION)
STOP_ASYNC_ITERATION: Final = _exception("StopAsyncIteration", EXCEPTION)
ARITHMETIC_ERROR: Final = _exception("ArithmeticError", EXCEPTION)
FLOATING_POINT_ERROR: Final = _exception("FloatingPointError", ARITHMETIC_ERROR)
OVERFLOW_ERROR: Final = _exception("OverflowError", ARITHMETIC_ERROR)
ZERO_DIVISION_ERROR: Final = _exception("ZeroDivisionError", ARITHMETIC_ERROR)
ASSERTION_ERROR: Final = _exception("AssertionError", EXCEPTION)
ATTRIBUTE_ERROR: Final = _exception("AttributeError", EXCEPTION)
BUFFER_ERROR: Final = _exception("BufferError", EXCEPTION)
EOF_ERROR: Final = _exception("EOFError", EXCEPTION)
IMPORT_ERROR: Final = _exception("ImportError", EXCEPTION)
MODULE_NOT_FOUND_ERROR: Final = _exception("ModuleNotFoundError", IMPORT_ERROR)
LOOKUP_ERROR: Final = _exception("LookupError", EXCEPTION)
INDEX_ERROR: Final = _exception("IndexError", LOOKUP_ERROR)
KEY_ERROR: Final = _exception("KeyError", LOOKUP_ERROR)
MEMORY_ERROR: Final = _exception("MemoryError", EXCEPTION)
NAME_ERROR: Final = _exception("NameError", EXCEPTION)
UNBOUND_LOCAL_ERROR: Final = _exception("UnboundLocalError", NAME_ERROR)
OS_ERROR: Final = _exception("OSError", EXCEPTION)
BLOCKING_IO_ERROR: Final = _exception("BlockingIOError", OS_ERROR)
CHILD_PROCESS_ERROR: Final = _exception("ChildProcessError", OS_ERROR)
CONNECTION_ERROR: Final = _exception("ConnectionError", OS_ERROR)
BROKEN_PIPE_ERROR: Final = _exception("BrokenPipeError", CONNECTION_ERROR)
FILE_EXISTS_ERROR: Final = _exception("FileExistsError", OS_ERROR)
FILE_NOT_FOUND_ERROR: Final = _exception("FileNotFoundError", OS_ERROR)
INTERRUPTED_ERROR: Final = _exception("InterruptedError", OS_ERROR)
IS_A_DIRECTORY_ERROR: Final = _exception("IsADirectoryError", OS_ERROR)
NOT_A_DIRECTORY_ERROR: Final = _exception("NotADirectoryError", OS_ERROR)
PERMISSION_ERROR: Final = _exception("PermissionError", OS_ERROR)
TIMEOUT_ERROR: Final = _exception("TimeoutError", OS_ERROR)
REFERENCE_ERROR: Final = _exception("ReferenceError", EXCEPTION)
RUNTIME_ERROR: Final = _exception("RuntimeError", EXCEPTION)
NOT_IMPLEMENTED_ERROR: Final = _exception("NotImplementedError", RUNTIME_ERROR)
RECURSION_ERROR: Final = _exception("RecursionError", RUNTIME_ERROR)
SYNTAX_ERROR: Final = _exception("SyntaxError", EXCEPTION)
INDENTATION_ERROR: Final = _exception("IndentationError", SYNTAX_ERROR)
TAB_ERROR: Final = _exception("TabError", INDENTATION_ERROR)
SYSTEM_ERROR: Final = _exception("SystemError", EXCEPTION)
TYPE_ERROR: Final = _exception("TypeError", EXCEPTION)
VALUE_ERROR: Final = _exception("ValueError", EXCEPTION)
UNICODE_ERROR: Final = _exception("UnicodeError", VALUE_ERROR)
UNICODE_DECODE_ERROR: Final = _exception("UnicodeDecodeError", UNICODE_ERROR)
UNICODE_ENCODE_ERROR: Final = _exception("UnicodeEncodeError", UNICODE_ERROR)
WARNING: Final = _exception("Warning", EXCEPTION)
DEPRECATION_WARNING: Final = _exception("DeprecationWarning", WARNING)
FUTURE_WARNING: Final = _exception("FutureWarning", WARNING)
RUNTIME_WARNING: Final = _exception("RuntimeWarning", WARNING)
SYNTAX_WARNING: Final = _exception("SyntaxWarning", WARNING)
USER_WARNING: Final = _exception("UserWarning", WARNING)

EXCEPTION_TYPES: Final[list[PyType]] = [
    kind for kind in vars().values() if isinstance(kind, PyType) and BASE_EXCEPTION in list(kind.mro)
]
"""Those that programs find by name."""
