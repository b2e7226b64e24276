"""Imports and exports."""

from __future__ import annotations

from tracewright.lib.utf16 import code_point_at, is_high_surrogate, is_low_surrogate, units_in_code_point
from tracewright_javascript import messages
from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.lexer import Lexer
from tracewright_javascript.parser_loops import LoopParser
from tracewright_javascript.scope_builder import ScopeBuilder
from tracewright_javascript.scopes import ScopeKind, VariableKind
from tracewright_javascript.syntax import ArrayPattern, Default, Expression, Identifier, ObjectPattern, Rest, Statement
from tracewright_javascript.syntax_statements import (
    Attribute,
    ClassDeclaration,
    ExportDeclaration,
    ExportDefault,
    ExportName,
    ExportNames,
    ExpressionStatement,
    FunctionDeclaration,
    Import,
    ImportName,
    VariableDeclaration,
)
from tracewright_javascript.tokens import Kind

DEFAULT_EXPORT = "*default*"


class ModuleParser(LoopParser):
    """Reads what only modules have."""

    def __init__(self, lexer: Lexer, scopes: ScopeBuilder, is_module: bool) -> None:
        super().__init__(lexer, scopes, is_module)
        self.exported: dict[str, int] = {}  # the names that this module exports so far
        self.exported_locals: list[Identifier] = []  # which must be declared at its top

    # Imports

    def parse_import_or_expression(self) -> Statement:
        after = self.peek().token.kind
        if after == Kind.OPEN_PARENTHESIS or after == Kind.DOT:
            return self.parse_statement()
        if not self.is_module:
            raise self.fault_at_token(messages.IMPORT_OUTSIDE)
        if self.scopes.current.kind != ScopeKind.MODULE:
            raise self.unexpected()
        return self._parse_import_statement()

    def _parse_import_statement(self) -> Statement:
        start = self.token.start
        self.advance()
        names: list[ImportName] = []
        if self.token.kind != Kind.STRING:
            self._parse_import_clause(names)
            if not self.take(Kind.FROM):
                raise self.unexpected()
        source = self._parse_source()
        attributes = self._parse_attributes()
        self.expect_semicolon()
        return Import(start, self.last_end, names, source, attributes)

    def _parse_import_clause(self, names: list[ImportName]) -> None:
        if self.token.is_name():
            names.append(self._import_name(self.token.start, "default"))
            if not self.take(Kind.COMMA):
                return
        start = self.token.start
        if self.take(Kind.MULTIPLY):
            self.expect(Kind.AS)
            names.append(self._import_name(start, "*"))
            return
        self.expect(Kind.OPEN_BRACE)
        while self.token.kind != Kind.CLOSE_BRACE:
            names.append(self._parse_import_specifier())
            if self.token.kind != Kind.CLOSE_BRACE:
                self.expect(Kind.COMMA)
        self.advance()

    def _parse_import_specifier(self) -> ImportName:
        start = self.token.start
        if self.token.kind == Kind.STRING:
            imported = self._parse_export_string()
        else:
            if self.token.is_name():
                after = self.peek().token
                if after.kind != Kind.AS or after.escaped:
                    return self._import_name(start, self.token.text)
            elif not self.token.is_word():
                raise self.unexpected()
            imported = self.token.text
            word = self.token.kind
            self.advance()
            if not self.at(Kind.AS):
                raise SyntaxFault(f"Unexpected token '{imported}'", start, start + len(imported), word == Kind.END)
        self.expect(Kind.AS)
        return self._import_name(start, imported)

    def _import_name(self, start: int, imported: str) -> ImportName:
        """The local name of an import, which comes next."""
        local = self.read_binding_name()
        self.scopes.declare_lexical(local.name, VariableKind.IMPORT, local.start)
        self.scopes.use(local)
        return ImportName(start, self.last_end, imported, local)

    def _parse_source(self) -> str:
        if self.token.kind != Kind.STRING:
            raise self.unexpected()
        source = self.token.text
        self.advance()
        return source

    def _parse_export_string(self) -> str:
        """A string as the name of an import or export, which must be well-formed Unicode."""
        self.check_legacy()
        text = self.token.text
        index = 0
        while index < len(text):
            code = code_point_at(text, index)
            if is_high_surrogate(code) or is_low_surrogate(code):
                raise self.fault_at_token(messages.LONE_SURROGATE_NAME)
            index += units_in_code_point(code)
        self.advance()
        return text

    def _parse_attributes(self) -> list[Attribute]:
        """`with { type: "json" }`, if it is there."""
        attributes: list[Attribute] = []
        if not self.take(Kind.WITH):
            return attributes
        self.expect(Kind.OPEN_BRACE)
        keys: dict[str, int] = {}
        while self.token.kind != Kind.CLOSE_BRACE:
            start = self.token.start
            if self.token.kind != Kind.STRING and not self.token.is_word():
                raise self.unexpected()
            key = self.token.text
            if key in keys:
                raise self.fault_at_token(messages.about(messages.DUPLICATE_ATTRIBUTE, key))
            keys[key] = start
            self.advance()
            self.expect(Kind.COLON)
            attributes.append(Attribute(start, self.token.end, key, self._parse_source()))
            if self.token.kind != Kind.CLOSE_BRACE:
                self.expect(Kind.COMMA)
        self.advance()
        return attributes

    # Exports

    def parse_export(self) -> Statement:
        if not self.is_module or self.scopes.current.kind != ScopeKind.MODULE:
            raise self.unexpected()
        start = self.token.start
        self.advance()
        match self.token.kind:
            case Kind.MULTIPLY:
                return self._parse_export_all(start)
            case Kind.OPEN_BRACE:
                return self._parse_export_names(start)
            case Kind.DEFAULT:
                return self._parse_export_default(start)
            case Kind.VAR | Kind.CONST | Kind.CLASS | Kind.FUNCTION:
                return self._parse_export_declaration(start)
            case Kind.LET:
                if self.token.escaped:
                    raise self.unexpected()
                return self._parse_export_declaration(start)
            case _:
                if self.at_async_function():
                    return self._parse_export_declaration(start)
                raise self.unexpected()

    def _export(self, name: str, start: int, end: int) -> None:
        if name in self.exported:
            raise SyntaxFault(messages.about(messages.DUPLICATE_EXPORT, name), start, end)
        self.exported[name] = start

    def _parse_export_all(self, start: int) -> Statement:
        self.advance()
        exported = ""
        name_start = self.token.start
        if self.take(Kind.AS):
            exported = self._parse_module_name()
            self._export(exported, name_start, self.last_end)
        if not self.take(Kind.FROM):
            raise self.unexpected()
        source = self._parse_source()
        attributes = self._parse_attributes()
        self.expect_semicolon()
        name = ExportName(name_start, self.last_end, "*", exported, None)
        return ExportNames(start, self.last_end, [name], source, attributes)

    def _parse_module_name(self) -> str:
        """A name as other modules see it: any word, or a string."""
        if self.token.kind == Kind.STRING:
            return self._parse_export_string()
        if not self.token.is_word():
            raise self.unexpected()
        text = self.token.text
        self.advance()
        return text

    def _parse_export_names(self, start: int) -> Statement:
        self.advance()
        names: list[ExportName] = []
        refused: SyntaxFault | None = (
            None  # the first name that is none of a variable, which only matters without a source
        )
        while self.token.kind != Kind.CLOSE_BRACE:
            name_start = self.token.start
            if refused is None and not self.token.is_name():
                refused = self.unexpected()
            elif refused is None and self.is_reserved_here():
                refused = self.fault_at_token(messages.RESERVED_WORD)
            local = self._parse_module_name()
            local_end = self.last_end
            exported = local
            if self.take(Kind.AS):
                exported = self._parse_module_name()
            self._export(exported, name_start, self.last_end)
            reference = Identifier(name_start, local_end, local)
            names.append(ExportName(name_start, self.last_end, local, exported, reference))
            if self.token.kind != Kind.CLOSE_BRACE:
                self.expect(Kind.COMMA)
        self.advance()
        source: str | None = None
        attributes: list[Attribute] = []
        if self.take(Kind.FROM):
            source = self._parse_source()
            attributes = self._parse_attributes()
        elif refused is not None:
            raise refused
        self.expect_semicolon()
        for name in names:
            reference_of = name.reference
            if source is not None:
                name.reference = None
            elif reference_of is not None:
                self.exported_locals.append(reference_of)
                self.scopes.use(reference_of)
        return ExportNames(start, self.last_end, names, source, attributes)

    def is_reserved_here(self) -> bool:
        """Whether the current word cannot name a variable of a module."""
        return self.token.kind >= Kind.AWAIT

    def _parse_export_default(self, start: int) -> Statement:
        self._export("default", self.token.start, self.token.end)
        self.advance()
        if self.token.kind == Kind.FUNCTION:
            declaration = self.parse_function_declaration(self.token.start, False, True)
        elif self.at_async_function():
            function_start = self.token.start
            self.advance()
            declaration = self.parse_function_declaration(function_start, True, True)
        elif self.token.kind == Kind.CLASS:
            declaration = self.parse_class_declaration(True)
        else:
            value_start = self.token.start
            value = self.parse_assignment(True)
            self.expect_semicolon()
            declaration = ExpressionStatement(value_start, self.last_end, value, None)
            self.scopes.declare_lexical(DEFAULT_EXPORT, VariableKind.CONST, value_start)
        return ExportDefault(start, self.last_end, declaration)

    def _parse_export_declaration(self, start: int) -> Statement:
        declaration = self.parse_statement_list_item()
        names: list[str] = []
        if isinstance(declaration, VariableDeclaration):
            for declarator in declaration.declarators:
                self._export_targets(declarator.target, names)
        elif isinstance(declaration, FunctionDeclaration):
            self._export_targets(declaration.target, names)
        elif isinstance(declaration, ClassDeclaration):
            self._export_targets(declaration.target, names)
        else:
            raise SyntaxFault("Unexpected token", declaration.start, declaration.end)
        return ExportDeclaration(start, self.last_end, declaration, names)

    def _export_targets(self, target: Expression, names: list[str]) -> None:
        """Export the names that a declared pattern has."""
        if isinstance(target, Identifier):
            self._export(target.name, target.start, target.end)
            names.append(target.name)
        elif isinstance(target, Default):
            self._export_targets(target.target, names)
        elif isinstance(target, Rest):
            self._export_targets(target.target, names)
        elif isinstance(target, ArrayPattern):
            for element in target.elements:
                self._export_targets(element, names)
        elif isinstance(target, ObjectPattern):
            for property in target.properties:
                self._export_targets(property.value, names)

    def check_exports(self) -> None:
        """At the end of the module: what is exported must be declared at its top."""
        variables = self.scopes.current.variables
        for local in self.exported_locals:
            if local.name not in variables:
                message = messages.about(messages.UNDEFINED_EXPORT, local.name)
                raise SyntaxFault(message, local.start, local.end)
