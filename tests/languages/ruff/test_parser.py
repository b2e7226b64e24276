"""Trees for the traps of the grammar, and the parser's complaints with their places."""

import pytest

from tracewright_ruff import syntax
from tracewright_ruff.parser import parse
from tracewright_ruff.syntax import Expression, Statement


def statements_of(source: str) -> list[Statement]:
    result = parse(source)
    assert result.diagnostics == []
    return result.program.statements


def expression_of(source: str) -> Expression:
    """The right side of `v := source`."""
    statement = statements_of("v := " + source)[0]
    assert isinstance(statement, syntax.Assignment)
    return statement.value


def show(expression: Expression | None) -> str:
    """The tree with every operator in parentheses."""
    match expression:
        case syntax.Binary(operator=operator, left=left, right=right):
            return f"({show(left)} {syntax.BINARY_SYMBOLS[operator]} {show(right)})"
        case syntax.Logical(operator=operator, left=left, right=right):
            return f"({show(left)} {['&&', '||', '??'][operator]} {show(right)})"
        case syntax.Unary(operator=operator, operand=operand):
            return f"({syntax.UNARY_SYMBOLS[operator]}{show(operand)})"
        case syntax.Name(name=name):
            return name
        case syntax.IntegerLiteral(value=number):
            return str(number)
        case syntax.Call(callee=callee, arguments=arguments):
            return f"{show(callee)}({', '.join(map(show, arguments))})"
        case syntax.MethodCall(receiver=receiver, name=name, arguments=arguments):
            return f"{show(receiver)}.{name}({', '.join(map(show, arguments))})"
        case syntax.FieldAccess(receiver=receiver, name=name):
            return f"{show(receiver)}.{name}"
        case syntax.OptionalFieldAccess(receiver=receiver, name=name):
            return f"{show(receiver)}?.{name}"
        case syntax.IndexAccess(receiver=receiver, index=index):
            return f"{show(receiver)}[{show(index)}]"
        case syntax.TryOperator(operand=operand):
            return f"{show(operand)}?"
        case syntax.Await(operand=operand):
            return f"await<{show(operand)}>"
        case syntax.Yield(value=value):
            return f"yield<{show(value)}>"
        case syntax.Tag(enumeration=enumeration, variant=variant, arguments=arguments, has_arguments=has_arguments):
            return f"{enumeration}::{variant}" + (f"({', '.join(map(show, arguments))})" if has_arguments else "")
        case syntax.VariantConstructor(variant=variant, value=value):
            return f"variant{variant}<{show(value)}>"
        case syntax.StructLiteral(name=name, fields=fields):
            return f"{name}{{{', '.join(f.name + ': ' + show(f.value) for f in fields)}}}"
        case syntax.ArrayLiteral(elements=elements):
            return f"[{', '.join(map(show, elements))}]"
        case syntax.Spread(operand=operand):
            return f"...{show(operand)}"
        case syntax.DictionaryLiteral(entries=entries):
            return "{" + ", ".join(f"{show(e.key)}: {show(e.value)}" for e in entries) + "}"
        case syntax.Throw(arguments=arguments):
            return f"throw<{', '.join(map(show, arguments))}>"
        case None:
            return "nothing"
        case _:
            return type(expression).__name__


@pytest.mark.parametrize(
    ("source", "tree"),
    [
        ("1 + 2 * 3 - 4", "((1 + (2 * 3)) - 4)"),
        ("a < b == c != d", "(((a < b) == c) != d)"),
        ("a || b && c", "(a || (b && c))"),
        ("a ?? b || c", "(a ?? (b || c))"),
        ("- -a.b", "(-(-a.b))"),
        ("!a(b)[c]?", "(!a(b)[c]?)"),
        ("-a % b", "((-a) % b)"),
        ("(1 + 2) * 3", "((1 + 2) * 3)"),
        ("1 < 2 < 3", "((1 < 2) < 3)"),
        ("a |> f", "f(a)"),
        ("a |> f(b) |> g", "g(f(a, b))"),
        ("a ?? b |> f", "f((a ?? b))"),
        ("a |> p.m(b)", "p.m(a, b)"),
        ("a?.b(c)", "a?.b(c)"),
        ("await f() + 1", "await<(f() + 1)>"),
        ("Ok(1 || 2)?", "variant0<(1 || 2)>?"),
        ("[None, Some(x), ...y,]", "[variant3<nothing>, variant2<x>, ...y]"),
        ("P { a: 1, b: Q {} , }", "P{a: 1, b: Q{}}"),
        ("{a: 1, ...b}", "{a: 1, nothing: b}"),
        ("Color::Red", "Color::Red"),
        ("Shape::Dot()", "Shape::Dot()"),
        ("f(Color::Red, throw(1))", "f(Color::Red, throw<1>)"),
        ("(Color::Red) == x", "(Color::Red == x)"),
        ("throw", "throw"),
        ("1 + throw(2)", "(1 + throw(2))"),
        ("self.x", "self.x"),
        ("f\n(a)\n[b]\n.c", "f(a)[b].c"),
        ("5.foo", "5.foo"),
    ],
)
def test_expressions(source: str, tree: str) -> None:
    assert show(expression_of(source)) == tree


