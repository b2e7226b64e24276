"""The program of 300 small functions, each called 500 times, in every language; `larger.py` runs it with the larger programs.

It is made when needed, because its length is the point: what each function costs until it is machine code, not how fast
that machine code is.
"""

FUNCTIONS = 300
CALLS = 500
NAME = "small_functions"

# Three kinds of function, so that neighbours are not the same code; {k} is the number of the function, {c} a constant of its own.
KINDS = {
    "ruff": (
        "func f{k}(a, b) {{\n    let t := a * {c} + b\n    if t % 3 == 0 {{ return t % 1009 }}\n    return (t + {k}) % 997\n}}\n",
        "func f{k}(a, b) {{\n    mut t := a\n    mut i := 0\n    while i < 3 {{\n        t := t + b % {c}\n        i := i + 1\n    }}\n    return t % 1013\n}}\n",
        "func f{k}(a, b) {{\n    let pair := [a, b + {c}]\n    return (pair[0] + pair[1] * {k}) % 1019\n}}\n",
    ),
    "js": (
        "function f{k}(a, b) {{\n    const t = a * {c} + b;\n    if (t % 3 === 0) return t % 1009;\n    return (t + {k}) % 997;\n}}\n",
        "function f{k}(a, b) {{\n    let t = a;\n    for (let i = 0; i < 3; i++) t += b % {c};\n    return t % 1013;\n}}\n",
        "function f{k}(a, b) {{\n    const pair = [a, b + {c}];\n    return (pair[0] + pair[1] * {k}) % 1019;\n}}\n",
    ),
    "lua": (
        "function f{k}(a, b)\n    local t = a * {c} + b\n    if t % 3 == 0 then return t % 1009 end\n    return (t + {k}) % 997\nend\n",
        "function f{k}(a, b)\n    local t = a\n    for i = 1, 3 do t = t + b % {c} end\n    return t % 1013\nend\n",
        "function f{k}(a, b)\n    local pair = {{ a, b + {c} }}\n    return (pair[1] + pair[2] * {k}) % 1019\nend\n",
    ),
    "py": (
        "def f{k}(a, b):\n    t = a * {c} + b\n    if t % 3 == 0:\n        return t % 1009\n    return (t + {k}) % 997\n\n",
        "def f{k}(a, b):\n    t = a\n    for _ in range(3):\n        t += b % {c}\n    return t % 1013\n\n",
        "def f{k}(a, b):\n    pair = [a, b + {c}]\n    return (pair[0] + pair[1] * {k}) % 1019\n\n",
    ),
}
# The loop around each function's calls, then `run`: groups of ten, each a function of its own, as people would write it.
LOOPS = {
    "ruff": "    i := 0\n    while i < {calls} {{\n        total := f{k}(total, i)\n        i := i + 1\n    }}\n",
    "js": "    for (let i = 0; i < {calls}; i++) total = f{k}(total, i);\n",
    "lua": "    for i = 0, {calls} - 1 do total = f{k}(total, i) end\n",
    "py": "    for i in range({calls}):\n        total = f{k}(total, i)\n",
}
GROUPS = {
    "ruff": ("func group{g}(start) {{\n    mut total := start\n    mut i := 0\n", "    return total\n}}\n"),
    "js": ("function group{g}(total) {{\n", "    return total;\n}}\n"),
    "lua": ("function group{g}(total)\n", "    return total\nend\n"),
    "py": ("def group{g}(total):\n", "    return total\n\n"),
}
RUNS = {
    "ruff": ("func run() {\n    mut total := 1\n", "    total := group{g}(total)\n", "    return total\n}\n"),
    "js": ("function run() {\n    let total = 1;\n", "    total = group{g}(total);\n", "    return total;\n}\n"),
    "lua": ("function run()\n    local total = 1\n", "    total = group{g}(total)\n", "    return total\nend\n"),
    "py": ("def run():\n    total = 1\n", "    total = group{g}(total)\n", "    return total\n"),
}
COMMENTS = {"ruff": "# {}", "js": "// {}", "lua": "-- {}", "py": '"""{}"""\n\n'}
SENTENCE = "Three hundred small functions, each called five hundred times."


def text(language: str) -> str:
    """The program in this language, without the driver."""
    gap = "\n\n" if language == "py" else "\n"
    parts = [COMMENTS[language].format(SENTENCE) + "\n"]
    for k in range(FUNCTIONS):
        kinds = KINDS[language]
        parts.append(kinds[k % len(kinds)].format(k=k, c=k % 13 + 2).rstrip("\n") + "\n" + gap)
    opening, closing = GROUPS[language]
    for g in range(FUNCTIONS // 10):
        loops = "".join(LOOPS[language].format(k=k, calls=CALLS) for k in range(g * 10, g * 10 + 10))
        parts.append(opening.format(g=g) + loops + closing.format().rstrip("\n") + "\n" + gap)
    start, turn, end = RUNS[language]
    parts.append(start + "".join(turn.format(g=g) for g in range(FUNCTIONS // 10)) + end)
    return "".join(parts)
