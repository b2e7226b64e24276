"""lark: a grammar, its parser, and a walk over the tree."""

from lark import Lark, Transformer, v_args

GRAMMAR = """
    ?start: sum
    ?sum: product | sum "+" product -> add | sum "-" product -> sub
    ?product: atom | product "*" atom -> mul | product "/" atom -> div
    ?atom: NUMBER -> number | "-" atom -> neg | "(" sum ")"
    %import common.NUMBER
    %import common.WS_INLINE
    %ignore WS_INLINE
"""


@v_args(inline=True)
class Calculate(Transformer):
    from operator import add, mul, neg, sub
    from operator import truediv as div

    number = float


for parser in ("lalr", "earley"):
    tree = Lark(GRAMMAR, parser=parser).parse("1 + 2 * -(3 - 4) / 5")
    print(tree)
    print(Calculate().transform(tree))
try:
    Lark(GRAMMAR, parser="lalr").parse("1 + ")
except Exception as problem:
    print(type(problem).__name__)
