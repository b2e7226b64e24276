# What is compiled as a prompt compiles it shows the values of its expressions.
exec(compile("for i in range(3):\n    i * 2\n", "<t>", "single"))
exec(compile("def f():\n    5\n    return 7\n", "<t>", "single"))
exec(compile("f(); 3; None", "<t>", "single"))
from collections import deque, defaultdict, OrderedDict, Counter, ChainMap
print(deque[int], defaultdict[str, int], OrderedDict[str, int], Counter[str])
def g(q: deque[int]) -> "list[deque[str]]": return q
print(g.__annotations__)
exec(compile("if 1:\n    'x'\n    if 2: [3]\n", "<t>", "single"))
for text in ("a=1\nb=2", "for i in range(3):\n    i\nif 1:\n    2\n", "if 1:\n  2\n# comment\n\n", "1\n\n#x", "1\n2"):
    try: exec(compile(text, "<t>", "single"))
    except SyntaxError as e: print(e, e.lineno, e.offset)
