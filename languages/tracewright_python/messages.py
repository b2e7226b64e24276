"""The words of syntax errors, which are CPython's. `{}` is filled in where one is raised."""

from typing import Final

# Whole texts
SEVERAL_STATEMENTS: Final = "multiple statements found while compiling a single statement"

# Parameters
DEFAULT_ORDER: Final = "non-default argument follows default argument"
MISSING_DEFAULT: Final = "expected default value expression"
FIRST_SLASH: Final = "at least one argument must precede /"
SECOND_SLASH: Final = "/ may appear only once"
SLASH_BEHIND_STAR: Final = "/ must be ahead of *"
COMMA_BETWEEN_SLASH_AND_STAR: Final = "expected comma between / and *"
BARE_STAR: Final = "named arguments must follow bare *"
SECOND_STAR: Final = "* argument may appear only once"
STAR_DEFAULT: Final = "var-positional argument cannot have default value"
DOUBLE_STAR_DEFAULT: Final = "var-keyword argument cannot have default value"
BEHIND_DOUBLE_STAR: Final = "arguments cannot follow var-keyword argument"
FUNCTION_PARENTHESES: Final = "Function parameters cannot be parenthesized"
LAMBDA_PARENTHESES: Final = "Lambda expression parameters cannot be parenthesized"

# Expressions
FORGOT_COMMA: Final = "invalid syntax. Perhaps you forgot a comma?"
MEANT_EQUAL_OR_WALRUS: Final = "invalid syntax. Maybe you meant '==' or ':=' instead of '='?"
MISSING_ELSE: Final = "expected 'else' after 'if' expression"
STARRED_HERE: Final = "cannot use starred expression here"
DOUBLE_STARRED_HERE: Final = "cannot use double starred expression here"
STAR_IN_COMPREHENSION: Final = "iterable unpacking cannot be used in comprehension"
DOUBLE_STAR_IN_COMPREHENSION: Final = "dict unpacking cannot be used in dict comprehension"
COMPREHENSION_PARENTHESES: Final = "did you forget parentheses around the comprehension target?"
STAR_IN_DICT: Final = "cannot use a starred expression in a dictionary value"
DICT_VALUE: Final = "expression expected after dictionary key and ':'"
DICT_COLON: Final = "':' expected after dictionary key"

# Calls
GENERATOR_PARENTHESES: Final = "Generator expression must be parenthesized"
STAR_AFTER_DOUBLE_STAR: Final = "iterable argument unpacking follows keyword argument unpacking"
POSITIONAL_AFTER_KEYWORD: Final = "positional argument follows keyword argument"
POSITIONAL_AFTER_DOUBLE_STAR: Final = "positional argument follows keyword argument unpacking"
KEYWORD_EXPRESSION: Final = 'expression cannot contain assignment, perhaps you meant "=="?'

# Strings
MIXED_STRINGS: Final = "cannot mix bytes and nonbytes literals"
NON_ASCII_BYTES: Final = "bytes can only contain ASCII literal characters"
FORMAT_BACKSLASH: Final = "f-string expression part cannot include a backslash"
FORMAT_COMMENT: Final = "f-string expression part cannot include '#'"
FORMAT_EMPTY: Final = "f-string: empty expression not allowed"
FORMAT_UNTERMINATED: Final = "f-string: unterminated string"
FORMAT_EXPECTS_BRACE: Final = "f-string: expecting '}'"
FORMAT_SINGLE_BRACE: Final = "f-string: single '}' is not allowed"
FORMAT_TOO_DEEP: Final = "f-string: expressions nested too deeply"
FORMAT_TOO_MANY_BRACKETS: Final = "f-string: too many nested parenthesis"
FORMAT_CONVERSION: Final = "f-string: invalid conversion character: expected 's', 'r', or 'a'"

# Patterns
WILDCARD_TARGET: Final = "cannot use '_' as a target"
PATTERN_TARGET: Final = "invalid pattern target"
POSITIONAL_PATTERN: Final = "positional patterns follow keyword patterns"
REAL_REQUIRED: Final = "real number required in complex literal"
IMAGINARY_REQUIRED: Final = "imaginary number required in complex literal"

# Statements
EXPECTED_COLON: Final = "expected ':'"
ANNOTATED_LIST: Final = "only single target (not list) can be annotated"
ANNOTATED_TUPLE: Final = "only single target (not tuple) can be annotated"
ANNOTATION_TARGET: Final = "illegal target for annotation"
YIELD_TARGET: Final = "assignment to yield expression not possible"
IMPORT_COMMA: Final = "trailing comma not allowed without surrounding parentheses"
EXCEPT_OR_FINALLY: Final = "expected 'except' or 'finally' block"
MIXED_EXCEPT: Final = "cannot have both 'except' and 'except*' on the same 'try'"
EXCEPT_PARENTHESES: Final = "multiple exception types must be parenthesized"
EXCEPT_STAR_TYPE: Final = "expected one or more exception types"
UNEXPECTED_INDENT: Final = "unexpected indent"
UNEXPECTED_UNINDENT: Final = "unexpected unindent"

# Names
STAR_IMPORT: Final = "import * only allowed at module level"
WALRUS_IN_ITERATED: Final = "assignment expression cannot be used in a comprehension iterable expression"
WALRUS_IN_CLASS: Final = "assignment expression within a comprehension cannot be used in a class body"
LATE_FUTURE: Final = "from __future__ imports must occur at the beginning of the file"

# Rules
TOO_MANY_BLOCKS: Final = "too many statically nested blocks"
JUMP_FROM_EXCEPT_STAR: Final = "'break', 'continue' and 'return' cannot appear in an except* block"
BARE_EXCEPT_LAST: Final = "default 'except:' must be last"
ASYNC_COMPREHENSION: Final = "asynchronous comprehension outside of an asynchronous function"
LONE_STARRED: Final = "can't use starred expression here"
LONE_STARRED_TARGET: Final = "starred assignment target must be in a list or tuple"
SEVERAL_STARS: Final = "multiple starred expressions in assignment"
