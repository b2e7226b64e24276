"""Calls, `new`, tagged templates and direct `eval`: what goes into the frame of a call, and where its result comes.

o.m(x, y)      GET_METHOD f+3 o "m"      MOVE_ROW f+7 x 2      CALL f 2          the result is in slot f, the next free one
"""

from __future__ import annotations

from abc import abstractmethod

from tracewright.core.value import Value
from tracewright.guest.assembler import Label
from tracewright.guest.instructions import LIMIT
from tracewright_javascript.builtins.regexp_objects import PatternLiteral, literal_maker
from tracewright_javascript.bytecode import CALLEE, FIRST, NO_SLOT, THIS
from tracewright_javascript.compiler_eval_sites import eval_site
from tracewright_javascript.compiler_intrinsics import IntrinsicCompiler
from tracewright_javascript.compiler_members import super_of
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.evaluation import SPREAD_ARGUMENTS
from tracewright_javascript.opcodes import Op
from tracewright_javascript.syntax import (
    Call,
    EvalContext,
    Expression,
    Identifier,
    Index,
    Member,
    New,
    OptionalChain,
    PrivateMember,
    RegularExpressionLiteral,
    Spread,
    Super,
    TaggedTemplate,
)
from tracewright_javascript.templates import TemplateSite
from tracewright_javascript.values import string_value


