"""Files without the library's modules; namespaces of `exec`; frames; code objects."""

import sys


def variables():
    inner = 1
    frame = sys._getframe()
    return frame.f_code.co_name, sorted(frame.f_locals), frame.f_back.f_code.co_name, frame.f_code.co_varnames


print(variables(), variables.__code__ is variables.__code__, variables.__code__.co_argcount)
spaces = {}
exec("x = 1\ndef g(): return x + 1\ny = g()", spaces)
print(spaces["y"], spaces["g"](), sorted(name for name in spaces if not name.startswith("_")))
own = {}
exec("a = 1; b = a + 1", {}, own)
print(own, eval("a + b", {"a": 1}, {"b": 2}), eval(b"1 + 1"))
exec(compile("1 + 1\nNone\n'x'", "f", "exec"))
exec(compile("1 + 1", "f", "single"))


class C:
    x = 1


print(C.__dict__["x"], type(C.__dict__), "x" in C.__dict__, vars(C()), dir()[:1])
print(list[int], dict[str, list[int]], int | str, isinstance(3, int | str), type[int], range(1 << 70)[5], len(range(0, 1 << 70, 1 << 69)))
print(sys.version_info[:2], sys.version_info.major, sys.flags.optimize, sys.maxsize, sys.float_info.dig)
name = "files_test_of_tracewright.txt"
with open(f"/tmp/{name}", "w") as stream:
    print(stream.write("one\ntwo\n"), stream.mode, stream.encoding)
with open(f"/tmp/{name}") as stream:
    print(list(stream), stream.closed)
with open(f"/tmp/{name}", "ab") as stream:
    stream.write(b"three")
print(open(f"/tmp/{name}", "rb").read())
for bad in (("/nonexistent/x", "r"), (f"/tmp/{name}", "q"), ("/tmp", "rb")):
    try:
        open(*bad)
    except (OSError, ValueError) as problem:
        print(type(problem).__name__, problem)
import posix

posix.unlink(f"/tmp/{name}")
