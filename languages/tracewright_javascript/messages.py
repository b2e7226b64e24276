"""The words of syntax errors: those that users of node know, where node has some. `{}` is filled in by `about`."""

from typing import Final

from tracewright_javascript.diagnostics import SyntaxFault
from tracewright_javascript.tokens import Kind, Token

INVALID_TOKEN: Final = "Invalid or unexpected token"
END_OF_INPUT: Final = "Unexpected end of input"
TOO_DEEP: Final = "Too deeply nested"
UNTERMINATED_TEMPLATE: Final = "Unterminated template literal"
UNTERMINATED_COMMENT: Final = "Unterminated comment"
HTML_COMMENT: Final = "HTML comments are not allowed in modules"
ESCAPED_KEYWORD: Final = "Keyword must not contain escaped characters"
RESERVED_WORD: Final = "Unexpected reserved word"
STRICT_RESERVED_WORD: Final = "Unexpected strict mode reserved word"
STRICT_EVAL_ARGUMENTS: Final = "Unexpected eval or arguments in strict mode"
CLASS_ARGUMENTS: Final = "'arguments' is not allowed in class field initializer or static initialization block"

UNICODE_ESCAPE: Final = "Invalid Unicode escape sequence"
HEX_ESCAPE: Final = "Invalid hexadecimal escape sequence"
UNDEFINED_CODE_POINT: Final = "Undefined Unicode code-point"
STRICT_OCTAL: Final = "Octal literals are not allowed in strict mode."
STRICT_LEADING_ZERO: Final = "Decimals with leading zeros are not allowed in strict mode."
STRICT_OCTAL_ESCAPE: Final = "Octal escape sequences are not allowed in strict mode."
STRICT_DIGIT_ESCAPE: Final = "\\8 and \\9 are not allowed in strict mode."
TEMPLATE_OCTAL: Final = "Octal escape sequences are not allowed in template strings"
TEMPLATE_DIGIT: Final = "\\8 and \\9 are not allowed in template strings."
TRAILING_SEPARATOR: Final = "Numeric separators are not allowed at the end of numeric literals"
DOUBLE_SEPARATOR: Final = "Only one underscore is allowed as numeric separator"
ZERO_SEPARATOR: Final = "Numeric separator can not be used after leading 0."
REGULAR_EXPRESSION_END: Final = "Invalid regular expression: missing /"
REGULAR_EXPRESSION_FLAGS: Final = "Invalid regular expression flags"

ASSIGNMENT_TARGET: Final = "Invalid left-hand side in assignment"
PREFIX_TARGET: Final = "Invalid left-hand side expression in prefix operation"
POSTFIX_TARGET: Final = "Invalid left-hand side expression in postfix operation"
FOR_TARGET: Final = "Invalid left-hand side in for-loop"
DESTRUCTURING_TARGET: Final = "Invalid destructuring assignment target"
ARROW_PARAMETERS: Final = "Malformed arrow function parameter list"
SHORTHAND_INITIALIZER: Final = "Invalid shorthand property initializer"
DUPLICATE_PROTO: Final = "Duplicate __proto__ fields are not allowed in object literals"
REST_PARAMETER_LAST: Final = "Rest parameter must be last formal parameter"
REST_ELEMENT_LAST: Final = "Rest element must be last element"
REST_INITIALIZER: Final = "Rest parameter may not have a default initializer"
DUPLICATE_PARAMETER: Final = "Duplicate parameter name not allowed in this context"
GETTER_PARAMETERS: Final = "Getter must not have any formal parameters."
SETTER_PARAMETER: Final = "Setter must have exactly one formal parameter."
SETTER_REST: Final = "Setter function argument must not be a rest parameter"
ILLEGAL_USE_STRICT: Final = "Illegal 'use strict' directive in function with non-simple parameter list"
YIELD_IN_PARAMETER: Final = "Yield expression not allowed in formal parameter"
AWAIT_IN_PARAMETER: Final = "Illegal await-expression in formal parameters of async function"
AWAIT_OUTSIDE: Final = "await is only valid in async functions and the top level bodies of modules"
UNARY_POWER: Final = (
    "Unary operator used immediately before exponentiation expression. "
    "Parenthesis must be used to disambiguate operator precedence"
)
NEW_CHAIN: Final = "Invalid optional chain from new expression"
TEMPLATE_CHAIN: Final = "Invalid tagged template on optional chain"
NEW_IMPORT: Final = "Cannot use new with import"
SUPER: Final = "'super' keyword unexpected here"
NEW_TARGET: Final = "new.target expression is not allowed here"
IMPORT_META: Final = "Cannot use 'import.meta' outside a module"
IMPORT_OUTSIDE: Final = "Cannot use import statement outside a module"
MISSING_ARGUMENT_END: Final = "missing ) after argument list"
STRICT_DELETE: Final = "Delete of an unqualified identifier in strict mode."
PRIVATE_DELETE: Final = "Private fields can not be deleted"

