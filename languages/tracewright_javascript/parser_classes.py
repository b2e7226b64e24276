"""Classes: members, private names, fields, static blocks."""

from __future__ import annotations

from typing import Final, final

from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.parser_cursor import NOWHERE, PrivateNames
from tracewright_javascript.parser_expressions import ExpressionParser
from tracewright_javascript.parser_functions import FunctionHead
from tracewright_javascript.parser_primary import key_name
from tracewright_javascript.scope_builder import redeclared
from tracewright_javascript.scopes import ScopeKind, VariableKind
from tracewright_javascript.syntax import (
    Class,
    ClassMember,
    Expression,
    Function,
    FunctionKind,
    MemberKind,
    PrivateName,
    Statement,
    StringLiteral,
)
from tracewright_javascript.syntax_statements import Return
from tracewright_javascript.tokens import Kind

# How a private name is declared, to find which pairs may share it: a getter and a setter, both static or neither.
_GETTER: Final = 1
_SETTER: Final = 2
_STATIC: Final = 4
_OTHER: Final = 8


@final
class MemberHead:
    """What is known of a class member before its parameters or value."""

    def __init__(self, start: int) -> None:
        self.start = start
        self.is_static = False
        self.function: FunctionHead = FunctionHead(FunctionKind.METHOD, start)
        self.key: Expression = StringLiteral(start, start, "")
        self.is_computed = False
        self.private_name: PrivateName | None = None

    def name(self) -> str:
        """The key where it is a plain string, else an empty text."""
        return "" if self.is_computed or self.private_name is not None else key_name(self.key)


