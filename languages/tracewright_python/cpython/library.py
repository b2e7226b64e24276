"""What the engine uses of CPython's own C interface (its documentation: Python/C API Reference Manual)."""

from __future__ import annotations

from typing import Final

from tracewright.core.foreign import CAddress, CData, CDouble, CInt, CLong, CText, CWords, Library
from tracewright.core.foreign_headers import Header

VERSIONS: Final = ("3.11", "3.12", "3.13", "3.10", "3.9")
CPYTHON: Final = Library(
    [f"libpython{version}.so.1.0" for version in VERSIONS], package="libpython3.11", has_plugins=True
)
_TYPES: Final = (
    "typedef struct _object PyObject; typedef struct PyMethodDef PyMethodDef; typedef struct _typeobject PyTypeObject;"
)
PYTHON_H: Final = Header("python3.11/Python.h", CPYTHON, types=_TYPES)

METHOD: Final = PYTHON_H.record(
    "PyMethodDef", {"ml_name": "const char *", "ml_meth": "void *", "ml_flags": "int", "ml_doc": "const char *"}
)
METHOD_SIZE: Final = METHOD.size
METHOD_NAME: Final = METHOD.offsets["ml_name"]
METHOD_FUNCTION: Final = METHOD.offsets["ml_meth"]
METHOD_FLAGS: Final = METHOD.offsets["ml_flags"]
METH_VARARGS: Final = PYTHON_H.constant("METH_VARARGS", 1)
OBJECT: Final = PYTHON_H.record("PyObject", {"ob_refcnt": "long", "ob_type": "void *"})
TYPE_OFFSET: Final = OBJECT.offsets["ob_type"]


@PYTHON_H.function("void Py_InitializeEx(int)")
def initialize(signals: CInt) -> None:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyImport_ImportModule(const char *)")
def import_module(name: CText) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("void PyErr_Print(void)")
def print_error() -> None:
    raise NotImplementedError


@PYTHON_H.function("void PyErr_Fetch(PyObject **, PyObject **, PyObject **)")
def take_error(kind: CWords, value: CWords, traceback: CWords) -> None:
    """Gives references."""
    raise NotImplementedError


@PYTHON_H.function("void PyErr_NormalizeException(PyObject **, PyObject **, PyObject **)")
def normalize_error(kind: CWords, value: CWords, traceback: CWords) -> None:
    """Makes `value` an object of the class."""
    raise NotImplementedError


@PYTHON_H.function("void PyErr_Clear(void)")
def clear_error() -> None:
    raise NotImplementedError


@PYTHON_H.function("void Py_IncRef(PyObject *)")
def take_reference(thing: CAddress) -> None:
    raise NotImplementedError


@PYTHON_H.function("void Py_DecRef(PyObject *)")
def give_reference(thing: CAddress) -> None:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyObject_GetAttrString(PyObject *, const char *)")
def get_attribute(thing: CAddress, name: CText) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyObject_Call(PyObject *, PyObject *, PyObject *)")
def call_object(function: CAddress, arguments: CAddress, keywords: CAddress) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyCMethod_New(PyMethodDef *, PyObject *, PyObject *, PyTypeObject *)")
def new_function(method: CAddress, bound: CAddress, module: CAddress, kind: CAddress) -> CAddress:
    raise NotImplementedError


# --- containers ------------------------------------------------------------------------------------------------------
@PYTHON_H.function("PyObject *PyTuple_New(long)")
def new_tuple(count: CLong) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("int PyTuple_SetItem(PyObject *, long, PyObject *)")
def set_tuple_item(thing: CAddress, index: CLong, item: CAddress) -> CInt:
    """Takes the reference to the item over."""
    raise NotImplementedError


@PYTHON_H.function("long PyTuple_Size(PyObject *)")
def tuple_size(thing: CAddress) -> CLong:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyTuple_GetItem(PyObject *, long)")
def tuple_item(thing: CAddress, index: CLong) -> CAddress:
    """Gives no reference."""
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyList_New(long)")
def new_list(count: CLong) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("int PyList_SetItem(PyObject *, long, PyObject *)")
def set_list_item(thing: CAddress, index: CLong, item: CAddress) -> CInt:
    """Takes the reference to the item over."""
    raise NotImplementedError


@PYTHON_H.function("long PyList_Size(PyObject *)")
def list_size(thing: CAddress) -> CLong:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyList_GetItem(PyObject *, long)")
def list_item(thing: CAddress, index: CLong) -> CAddress:
    """Gives no reference."""
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyDict_New(void)")
def new_dict() -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("int PyDict_SetItem(PyObject *, PyObject *, PyObject *)")
def set_dict_item(thing: CAddress, key: CAddress, value: CAddress) -> CInt:
    raise NotImplementedError


@PYTHON_H.function("int PyDict_SetItemString(PyObject *, const char *, PyObject *)")
def set_named_item(thing: CAddress, name: CText, value: CAddress) -> CInt:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyDict_GetItemString(PyObject *, const char *)")
def named_item(thing: CAddress, name: CText) -> CAddress:
    """Gives no reference."""
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyDict_Items(PyObject *)")
def dict_items(thing: CAddress) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PySequence_List(PyObject *)")
def list_from(thing: CAddress) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PySlice_New(PyObject *, PyObject *, PyObject *)")
def new_slice(start: CAddress, stop: CAddress, step: CAddress) -> CAddress:
    raise NotImplementedError


# --- numbers and texts -----------------------------------------------------------------------------------------------
@PYTHON_H.function("PyObject *PyLong_FromLong(long)")
def new_int(number: CLong) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyLong_FromString(const char *, char **, int)")
def int_from_text(text: CText, end: CAddress, base: CInt) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("long PyLong_AsLongAndOverflow(PyObject *, int *)")
def int_word(thing: CAddress, overflow: CWords) -> CLong:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyNumber_ToBase(PyObject *, int)")
def int_text(thing: CAddress, base: CInt) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyFloat_FromDouble(double)")
def new_float(number: CDouble) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("double PyFloat_AsDouble(PyObject *)")
def float_number(thing: CAddress) -> CDouble:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyComplex_FromDoubles(double, double)")
def new_complex(real: CDouble, imaginary: CDouble) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("double PyComplex_RealAsDouble(PyObject *)")
def real_part(thing: CAddress) -> CDouble:
    raise NotImplementedError


@PYTHON_H.function("double PyComplex_ImagAsDouble(PyObject *)")
def imaginary_part(thing: CAddress) -> CDouble:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyUnicode_DecodeUTF8(const char *, long, const char *)")
def new_text(data: CData, count: CLong, errors: CText) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyUnicode_AsEncodedString(PyObject *, const char *, const char *)")
def encoded_text(thing: CAddress, encoding: CText, errors: CText) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("PyObject *PyBytes_FromStringAndSize(const char *, long)")
def new_bytes(data: CData, count: CLong) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("char *PyBytes_AsString(PyObject *)")
def bytes_address(thing: CAddress) -> CAddress:
    raise NotImplementedError


@PYTHON_H.function("long PyBytes_Size(PyObject *)")
def bytes_size(thing: CAddress) -> CLong:
    raise NotImplementedError
