"""Methods of str and bytes, and of the buffers they are made in."""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Final

from tracewright.translate.flow.types import BOOL, STR_BUFFER, Type, show_type
from tracewright.translate.infer import builtin_calls
from tracewright.translate.infer.arguments import Argument
from tracewright.translate.infer.context import FunctionContext
from tracewright.translate.infer.values import Typed, boolean
from tracewright.translate.lower import intrinsics

_Caller = Callable[..., Typed]

_KEYWORDS: Final = {"maxsplit": "limit", "keepends": "keep_ends", "sep": "separator", "tabsize": "tab_size"}


def is_text_method(context: FunctionContext, type: Type, name: str) -> bool:
    """Whether str or bytes has a method of this name in the dialect."""
    prefix = "str_" if type is context.translator.table.str else "bytes_"
    return name == "join" or context.translator.has_library(prefix + name)


def text_method(
    context: FunctionContext,
    receiver: Typed,
    name: str,
    positional: list[Argument],
    keywords: dict[str, Argument],
    call: _Caller,
) -> Typed:
    """`s.name(...)`: the library's function over the text."""
    is_str = receiver.type is context.translator.table.str
    prefix, module = ("str", "strings") if is_str else ("bytes", "byte_strings")
    if name in ("encode", "decode"):
        return _recoded(context, receiver, name, positional, keywords)
    if name in ("startswith", "endswith") and len(positional) == 1 and isinstance(positional[0], ast.Tuple):
        return _any_affix(context, receiver, name, positional[0], call)
    if name == "join" and len(positional) == 1 and isinstance(positional[0], ast.expr):
        positional = [builtin_calls.a_list(context, positional[0], receiver.type)]
    function = context.translator.library(module, f"{prefix}_{name}", context)
    renamed = {_KEYWORDS.get(keyword, keyword): value for keyword, value in keywords.items()}
    return call(context, function, [receiver, *positional], renamed, None)


def _recoded(
    context: FunctionContext, receiver: Typed, name: str, positional: list[Argument], keywords: dict[str, Argument]
) -> Typed:
    """`text.encode()` and `data.decode()`: in UTF-8; bytes are read as Latin-1 too, which cannot fail."""
    given = [*positional, *keywords.values()]
    encoding = given[0].value if len(given) == 1 and isinstance(given[0], ast.Constant) else None
    if not given or encoding in ("utf-8", "utf8"):
        module = "strings" if name == "encode" else "byte_strings"
        return context.library(module, f"{'str' if name == 'encode' else 'bytes'}_{name}", [receiver])
    if name == "decode" and encoding == "latin-1":
        return context.library("byte_search", "latin_text", [receiver])
    raise context.error(
        "encoding",
        f"`{name}` knows UTF-8 and no ways to handle errors",
        "without arguments it is UTF-8; `decode('latin-1')` makes one character of each byte",
    )


def _any_affix(context: FunctionContext, receiver: Typed, name: str, parts: ast.Tuple, call: _Caller) -> Typed:
    result = context.emission.write_new(boolean(True), BOOL)
    after = context.emission.new_block()
    for part in parts.elts:
        more = context.emission.new_block()
        test = text_method(context, receiver, name, [part], {}, call)
        context.emission.branch(test.operand, after, more)
        context.emission.start(more)
    context.builder.write(result, boolean(False))
    context.emission.jump(after)
    context.emission.start(after)
    return Typed(context.builder.read(result), BOOL)


def buffer_method(context: FunctionContext, receiver: Typed, name: str, arguments: list[Typed], call: _Caller) -> Typed:
    """Methods of StrBuffer and BytesBuffer, which natively are the text itself."""
    table = context.translator.table
    is_str = receiver.type is STR_BUFFER
    if name == "finish":
        result = table.str if is_str else table.bytes
        return Typed(receiver.operand, result)
    methods = intrinsics.STR_BUFFER_METHODS if is_str else intrinsics.BYTES_BUFFER_METHODS
    function = methods.get(name)
    if function is None:
        raise context.error("method", f"{show_type(receiver.type)} has no method `{name}`")
    return call(context, function, [receiver, *arguments], {}, None)
