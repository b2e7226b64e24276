import math, sys, time
print(math.sqrt(2), math.floor(2.7), math.ceil(-2.7), math.gcd(12, 18), math.pi, math.factorial(20), math.isqrt(10**30), math.log(8, 2), math.hypot(3, 4), math.fsum([0.1]*10))
sys.stdout.write("x\n")
print(sys.maxsize, time.time() > 0)
try: math.sqrt(-1)
except ValueError as e: print(e)
sys.exit(3)
