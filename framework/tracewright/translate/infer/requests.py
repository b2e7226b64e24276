"""What a function asks of the translator while it is translated: noted, so that a kept translation can ask the same again."""

from __future__ import annotations

from typing import Final

# The kind, what it is about, and what more there is to say.
Request = tuple[str, object, object]

GRAPH: Final = "graph"  # a FunctionGraph, and the SourceSpan of the place that wants it
INSTANTIATE: Final = "instantiate"  # a ClassLayout
CALL_SLOT: Final = "call slot"  # a ClassLayout, and the MethodSlot that is called on it
PREBUILT: Final = "prebuilt"  # an object, and its Type
FUNCTION_VALUE: Final = "function value"  # a Python function, and its FunctionType