class ClassParser(ExpressionParser):
    """Reads classes, all of which is strict code."""

    def parse_class(self, start: int, name: str, name_start: int) -> Class:
        self.enter()
        was_strict = self.is_strict
        self.is_strict = True
        scope = self.scopes.open(ScopeKind.CLASS, True)
        if name_start != NOWHERE:
            self.scopes.declare_lexical(name, VariableKind.CONST, name_start)
        parent: Expression | None = None
        if self.take(Kind.EXTENDS):
            parent = self.parse_left_hand_side()
            self._refuse_arrow(parent)
        names = PrivateNames(self.private_names)
        self.private_names = names
        result = Class(start, start, name, parent, None, [], scope)
        self.expect(Kind.OPEN_BRACE)
        while self.token.kind != Kind.CLOSE_BRACE:
            if not self.take(Kind.SEMICOLON):
                self._parse_element(result)
        self.is_strict = was_strict
        self.advance()
        result.end = self.last_end
        self._settle_private_names(names)
        if name_start != NOWHERE:
            scope.variables[name].initialized_at = self.last_end
        self.scopes.close()
        self.leave()
        return result

    def _settle_private_names(self, names: PrivateNames) -> None:
        """Hand the names that this class does not declare to the class around it."""
        outer = names.outer
        self.private_names = outer
        for name, start in names.used:
            if name not in names.declared:
                if outer is None:
                    message = messages.about(messages.UNKNOWN_PRIVATE_NAME, name)
                    raise SyntaxFault(message, start, start + len(name))
                outer.used.append((name, start))

    # Elements

    def _parse_element(self, result: Class) -> None:
        head = MemberHead(self.token.start)
        if self.at(Kind.STATIC):
            after = self.peek().token.kind
            if after == Kind.OPEN_BRACE:
                self.advance()
                result.members.append(self._parse_static_block(head))
                return
            if not _ends_member_key(after):
                head.is_static = True
                self.advance()
                head.function = FunctionHead(FunctionKind.METHOD, self.token.start)  # `static` is no part of its text
        self._parse_member_modifiers(head.function)
        self._parse_member_key(head)
        function = head.function
        is_plain = function.kind == FunctionKind.METHOD and not function.is_async and not function.is_generator
        if self.token.kind != Kind.OPEN_PARENTHESIS and is_plain:
            result.members.append(self._parse_field(head))
        elif head.name() == "constructor" and not head.is_static:
            self._parse_constructor(head, result)
        else:
            result.members.append(self._parse_class_method(head))

    def _parse_member_modifiers(self, head: FunctionHead) -> None:
        """As in object literals, but a field may end behind a word: `get;`, `async = 1`, `get` and a new line."""
        kind = self.token.kind
        if (kind == Kind.ASYNC or kind == Kind.GET or kind == Kind.SET) and not self.token.escaped:
            after = self.peek().token
            if _ends_member_key(after.kind) or (kind == Kind.ASYNC and after.newline_before):
                return
            if after.kind == Kind.MULTIPLY and kind != Kind.ASYNC:
                return
        self.parse_modifiers(head)

    def _parse_member_key(self, head: MemberHead) -> None:
        if self.token.kind != Kind.PRIVATE_NAME:
            head.key = self.parse_property_key()
            head.is_computed = self.key_is_computed
            head.function.name = head.name()
            return
        token = self.token
        if token.text == "#constructor":
            raise self.fault_at_token(messages.CONSTRUCTOR_PRIVATE)
        head.private_name = PrivateName(token.start, token.end, token.text)
        head.function.name = token.text
        self._declare_private(token.text, token.start, head)
        self.advance()

    def _declare_private(self, name: str, start: int, head: MemberHead) -> None:
        names = self.private_names
        assert names is not None
        form = _OTHER
        if head.function.kind == FunctionKind.GETTER:
            form = _GETTER
        elif head.function.kind == FunctionKind.SETTER:
            form = _SETTER
        if head.is_static:
            form = form | _STATIC
        before = names.declared.get(name, 0)
        if before != 0:
            is_pair = (before | form) & (_GETTER | _SETTER | _OTHER) == _GETTER | _SETTER and before & form & 3 == 0
            if not is_pair or before & _STATIC != form & _STATIC:
                raise redeclared(name, start)
        names.declared[name] = before | form

    def _parse_class_method(self, head: MemberHead) -> ClassMember:
        if head.is_static and head.name() == "prototype":
            raise SyntaxFault(messages.STATIC_PROTOTYPE, head.key.start, head.key.end)
        kind: int = MemberKind.METHOD
        if head.function.kind == FunctionKind.GETTER:
            kind = MemberKind.GETTER
        elif head.function.kind == FunctionKind.SETTER:
            kind = MemberKind.SETTER
        function = self.parse_function(head.function)
        return self._member(head, kind, function)

    def _member(self, head: MemberHead, kind: int, function: Function | None) -> ClassMember:
        return ClassMember(
            head.start, self.last_end, kind, head.is_static, head.key, head.is_computed, head.private_name, function
        )

    def _parse_constructor(self, head: MemberHead, result: Class) -> None:
        function = head.function
        message = ""
        if function.is_async:
            message = messages.CONSTRUCTOR_ASYNC
        elif function.is_generator:
            message = messages.CONSTRUCTOR_GENERATOR
        elif function.kind != FunctionKind.METHOD:
            message = messages.CONSTRUCTOR_ACCESSOR
        elif result.constructor is not None:
            message = messages.SECOND_CONSTRUCTOR
        if message != "":
            raise SyntaxFault(message, head.key.start, head.key.end)
        function.kind = FunctionKind.CONSTRUCTOR if result.parent is None else FunctionKind.DERIVED_CONSTRUCTOR
        function.name = result.name
        result.constructor = self.parse_function(function)

    # Fields and static blocks

    def _parse_field(self, head: MemberHead) -> ClassMember:
        name = head.name()
        if name == "constructor":
            raise SyntaxFault(messages.CONSTRUCTOR_FIELD, head.key.start, head.key.end)
        if name == "prototype" and head.is_static:
            raise SyntaxFault(messages.STATIC_PROTOTYPE, head.key.start, head.key.end)
        function: Function | None = None
        if self.token.kind == Kind.ASSIGN:
            self.advance()
            function = self._parse_initializer(head)
        result = self._member(head, MemberKind.FIELD, function)
        self.expect_semicolon()
        return result

    def _parse_initializer(self, head: MemberHead) -> Function:
        """The value of a field: the body of a function of its own."""
        shape = FunctionHead(FunctionKind.FIELD, self.token.start)
        shape.name = head.function.name
        outer = self._enter_function(shape)
        scope = self.scopes.open(ScopeKind.FUNCTION, True)
        value = self.parse_assignment(True)
        self.scopes.close()
        self._leave_function(outer)
        body: list[Statement] = [Return(value.start, value.end, value)]
        return self._function(shape, [], body, True, True, scope, scope)

    def _parse_static_block(self, head: MemberHead) -> ClassMember:
        head.is_static = True
        shape = FunctionHead(FunctionKind.STATIC_BLOCK, head.start)
        outer = self._enter_function(shape)
        scope = self.scopes.open(ScopeKind.FUNCTION, True)
        self.expect(Kind.OPEN_BRACE)
        body: list[Statement] = []
        while self.token.kind != Kind.CLOSE_BRACE:
            body.append(self.parse_statement_list_item())
        self.scopes.close()
        self._leave_function(outer)
        self.advance()
        function = self._function(shape, [], body, True, True, scope, scope)
        return self._member(head, MemberKind.STATIC_BLOCK, function)


def _ends_member_key(kind: int) -> bool:
    """Whether a word before this is the key of a class member, not a modifier."""
    match kind:
        case Kind.OPEN_PARENTHESIS | Kind.SEMICOLON | Kind.ASSIGN | Kind.CLOSE_BRACE | Kind.END:
            return True
        case _:
            return False
