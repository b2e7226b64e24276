"""The texts of self-hosted functions to bytecode, and the intrinsics that they use: calls of names that nothing declares.

Call(f, t, a, b)                  a call of f with `this` = t
GetIfPresent(o, i)                the element i of an object, no value at all where it has none ...
if (IsPresent(value))             ... which is only asked like this
CreateDataProperty(o, i, v)       CreateDataPropertyOrThrow of the element i
ToObject(v), ArgumentCount()      what their names say
MergeSort(callback, values)       with a text of its own in the same file
anything else                     a function of `builtins/intrinsics.py`
"""

from __future__ import annotations

from abc import abstractmethod
from typing import Final

from tracewright.core.value import Value
from tracewright_javascript.builtins.intrinsics import INTRINSICS
from tracewright_javascript.bytecode import CALLEE, COUNT, NO_CALLBACK, THIS, Code
from tracewright_javascript.compiler import Unit
from tracewright_javascript.compiler_members import MemberCompiler
from tracewright_javascript.functions import new_native
from tracewright_javascript.opcodes import Op
from tracewright_javascript.parser import Goal, parse
from tracewright_javascript.realm import Realm
from tracewright_javascript.self_hosting import CALLBACK, TEXTS, new_self_hosted
from tracewright_javascript.syntax import Call, Expression, Identifier
from tracewright_javascript.syntax_statements import FunctionDeclaration

IN_PLACE: Final = ("GetIfPresent", "CreateDataProperty", "ToObject", "ArgumentCount")


class IntrinsicCompiler(MemberCompiler):
    """Compiles intrinsics; calls are compiled by a subclass."""

    @abstractmethod
    def open_frame(self) -> int:
        """The first slot of a frame for a call, above everything in use."""

    @abstractmethod
    def call_with(self, frame: int, arguments: list[Expression], whole: Expression, plain: int, spread: int) -> None:
        """Evaluate the arguments, and call; with spread ones by way of an array."""

    def intrinsic_name(self, expression: Expression) -> str:
        """The name of the intrinsic that an expression calls; empty where it calls none."""
        if self.unit.file_of_texts == "" or not isinstance(expression, Call):
            return ""
        callee = expression.callee
        return callee.name if isinstance(callee, Identifier) and callee.variable is None else ""

    def presence_operand(self, expression: Expression) -> int:
        """The slot that `IsPresent` is asked of; -1 for any other expression."""
        if isinstance(expression, Call) and self.intrinsic_name(expression) == "IsPresent":
            return self.operand(expression.arguments[0])
        return -1

    def is_in_place(self, expression: Call) -> bool:
        """Whether it is an intrinsic that takes an instruction, and no frame."""
        return self.intrinsic_name(expression) in IN_PLACE

    def intrinsic_in_place(self, expression: Call, target: int) -> None:
        """Compile such a one."""
        arguments = expression.arguments
        match self.intrinsic_name(expression):
            case "GetIfPresent":
                self.emit(Op.GET_IF_PRESENT, target, self.operand(arguments[0]), self.operand(arguments[1]))
            case "CreateDataProperty":
                thing, key, value = [self.operand(argument) for argument in arguments]
                self.emit(Op.CREATE_ITEM, thing, key, value)
            case "ToObject":
                self.emit(Op.TO_OBJECT, target, self.operand(arguments[0]))
            case _:
                self.move(target, COUNT)

    def intrinsic_call(self, name: str, expression: Call) -> int:
        """Compile another; gives the slot of the result, the next free one."""
        arguments = expression.arguments
        frame = self.open_frame()
        if name == "Call":
            function, this = self.operand(arguments[0]), self.variable_slot(arguments[1])
            if this == function + 1:
                self.move_row(frame + CALLEE, function, 2)
            else:
                self.move(frame + CALLEE, function)
                self.into(arguments[1], frame + THIS)
            arguments = arguments[2:]
        else:
            self.load_constant(frame + CALLEE, self._native(name))
            self.load_constant(frame + THIS, Value.UNDEFINED)
        self.call_with(frame, arguments, expression, Op.CALL, Op.CALL_SPREAD)
        return frame

    def _native(self, name: str) -> Value:
        realm = self.unit.realm
        text = f"{self.unit.file_of_texts}.{name}"
        if text in TEXTS:
            return Value.of_object(new_self_hosted(realm, name, 0, text))
        return Value.of_object(new_native(realm, name, 0, INTRINSICS[name]))


def compile_self_hosted(realm: Realm, name: str, text: str) -> Code:
    """The code of a self-hosted function, "file.function"."""
    from tracewright_javascript.compiler_statements import FunctionCompiler

    source = f'"use strict";\n{text}'
    declaration = parse(source, Goal.SCRIPT).statements[-1]
    assert isinstance(declaration, FunctionDeclaration)
    unit = Unit(realm, source, "")
    unit.file_of_texts = name[: name.find(".")]
    function = declaration.function
    code = FunctionCompiler(unit, None, function.name).whole_function(function)
    code.is_self_hosted = True
    parameters = [each.name if isinstance(each, Identifier) else "" for each in function.parameters]
    code.callback = parameters.index(CALLBACK) if CALLBACK in parameters else NO_CALLBACK
    return code
