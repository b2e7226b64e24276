# What a possessive loop or an atomic group took is not given back, and what stands behind it must follow.
import re

for pat in [
    r"(?:a|b)*+\)",
    r"a*+\)",
    r"(?>a|b)\)",
    r"(?:a|(?>b|c))*+\)",
    r"(?:a|(?>b|c))*\)",
    r"(?:a|(?:x(?:[^*])*+y))*+\)",
    r"(?:x(?:a)*+y)*+\)",
    r"(?:x(?:a)*+y)*\)",
    r"(?:x(?>a)y)*\)",
    r"(?:x(?>a)y)*+\)",
    r"(?:(?>a))*+\)",
    r"(?:(?>a)b)*+\)",
    r"(?>(?>a)b)?\)",
    r"(?:b(?!c))*+\)",
    r"(?:(?!c)b)*+\)",
]:
    for s in ("div", "ab)", "xay)"):
        m = re.match(pat, s)
        print(pat, s, m and m.span())
print(re.findall(r"(?:/\*(?:[^*]|\*(?!/))*+\*/|\s)++", "a /* one */ b/* two **/c"))
print(re.sub(r"(?:ab)*+c", "-", "ababc abab c"))
print(re.fullmatch(r"(?:ab){2,3}+ab", "abababab"), re.fullmatch(r"(?:ab){2,3}+ab", "ababab"))
