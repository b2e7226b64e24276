"""Floats to ints: by int, floor, ceil, trunc and round, near the limits of a word and of what is no number, and in a hot loop."""

import math
class F(float):
    def __floor__(self): return "mine"
    def __int__(self): return 77
values=[0.0,-0.0,0.5,-0.5,1.5,-1.5,2.5,1e15+0.5,2.0**52+0.5,2.0**53,2.0**62,-2.0**62,2.0**63,-2.0**63,2.0**63-1024,-2.0**63-2048,1e19,-1e300,5e-324,F(1.5),True,7,2**70]
for v in values+[float('inf'),float('nan'),-float('inf')]:
    for f in (int,math.floor,math.ceil,math.trunc,round):
        try: print(f.__name__,repr(v),repr(f(v)))
        except Exception as e: print(f.__name__,type(e).__name__,e)
def hot(n):
    s=0
    for i in range(n):
        x=i*1.37-50.0
        s+=int(x)+math.floor(x)*3+math.ceil(x)*5+math.trunc(x)
    return s
print(hot(5000))
