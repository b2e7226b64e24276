"""`ast.parse`, `compile` of trees, and `code.replace`."""

import ast
src = '''
import os.path as p, sys
from . import a as b
async def f(a, /, b: int = 1, *args, c=2, **kw) -> None:
    """doc"""
    async with x as y, z: pass
    async for i in j: await k
    return [i async for i in j if i]
@deco
class C(B, metaclass=M):
    x: int = 3
    def g(self): nonlocal q; return super().g()
try:
    raise E from None
except (A, B) as e:
    del e
else: pass
finally: x += 1
match v:
    case {"a": [1, *_], **rest} | None: pass
    case P(1, x=2) as k if k > 2: pass
    case -1 | "s" | a.b: pass
f"a{b!r:>{w}}c" "d"
lambda *a, k=1: (yield)
x = y = {1: 2, **z}, {1, 2}, 1.5, 2j, b"x", u"u", ..., None, True, 10**30, 123456789012345678901234567890
a[1:2, ::3] = not -x if x < y <= z else x and y or (w := 3)
while 1:
    if a: break
    elif b: continue
global gg
assert x, "m"
é = "ü" + ö
print(*a, **k)
with (a as b): pass
'''
t = ast.parse(src)
print(ast.dump(t, include_attributes=True))
print(ast.unparse(t))
print(ast.dump(ast.parse("a + b", mode="eval")))
code = compile(ast.parse("def f(n):\n    return n * 2\nprint(f(21), [x for x in range(3)], f'{1+1}')\n"), "<tree>", "exec")
exec(code)
print(eval(compile(ast.fix_missing_locations(ast.Expression(ast.BinOp(ast.Constant(1), ast.Add(), ast.Constant(2)))), "<t>", "eval")))
class T(ast.NodeTransformer):
    def visit_Constant(self, n): return ast.copy_location(ast.Constant(n.value + 1), n)
print(eval(compile(ast.fix_missing_locations(T().visit(ast.parse("1 + 2", mode="eval"))), "x", "eval")))
print(ast.literal_eval("{'a': [1, -2.5, (3+4j)], 'b': {1, 2}, 'c': b'x'}"))
for bad in [ast.Module([ast.Expr(3)], []), ast.Module([ast.Return()], []), ast.Module([ast.Expr(ast.Name("x"))], [])]:
    try: compile(ast.fix_missing_locations(bad), "b", "exec")
    except Exception as e: print(type(e).__name__, e)
try: compile(ast.parse("1"), "b", "eval")
except TypeError as e: print(e)
c = compile("\n\nraise ValueError('x')", "file.tmpl", "exec").replace(co_name="block 'a'", co_firstlineno=3)
print(c.co_name, c.co_firstlineno)
try: exec(c)
except ValueError as e: print(e.__traceback__.tb_next.tb_frame.f_code.co_name, e.__traceback__.tb_next.tb_lineno)
import inspect
class K: pass
print(inspect.signature(K), inspect.signature(lambda a, *, b=1: 0))
