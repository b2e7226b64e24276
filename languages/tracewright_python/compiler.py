"""Source text to code, in one call."""

from __future__ import annotations

from tracewright.core.value import Value
from tracewright_python.bytecode import Code
from tracewright_python.compiler_functions import FunctionCompiler, documentation_of, has_annotations
from tracewright_python.compiler_names import Unit
from tracewright_python.namespaces import Namespace
from tracewright_python.opcodes import Op
from tracewright_python.session import Session
from tracewright_python.syntax_statements import ExpressionText, Module


def compile_module(session: Session, tree: Module, namespace: Namespace, file: str) -> Code:
    """The code of a file. Raises SyntaxFault."""
    scope = tree.scope
    assert scope is not None
    compiler = FunctionCompiler(Unit(session, namespace, file), None, scope, "<module>", "<module>")
    compiler.declare_variables()
    slot = compiler.slot()
    documentation = documentation_of(tree.body)
    if documentation is None:
        compiler.load_none(slot)
    else:
        compiler.load_text(slot, documentation)
    compiler.store_name("__doc__", slot)
    if has_annotations(tree.body):
        compiler.emit(Op.DICT, slot, slot, 0)
        compiler.store_name("__annotations__", slot)
    compiler.compile_statements(tree.body)
    compiler.load_none(slot)
    compiler.emit(Op.RETURN, slot)
    return compiler.finish(0, 0, 0, 1, Value.NULL)


def compile_expression(session: Session, tree: ExpressionText, namespace: Namespace, file: str) -> Code:
    """The code of what `eval` is given. Raises SyntaxFault."""
    scope = tree.scope
    assert scope is not None
    compiler = FunctionCompiler(Unit(session, namespace, file), None, scope, "<module>", "<module>")
    compiler.declare_variables()
    slot = compiler.operand(tree.body)
    compiler.emit(Op.RETURN, slot)
    return compiler.finish(0, 0, 0, 1, Value.NULL)
