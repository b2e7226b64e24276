"""`types.MappingProxyType`: a mapping that can be read only; `cls.__dict__` is one."""

from __future__ import annotations

from typing import final

from tracewright.core.value import Value
from tracewright.hints import immutable_fields
from tracewright_python import builtin_types as types
from tracewright_python.objects import PyObject, PyType


@final
@immutable_fields("mapping")
class PyMappingProxy(PyObject):
    """What shows a mapping."""

    def __init__(self, mapping: Value) -> None:
        self.mapping = mapping

    def type_of(self) -> PyType:
        return types.MAPPING_PROXY


def as_mapping_proxy(value: Value) -> PyMappingProxy | None:
    """The proxy, or None for anything else."""
    if value.is_object():
        thing = value.as_object()
        if isinstance(thing, PyMappingProxy):
            return thing
    return None