def test_a_statement_needs_no_end() -> None:
    assert len(statements_of("a := 1 b := 2; ; c()")) == 3


def test_compound_assignment_repeats_its_target() -> None:
    statement = statements_of("a[f()] += 2 + 3")[0]
    assert isinstance(statement, syntax.Assignment)
    assert show(statement.target) == "a[f()]"
    assert show(statement.value) == "(a[f()] + (2 + 3))"


@pytest.mark.parametrize("head", ["if flag", "while flag", "loop while flag", "for v in flag", "match flag"])
def test_an_empty_block_after_a_bare_name_is_a_block(head: str) -> None:
    statement = statements_of(head + " {}")[0]
    match statement:
        case syntax.If(condition=subject, body=body) | syntax.While(condition=subject, body=body):
            assert body == []
        case syntax.For(iterable=subject, body=body):
            assert body == []
        case syntax.Match(subject=subject, cases=cases):
            assert cases == []
        case _:
            pytest.fail(f"{statement}")
    assert show(subject) == "flag"


def test_struct_literals_with_fields_stand_in_heads_too() -> None:
    statement = statements_of("if p == P { x: 1 } { f(Q {}) }")[0]
    assert isinstance(statement, syntax.If)
    assert show(statement.condition) == "(p == P{x: 1})"
    assert len(statement.body) == 1


def test_heads_do_not_reach_into_brackets_and_functions() -> None:
    statement = statements_of("while f(P {}, [Q {}], func() { return R {} }) {}")[0]
    assert isinstance(statement, syntax.While)
    assert show(statement.condition) == "f(P{}, [Q{}], FunctionExpression)"


def test_brackets_begin_a_pattern_only_before_an_assignment() -> None:
    declaration, literal = statements_of("[a, [b], _, ...c] := d; [1, 2]")
    assert isinstance(declaration, syntax.Declaration) and not declaration.keyword
    assert isinstance(declaration.pattern, syntax.ArrayPattern)
    assert declaration.pattern.rest == "c"
    assert [type(item).__name__ for item in declaration.pattern.items] == [
        "NamePattern",
        "ArrayPattern",
        "IgnorePattern",
    ]
    assert isinstance(literal, syntax.ExpressionStatement)
    assert show(literal.expression) == "[1, 2]"


def test_declarations() -> None:
    kinds = []
    for statement in statements_of("let a: int := 1 mut {b, ...c} = d const E: Option<Result<int, string>> := 2"):
        assert isinstance(statement, syntax.Declaration)
        kinds.append((statement.kind, type(statement.pattern).__name__))
    let, mut, const = syntax.BindingKind.LET, syntax.BindingKind.MUT, syntax.BindingKind.CONST
    assert kinds == [(let, "NamePattern"), (mut, "DictionaryPattern"), (const, "NamePattern")]


def test_functions_know_whether_they_generate() -> None:
    flags = []
    for statement in statements_of(
        "func a() { yield 1 } func* b(x: int,) -> int {} async func c(self) { return func() { yield } }"
    ):
        assert isinstance(statement, syntax.FunctionDeclaration)
        function = statement.function
        flags.append((function.name, function.is_async, function.is_generator, [p.name for p in function.parameters]))
    assert flags == [("a", False, True, []), ("b", False, True, ["x"]), ("c", True, False, ["self"])]


def test_struct_bodies_skip_what_they_do_not_know() -> None:
    statement = statements_of(
        "struct P { a: int, b: array = {x: [1]}\n c: Foo\n d = 5, func m() {} , async func n(self) {} }"
    )[0]
    assert isinstance(statement, syntax.StructDeclaration)
    assert statement.fields == ["a", "b", "c", "d"]
    assert [(method.name, method.is_async) for method in statement.methods] == [("m", False), ("n", True)]


def test_match_cases() -> None:
    source = "match f(x) { case Ok(v): { a() } default: { b() } case A::B(w): {} case None: {} }"
    statement = statements_of(source)[0]
    assert isinstance(statement, syntax.Match)
    assert [(case.name, case.binding) for case in statement.cases] == [("Ok", "v"), ("A::B", "w"), ("None", None)]
    assert statement.default is not None and len(statement.default) == 1