LET_NAME: Final = "let is disallowed as a lexically bound name"
CONST_INITIALIZER: Final = "Missing initializer in const declaration"
PATTERN_INITIALIZER: Final = "Missing initializer in destructuring declaration"
STRICT_WITH: Final = "Strict mode code may not include a with statement"
ILLEGAL_BREAK: Final = "Illegal break statement"
ILLEGAL_CONTINUE: Final = "Illegal continue statement: no surrounding iteration statement"
ILLEGAL_RETURN: Final = "Illegal return statement"
NEWLINE_AFTER_THROW: Final = "Illegal newline after throw"
MISSING_CATCH: Final = "Missing catch or finally after try"
SECOND_DEFAULT: Final = "More than one default clause in switch statement"
LEXICAL_POSITION: Final = "Lexical declaration cannot appear in a single-statement context"
STRICT_FUNCTION_POSITION: Final = "In strict mode code, functions can only be declared at top level or inside a block."
SLOPPY_FUNCTION_POSITION: Final = (
    "In non-strict mode code, functions can only be declared at top level, inside a block, "
    "or as the body of an if statement."
)
ASYNC_FUNCTION_POSITION: Final = "Async functions can only be declared at the top level or inside a block."
GENERATOR_POSITION: Final = "Generators can only be declared at the top level or inside a block."
FOR_OF_ASYNC: Final = "The left-hand side of a for-of loop may not be 'async'."
FOR_OF_LET: Final = "The left-hand side of a for-of loop may not start with 'let'."
FOR_IN_SINGLE: Final = "Invalid left-hand side in for-in loop: Must have a single binding."
FOR_OF_SINGLE: Final = "Invalid left-hand side in for-of loop: Must have a single binding."
FOR_IN_INITIALIZER: Final = "for-in loop variable declaration may not have an initializer."
FOR_OF_INITIALIZER: Final = "for-of loop variable declaration may not have an initializer."

SECOND_CONSTRUCTOR: Final = "A class may only have one constructor"
CONSTRUCTOR_ACCESSOR: Final = "Class constructor may not be an accessor"
CONSTRUCTOR_GENERATOR: Final = "Class constructor may not be a generator"
CONSTRUCTOR_ASYNC: Final = "Class constructor may not be an async method"
CONSTRUCTOR_PRIVATE: Final = "Classes may not have a private field named '#constructor'"
CONSTRUCTOR_FIELD: Final = "Classes may not have a field named 'constructor'"
STATIC_PROTOTYPE: Final = "Classes may not have a static property named 'prototype'"

LONE_SURROGATE_NAME: Final = "Invalid module export name: contains unpaired surrogate character"

REDECLARED: Final = "Identifier '{}' has already been declared"
UNDEFINED_LABEL: Final = "Undefined label '{}'"
DUPLICATE_LABEL: Final = "Label '{}' has already been declared"
NO_ITERATION_LABEL: Final = "Illegal continue statement: '{}' does not denote an iteration statement"
UNKNOWN_PRIVATE_NAME: Final = "Private field '{}' must be declared in an enclosing class"
DUPLICATE_EXPORT: Final = "Duplicate export of '{}'"
UNDEFINED_EXPORT: Final = "Export '{}' is not defined in module"
DUPLICATE_ATTRIBUTE: Final = "Import attributes has a duplicate key '{}'"


def about(message: str, name: str) -> str:
    """A message with its name filled in."""
    return message.replace("{}", name)


def unexpected(token: Token) -> SyntaxFault:
    """The token cannot stand where it does."""
    at_end = token.kind == Kind.END
    return SyntaxFault(_unexpected_text(token), token.start, token.end, at_end)


def _unexpected_text(token: Token) -> str:
    match token.kind:
        case Kind.END:
            return END_OF_INPUT
        case Kind.NUMBER | Kind.BIG_INTEGER:
            return "Unexpected number"
        case Kind.STRING:
            return "Unexpected string"
        case Kind.TEMPLATE:
            return "Unexpected template string"
        case Kind.REGULAR_EXPRESSION:
            return "Unexpected regular expression"
        case Kind.ESCAPED_RESERVED:
            return ESCAPED_KEYWORD
        case Kind.ENUM:
            return RESERVED_WORD
        case _:
            if token.is_name() or token.kind == Kind.PRIVATE_NAME:
                return f"Unexpected identifier '{token.text}'"
            return f"Unexpected token '{token.text}'"