class CallCompiler(IntrinsicCompiler):
    """Compiles what is called; what it is called with is compiled by a subclass."""

    @abstractmethod
    def fresh_operand(self, expression: Expression) -> int:
        """The next free slot, with the value."""

    @abstractmethod
    def super_call(self, expression: Call, target: int) -> None:
        """`super(...)`"""

    def leaves_its_frame(self, expression: Expression) -> bool:
        """Whether it is a call, or `new`, whose result comes to the first slot of its frame."""
        if isinstance(expression, Call):
            return (
                expression.eval_context is None
                and not isinstance(expression.callee, Super)
                and not self.is_in_place(expression)
            )
        return isinstance(expression, New)

    def frame_with(self, expression: Expression) -> int:
        """Evaluate such an expression; gives the slot, the next free one."""
        if isinstance(expression, New):
            return self.construct(expression)
        assert isinstance(expression, Call)
        intrinsic = self.intrinsic_name(expression)
        return self.intrinsic_call(intrinsic, expression) if intrinsic != "" else self._plain_call(expression)

    def call(self, expression: Call, target: int) -> None:
        """Any call, whose result goes to `target`."""
        if expression.eval_context is not None:
            self.direct_eval(expression, expression.eval_context, target)
            return
        callee = expression.callee
        if isinstance(callee, Super):
            self.super_call(expression, target)
            return
        if self.is_in_place(expression):
            self.intrinsic_in_place(expression, target)
            return
        self.move(target, self.frame_with(expression))

    def _plain_call(self, expression: Call) -> int:
        """Call; gives the slot of the result, the next free one."""
        frame = self.open_frame()
        callee = expression.callee
        operation = Op.CALL
        if isinstance(callee, Identifier) and len(self.objects_between(callee)) == 0:
            self.at(callee)
            self.load_name(frame + CALLEE, callee)
            operation = Op.CALL_FUNCTION
        else:
            self.callee(callee, frame)
        self._leave_chain(frame + CALLEE, expression.is_optional)
        if operation == Op.CALL_FUNCTION and any(isinstance(each, Spread) for each in expression.arguments):
            self.load_constant(frame + THIS, Value.UNDEFINED)
        self.call_with(frame, expression.arguments, expression, operation, Op.CALL_SPREAD)
        return frame

    def callee(self, callee: Expression, frame: int) -> None:
        """The function and `this` of a call, into its frame."""
        base = super_of(callee)
        if base is not None:
            receiver = base.receiver
            assert receiver is not None
            self.into(receiver, frame + THIS)
            self.super_member(callee, frame + CALLEE)
        elif isinstance(callee, Member) and not callee.is_optional and self.variable_slot(callee.object) != NO_SLOT:
            self.at_member(callee)
            self.read_method(frame, self.variable_slot(callee.object), callee.name)
        elif isinstance(callee, Member):
            self.into(callee.object, frame + THIS)
            self._leave_chain(frame + THIS, callee.is_optional)
            self.at_member(callee)
            self.read_property(frame + CALLEE, frame + THIS, callee.name)
        elif isinstance(callee, Index):
            self.into(callee.object, frame + THIS)
            self._leave_chain(frame + THIS, callee.is_optional)
            self.read_index(frame + CALLEE, frame + THIS, callee)
        elif isinstance(callee, PrivateMember):
            self.into(callee.object, frame + THIS)
            self._leave_chain(frame + THIS, callee.is_optional)
            name = self.private_operand(callee.name)
            self.at(callee)
            self.emit(Op.GET_PRIVATE, frame + CALLEE, frame + THIS, name)
        elif isinstance(callee, Identifier):
            self.call_name(callee, frame)
        elif isinstance(callee, OptionalChain):
            self._callee_in_chain(callee, frame)
        else:
            self.into(callee, frame + CALLEE)
            self.load_constant(frame + THIS, Value.UNDEFINED)

    def regular_expression(self, expression: RegularExpressionLiteral, target: int) -> None:
        """A call of a function that was made for this literal."""
        literal = PatternLiteral(expression.pattern, expression.flags, expression.tree)
        frame = self.open_frame()
        self.load_constant(frame + CALLEE, literal_maker(self.unit.realm, literal))
        self.load_constant(frame + THIS, Value.UNDEFINED)
        self.at(expression)
        self.assembler.emit_wide(Op.CALL, frame, 0)
        self.move(target, frame)

    def _callee_in_chain(self, chain: OptionalChain, frame: int) -> None:
        """`(a?.b)()`: `this` is `a`."""
        nothing, done = Label(), Label()
        self.chain_exits.append(nothing)
        self.callee(chain.expression, frame)
        self.chain_exits.pop()
        self.assembler.jump(Op.JUMP, 0, done)
        self.assembler.place(nothing)
        self.load_constant(frame + CALLEE, Value.UNDEFINED)
        self.load_constant(frame + THIS, Value.UNDEFINED)
        self.assembler.place(done)

    def construct(self, expression: New) -> int:
        """`new`; gives the slot of the result, the next free one."""
        frame = self.open_frame()
        self.into(expression.callee, frame + CALLEE)
        self.call_with(frame, expression.arguments, expression, Op.NEW, Op.NEW_SPREAD)
        return frame

    def open_frame(self) -> int:
        """The first slot of a frame for a call, above everything in use."""
        frame = self.top
        self.top = frame + FIRST
        self.frame_size = max(self.frame_size, self.top)
        return frame

    def call_with(self, frame: int, arguments: list[Expression], whole: Expression, plain: int, spread: int) -> None:
        """Evaluate the arguments, and call; with spread ones by way of an array."""
        self.top = frame + FIRST
        if any(isinstance(argument, Spread) for argument in arguments):
            array = self.array_of_arguments(arguments)
            self.at_member(whole)
            self.emit(spread, frame, array)
            return
        if len(arguments) > LIMIT:
            raise SyntaxFault(f"Too many arguments in function call (only {LIMIT} allowed)", whole.start, whole.end)
        index = 0
        while index < len(arguments):
            index += self._next_arguments(arguments, index)
        self.at_member(whole)
        self.assembler.emit_wide(plain, frame, len(arguments))

    def _next_arguments(self, arguments: list[Expression], index: int) -> int:
        """Evaluate the next of them: one, or as many as are variables in adjacent slots; gives how many."""
        source = self.variable_slot(arguments[index])
        count = 1
        if source != NO_SLOT:
            while index + count < len(arguments) and self.variable_slot(arguments[index + count]) == source + count:
                count += 1
        if count == 1:
            self.fresh_operand(arguments[index])
        else:
            self.move_row(self.row(count), source, count)
        return count

    def direct_eval(self, expression: Call, context: EvalContext, target: int) -> None:
        """`eval(...)`: the text sees what is visible here, so all of that goes along."""
        frame = self.open_frame()
        self.callee(expression.callee, frame)
        self.top = frame + FIRST
        count = len(expression.arguments)
        if any(isinstance(argument, Spread) for argument in expression.arguments):
            count = SPREAD_ARGUMENTS
            slot = self.slot()
            self.move(slot, self.array_of_arguments(expression.arguments))
            self.top = slot + 1
        else:
            for argument in expression.arguments:
                self.into(argument, self.slot())
        site, places = eval_site(self, context)
        first = self.slot()
        self.top = first  # the array comes where the first of its elements is, if there is one
        for place in places:
            self.load_raw(self.slot(), place)
        if len(places) == 0:
            self.slot()  # for the array itself
        self.emit(Op.NEW_ARRAY, first, first, len(places))
        self.at(expression)
        self.emit(Op.DIRECT_EVAL, frame, first)
        self.assembler.add_word(self.assembler.new_constant(Value.of_object(site)))
        self.assembler.add_word(count)
        self.move(target, frame)

    def tagged_template(self, expression: TaggedTemplate, target: int) -> None:
        """A call whose first argument is the template object."""
        frame = self.open_frame()
        self.callee(expression.tag, frame)
        self.top = frame + FIRST
        pieces = expression.template.pieces
        cooked: list[Value] = []
        for piece in pieces:
            text = piece.cooked
            cooked.append(Value.UNDEFINED if text is None else string_value(text))
        site = TemplateSite(cooked, [piece.raw for piece in pieces])
        self.assembler.emit_wide(Op.TEMPLATE_OBJECT, self.slot(), self.assembler.new_constant(Value.of_object(site)))
        for part in expression.template.expressions:
            slot = self.slot()
            self.into(part, slot)
        self.at(expression)
        self.assembler.emit_wide(Op.CALL, frame, 1 + len(expression.template.expressions))
        self.move(target, frame)