def test_what_does_not_run_yet_still_parses() -> None:
    source = """
        import m; from a.b import c, d; export func f() {}
        spawn { f() }
        test "t" {} test_group "g" { test "u" {} } test_setup {} test_teardown {}
        enum Color { Red, Green, }
        try { f() } except e { g(e) }
    """
    names = [type(statement).__name__ for statement in statements_of(source)]
    assert names == [
        "ImportModule", "ImportNames", "Export", "Spawn", "Test", "TestGroup", "TestSetup", "TestTeardown",
        "EnumDeclaration", "TryExcept",
    ]  # fmt: skip


def test_a_long_chain_of_else_if_does_not_nest_the_parser() -> None:
    source = "if a { b() }" + " else if a { b() }" * 2000 + " else { c() }"
    assert isinstance(statements_of(source)[0], syntax.If)


def test_interpolated_expressions_know_their_place() -> None:
    piece = expression_of('"a\\n${\n  b + c}"')
    assert isinstance(piece, syntax.Interpolation)
    inner = piece.pieces[1]
    assert (inner.line, inner.column, show(inner)) == (2, 3, "(b + c)")


COMPLAINTS = [
    ("x := ", "Expected expression", 1, 6),
    ("x := 1\n  + * 2", "Expected expression", 2, 5),
    ("self.x := 1", "Expected expression", 1, 8),
    ("x := 1 == Color::Red", "Expected expression", 1, 16),
    ("P { x: 1 }.x", "Expected expression", 1, 11),
    ("for i in -2 {}", "Expected expression", 1, 10),
    ("x := .5", "Expected expression", 1, 6),
    ("else {}", "Invalid statement", 1, 1),
    ("f() := 1", "Invalid assignment target", 1, 5),
    ("a := b := 1", "Chained assignment is not supported; split the assignment into separate statements", 1, 8),
    ("let x 5", "Expected assignment operator (':=' or '=') in let declaration but found Int(5)", 1, 7),
    ("const X", "Expected assignment operator (':=' or '=') in const declaration but found Eof", 1, 8),
    ("const 5 := 1", "Expected constant name after 'const'", 1, 7),
    ("func (x) {}", "Expected function name after 'func'", 1, 6),
    ("func f {}", "Expected '(' after function name but found Punctuation('{')", 1, 8),
    ("func f(a b) {}", "Expected ')' to close function parameter list but found Identifier(\"b\")", 1, 10),
    ("x := func(self) {}", "Expected ')' to close function parameter list but found Keyword(\"self\")", 1, 11),
    ("x := func {}", "Expected '(' after 'func' in function expression but found Punctuation('{')", 1, 11),
    ("func f() return 1", "Expected '{' to start function body but found Keyword(\"return\")", 1, 10),
    ("func f() { g()", "Expected '}' to close function body but found Eof", 1, 15),
    ("func f(a: any) {}", 'Expected type name but found Identifier("any")', 1, 11),
    ("async x()", "Expected 'func' after 'async'", 1, 7),
    ("enum {}", "Expected enum name after 'enum'", 1, 6),
    ("struct 5 {}", "Expected struct name after 'struct'", 1, 8),
    ("if a b", "Expected '{' to start if block but found Identifier(\"b\")", 1, 6),
    ("if a { b", "Expected '}' to close if block but found Eof", 1, 9),
    ("if a {} else 2.50", "Expected '{' to start else block but found Float(2.5)", 1, 14),
    ('while a "s\\n"', "Expected '{' to start while body but found String(\"s\\n\")", 1, 9),
    ("loop true", "Expected '{' to start loop body but found Bool(true)", 1, 6),
    ("for 5 in x {}", "Expected loop variable name after 'for'", 1, 5),
    ("for i = x {}", "Expected 'in' in for loop but found Operator(\"=\")", 1, 7),
    ("for i in a + b {}", "Expected '{' to start for loop body but found Operator(\"+\")", 1, 12),
    ("match a { case Ok(v) { } }", "Expected '{' to start match case block but found Punctuation('}')", 1, 24),
    ("match a { case Ok(v): {", "Expected '}' to close match case block but found Eof", 1, 24),
    ("try a", "Expected '{' to start try block but found Identifier(\"a\")", 1, 5),
    ("try {} catch", "Expected 'except' after try block but found Identifier(\"catch\")", 1, 8),
    ("try {} except {}", "Expected exception variable after 'except'", 1, 15),
    ("try {} except e 1", "Expected '{' to start except block but found Int(1)", 1, 17),
    ("test {}", "Expected test name string after 'test'", 1, 6),
    ("test_group x {}", "Expected group name string after 'test_group'", 1, 12),
    ('test "a" b', "Expected '{' to start test body but found Identifier(\"b\")", 1, 10),
    ("import 5", "Expected module name after 'import'", 1, 8),
    ("from 5 import a", "Expected module name after 'from'", 1, 6),
    ("from a. import b", "Expected module path segment after '.' in from-import statement", 1, 9),
    ("from a import 5", "Expected imported symbol name", 1, 15),
    ("f(1", "Expected ')' to close function call arguments but found Eof", 1, 4),
    ("a.f(1 2)", "Expected ')' to close method call arguments but found Int(2)", 1, 7),
    ("x := a[1 2]", "Expected ']' to close index expression but found Int(2)", 1, 10),
    ("x := [1 2]", "Expected ']' to close array literal but found Int(2)", 1, 9),
    ("x := [true && false]", "Expected ']' to close array literal but found Operator(\"&&\")", 1, 12),
    ("x := {a: 1 b}", "Expected '}' to close dictionary literal but found Identifier(\"b\")", 1, 12),
    ("x := {a 1}", "Expected ':' in dictionary literal", 1, 9),
    ("x := P { a: 1 b }", "Expected '}' to close struct literal but found Identifier(\"b\")", 1, 15),
    ("x := (1 2)", "Expected ')' to close parenthesized expression but found Int(2)", 1, 9),
    ("x := Ok 1", "Expected '(' after 'Ok'", 1, 9),
    ("x := Err", "Expected '(' after 'Err'", 1, 9),
    ("x := Ok(1 2)", "Expected ')' to close Ok(...) but found Int(2)", 1, 11),
    ('x := "${}"', "Invalid interpolated string expression", 1, 9),
    ('x := "${a b}"', "Invalid interpolated string expression", 1, 9),
]


