"""pyparsing: a grammar from objects."""

from pyparsing import Forward, Group, OneOrMore, Suppress, Word, alphas, infix_notation, nums, one_of, opAssoc

number = Word(nums).set_parse_action(lambda found: int(found[0]))
expression = infix_notation(number, [(one_of("* /"), 2, opAssoc.LEFT), (one_of("+ -"), 2, opAssoc.LEFT)])
print(expression.parse_string("1 + 2 * 3 - 4").as_list())
item = Forward()
item <<= Word(alphas) | Group(Suppress("(") + OneOrMore(item) + Suppress(")"))
print(item.parse_string("(a (b c) d)").as_list())
greeting = Word(alphas)("word") + "," + Word(alphas)("who")
print(greeting.parse_string("hello, world").as_dict())
try:
    number.parse_string("x")
except Exception as problem:
    print(type(problem).__name__, problem)