@pytest.mark.parametrize(("source", "message", "line", "column"), COMPLAINTS)
def test_the_first_complaint(source: str, message: str, line: int, column: int) -> None:
    first = parse(source).diagnostics[0]
    assert (first.message, first.line, first.column) == (message, line, column)
    assert (first.code, first.subsystem) == ("RUFPARSE001", "parser")


def test_the_printed_form() -> None:
    diagnostic = parse("\n\nlet a := )").diagnostics[0]
    assert diagnostic.render("dir/x.ruff") == (
        "[RUFPARSE001] [parser] error: Expected expression\n"
        "  --> dir/x.ruff:3:10\n"
        "  = help: Fix the parse error and rerun Ruff.\n"
    )


def test_parsing_goes_on_after_a_fault() -> None:
    source = "func f() {\n    x := (\n}\nlet y 5\nok := 1\nlet z := *\n"
    places = [(d.line, d.column) for d in parse(source).diagnostics]
    assert places == [(3, 1), (4, 7), (6, 10)]


def nested(opening: str, middle: str, closing: str, depth: int) -> str:
    return "x := " + opening * depth + middle + closing * depth


@pytest.mark.parametrize(
    ("opening", "middle", "closing", "context", "spare"),
    [("(", "1", ")", "expression", 1), ("[", "", "]", "array literal", 1), ("- ", "1", "", "unary expression", 1)],
)
def test_expression_nesting_ends_at_256(opening: str, middle: str, closing: str, context: str, spare: int) -> None:
    limit = 256 - spare  # the whole right side counts as one
    assert parse(nested(opening, middle, closing, limit)).diagnostics == []
    messages = [d.message for d in parse(nested(opening, middle, closing, limit + 1)).diagnostics]
    assert messages == [f"Maximum expression nesting depth of 256 exceeded while parsing {context}"]


def test_block_nesting_ends_at_128() -> None:
    assert parse("if a { " * 128 + "}" * 128).diagnostics == []
    messages = [d.message for d in parse("loop { " * 129 + "}" * 129).diagnostics]
    assert messages == ["Maximum block nesting depth of 128 exceeded while parsing loop body"]


def test_literals_hold_4096_items() -> None:
    assert parse("x := [" + "1," * 4096 + "]").diagnostics == []
    array = parse("x := [" + "1," * 4097 + "]").diagnostics
    assert array[0].message == "Array literal exceeds maximum element count of 4096"
    dictionary = parse("x := {" + '"a": 1,' * 4097 + "}").diagnostics
    assert dictionary[0].message == "Dictionary literal exceeds maximum item count of 4096"
