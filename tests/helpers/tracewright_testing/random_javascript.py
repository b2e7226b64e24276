"""Rows for random JavaScript programs, which print the same under every engine of the standard.

python -m tracewright_testing.random_javascript SEED      prints the program of that seed
"""

from __future__ import annotations

import sys
from typing import Final

from tracewright_testing.guest_generator import FunctionRow, GuestRows, Kind, Row, random_guest_program

_PRELUDE: Final = """
"use strict";
let checksum = 1;
function mix(value) {
    switch (typeof value) {
    case "number":
        checksum = (Math.imul(checksum, 31) + (value * 16 | 0)) | 0;
        break;
    case "bigint":
        checksum = (Math.imul(checksum, 37) ^ Number(BigInt.asIntN(31, value))) | 0;
        break;
    default:
        checksum = (Math.imul(checksum, 17) + String(value).length) | 0;
    }
}
function at(items, index) { return items.length === 0 ? 0 : items[(index >>> 0) % items.length]; }
function cut(text) { return text.length > 60 ? text.slice(0, 7) : text; }
class Point {
    #hidden = 3;
    static made = 0;
    constructor(x, y) { this.x = x; this.y = y; this.tag = "p"; Point.made++; }
    weight(k) { return (this.x * 3 + k % 1000 + this.#hidden) | 0; }
    get double() { return this.y * 2; }
    set double(value) { this.y = value / 2; }
    shifted(k) { return new this.constructor((this.x + k) | 0, this.y + 0.5); }
    toString() { return `<${this.x | 0}>`; }
}
class Named extends Point {
    constructor(x, y) { super(x, y); this.name = "n" + (x & 7); }
    weight(k) { return super.weight(k + 1) ^ 5; }
}
class Counter {
    constructor(limit) { this.limit = limit; }
    *[Symbol.iterator]() { for (let i = 0; i < this.limit; i++) yield i * i; }
}
function* pairs(items, stop) {
    let index = 0;
    try {
        for (const item of items) { if (index >= stop) return "stopped"; yield [index++, item]; }
    } finally { checksum = (checksum + index) | 0; }
}
"""

_INTS: Final = ("0", "1", "(-1)", "2", "7", "31", "100", "255", "65535", "1073741823", "2147483647", "(-2147483648)")
_STRINGS: Final = ("'a'", "'ab'", "'hello'", "''", "'0'", "'17'", "'naïve'", "'日本語'", "'🙂!'", "'x,y,z'", "'A b'")

_KINDS: Final = {
    "int": Kind(
        _INTS,
        (
            Row(6, "(($int + $int) | 0)"),
            Row(4, "(($int - $int) | 0)"),
            Row(3, "(($int * 3) | 0)"),
            Row(2, "Math.imul($int, $int)"),
            Row(3, "($int % 97)"),
            Row(3, "($int & $int)"),
            Row(2, "($int ^ $int)"),
            Row(2, "($int >> 3)"),
            Row(1, "($int >>> 5)"),
            Row(1, "($int << 2)"),
            Row(1, "(~$int)"),
            Row(2, "$string.length"),
            Row(2, "$ints.length"),
            Row(4, "at($ints, $int)"),
            Row(3, "$point.weight($int)"),
            Row(2, "($point.x | 0)"),
            Row(2, "($bool ? $int : $int)"),
            Row(2, "($map.get($key) ?? $int)"),
            Row(2, "($dict[$key] ?? 3)"),
            Row(2, "($closure($int) | 0)"),
            Row(1, "($string.charCodeAt($small) | 0)"),
            Row(1, "(Math.floor($number) | 0)"),
            Row(1, "(parseInt($string) || 4)"),
            Row(1, "$ints.reduce((a, b) => (a + b) | 0, 0)"),
            Row(1, "$ints.indexOf($int)"),
            Row(1, "(Number($big % 1000n) | 0)"),
            Row(1, "Math.max($int, $int)"),
            Row(1, "[...new Counter($small)].length"),
        ),
        declared=6,
    ),
    "small": Kind(("0", "1", "2", "3", "5"), (Row(1, "($int & 3)"), Row(1, "($int & 7)")), declared=0),
    "number": Kind(
        ("0.5", "1.25", "0.1", "100.5", "(-0)", "(-2.75)", "NaN", "Infinity", "4503599627370496.5", "1e21", "1e-7"),
        (
            Row(3, "($number + $number)"),
            Row(2, "($number * 0.5)"),
            Row(2, "($int / 2)"),
            Row(1, "($number - $int)"),
            Row(1, "(-$number)"),
            Row(1, "($number % 7.5)"),
            Row(1, "Math.sqrt(Math.abs($number))"),
            Row(1, "($int + 0.25)"),
            Row(1, "$point.double"),
            Row(1, "$point.y"),
            Row(1, "at($mixed, $int)"),
            Row(1, "($int * $int)"),
            Row(1, "Math.round($number)"),
            Row(1, "($bool ? $int : $number)"),
            Row(1, "Number($string)"),
            Row(1, "($small ** $small)"),
        ),
    ),
    "big": Kind(
        ("0n", "1n", "-7n", "9007199254740993n", "123456789012345678901234567890n"),
        (
            Row(2, "($big + $big)"),
            Row(1, "($big * 3n % 1000000007n)"),
            Row(1, "BigInt($int)"),
            Row(1, "BigInt.asIntN(70, $big - $big)"),
            Row(1, "($big >> 3n)"),
            Row(1, "($big & 1048575n)"),
        ),
        declared=1,
    ),
    "string": Kind(
        _STRINGS,
        (
            Row(4, "cut($string + $string)"),
            Row(2, "cut(`${$string}-${$int}`)"),
            Row(2, "String($number)"),
            Row(1, "String($any)"),
            Row(2, "$string.slice($small, 9)"),
            Row(1, "$string.toUpperCase()"),
            Row(2, "$string.charAt($small)"),
            Row(1, "$string.replace(/[a-h]/g, '_')"),
            Row(1, "cut($string.split('').reverse().join(''))"),
            Row(1, "$string.padStart(6, '*')"),
            Row(1, "(typeof $any)"),
            Row(1, "cut(JSON.stringify($ints))"),
            Row(1, "cut($strings.join('+'))"),
            Row(1, "cut($string.repeat(2))"),
            Row(1, "cut(String($point))"),
            Row(1, "($number).toFixed(2)"),
            Row(1, "($int).toString(36)"),
        ),
    ),
    "key": Kind(("'k0'", "'k1'", "'k2'", "'x'", "'10'"), (Row(3, "('k' + ($int & 3))"),), declared=0),
    "bool": Kind(
        ("true", "false"),
        (
            Row(4, "($int < $int)"),
            Row(2, "($int === $int)"),
            Row(2, "($int % 3 === 0)"),
            Row(2, "($number >= $number)"),
            Row(1, "($any == $any)"),
            Row(2, "($string === $string)"),
            Row(1, "($string < $string)"),
            Row(1, "(!$bool)"),
            Row(1, "($bool && $bool)"),
            Row(1, "$map.has($key)"),
            Row(1, "($key in $dict)"),
            Row(1, "($point instanceof Named)"),
            Row(1, "$ints.includes($int)"),
            Row(1, "/b+|l{2}/.test($string)"),
        ),
        declared=1,
    ),
    "any": Kind(
        ("null", "undefined", "0", "1.5", "'s'", "true", "[]", "[1, 2.5]", "7n"),
        (Row(3, "$int"), Row(2, "$number"), Row(2, "$string"), Row(1, "$bool"), Row(1, "$ints")),
        declared=2,
    ),
    "ints": Kind(
        ("[]", "[1, 2, 3]", "[5, -5]", "[0, 1, 2, 3, 4, 5, 6, 7]"),
        (
            Row(3, "[$int, $int, $int]"),
            Row(2, "$ints.slice(0, 20)"),
            Row(1, "$ints.map(v => (v * 2) | 0)"),
            Row(1, "$ints.filter(v => v & 1)"),
            Row(1, "[...$ints, $int].slice(-20)"),
            Row(1, "Array.from({length: $small}, (_, i) => i * 3)"),
            Row(1, "[...$ints].sort((a, b) => a - b)"),
            Row(1, "[...new Set($ints)]"),
        ),
        declared=4,
    ),
    "mixed": Kind(("[0.5, 1, 2]", "[1, 2, 3]", "[1, , 3]"), (Row(1, "[$number, $int, $number]"),), declared=2),
    "strings": Kind(("['a', 'b']", "[]"), (Row(1, "[$string, $string]"), Row(1, "$string.split(',')")), declared=1),
    "point": Kind(
        ("new Point(1, 2.5)", "new Named(3, 4)"),
        (
            Row(2, "new Point($int, $number)"),
            Row(1, "new Named($int, $int)"),
            Row(2, "$point.shifted($int)"),
            Row(1, "($bool ? $point : $point)"),
        ),
    ),
    "map": Kind(("new Map()", "new Map([['k0', 1], ['k1', 2]])"), (Row(1, "new Map([[$key, $int]])"),), declared=2),
    "dict": Kind(("{}", "{k0: 1, x: 2}"), (Row(1, "{[$key]: $int, k1: $int}"), Row(1, "{...$dict, k2: $int}"))),
    "closure": Kind(
        ("(k => k + 1)", "(k => k * 2 % 1000)"),
        (
            Row(1, "((n, m = $int) => k => (n = (n + k + m) | 0))($int)"),
            Row(1, "(function (k) { return (k + arguments.length + $int) | 0; })"),
        ),
        shown=False,
        declared=2,
    ),
}

_STATEMENTS: Final = (
    Row(8, "$set:int = $int;"),
    Row(4, "$set:int += $small;"),
    Row(3, "$set:int = ($int * 5 + 1) % 1000003;"),
    Row(2, "$set:int++;"),
    Row(4, "$set:number = $number;"),
    Row(2, "$set:number += 0.5;"),
    Row(4, "$set:string = cut($string);"),
    Row(3, "$set:string = cut($1 + $string);"),
    Row(3, "$set:any = $any;"),
    Row(2, "$set:big = $big % (10n ** 40n);"),
    Row(4, "$set:ints.push($int);\nif ($1.length > 40) $1.length = 10;"),
    Row(4, "if ($set:ints.length > 0) $1[($int >>> 0) % $1.length] = $int;"),
    Row(1, "mix($set:ints.pop());"),
    Row(1, "$set:ints.unshift($int);\n$1.splice(30);"),
    Row(2, "$set:mixed[$small] = $any;"),
    Row(3, "$set:dict[$key] = $int;"),
    Row(2, "$set:dict[$key] ??= $int;"),
    Row(1, "delete $set:dict[$key];"),
    Row(3, "$set:map.set($key, $int);"),
    Row(1, "$set:map.delete($key);"),
    Row(3, "$set:point.x = $int;"),
    Row(2, "$set:point.y = $number;"),
    Row(1, "$set:point.double = $int;"),
    Row(1, "$set:point.tag += 'q';\n$1.tag = $1.tag.slice(-5);"),
    Row(1, "$set:point = $point;"),
    Row(2, "const [$new:int = 3, $new:any, ...$new:any] = [$int, $any, ...$ints];"),
    Row(1, "const {x: $new:number, tag: $new:string = 'none'} = $point;"),
    Row(1, "[$set:int, $set:int] = [$int, $int];"),
    Row(1, "if ($int % 11 === 3) throw new RangeError('r' + $int);"),
    Row(1, "if ($int === 77) null.missing;"),
    Row(4, "mix($any);"),
    Row(3, "mix($int);"),
    Row(1, "const $fresh = [$int, $int].map(k => $closure(k));\nmix($1[0]);"),
    Row(1, "mix(Object.entries($dict).flat().join());"),
)

_BLOCKS: Final = (
    Row(6, "if ($bool) {\n    $block\n} else {\n    $block\n}"),
    Row(4, "if ($bool) {\n    $block\n}"),
    Row(8, "for (let $loop:int = 0; $1 < $turns; $1++) {\n    $block\n}"),
    Row(2, "let $fresh = $turns;\nwhile ($1-- > 0) {\n    $block\n}"),
    Row(1, "let $fresh = $turns;\ndo {\n    $block\n} while (--$1 > 0);"),
    Row(2, "for (const $loop:any of $ints.slice(0, $turns)) {\n    $block\n}"),
    Row(1, "for (const [$loop:int, $loop:any] of pairs($ints, $turns)) {\n    $block\n}"),
    Row(1, "for (const $loop:int of new Counter($turns)) {\n    $block\n    if ($bool) break;\n}"),
    Row(1, "for (const $loop:string in $dict) {\n    $block\n}"),
    Row(1, "for (const [$loop:string, $loop:any] of $map) {\n    $block\n}"),
    Row(
        2,
        "$fresh: for (let $loop:int = 0; $2 < $turns; $2++) {\n    for (let $loop:int = 0; $3 < 3; $3++) {\n"
        "        $block\n        if ($bool) continue $1;\n    }\n}",
    ),
    Row(3, "try {\n    $block\n} catch ($fresh) {\n    mix($1.message);\n    $block\n}"),
    Row(1, "try {\n    $block\n} finally {\n    $block\n}"),
    Row(
        2,
        "switch ($int & 3) {\ncase 0: {\n    $block\n}\ncase 1: {\n    $block\n    break;\n}\ndefault: {\n    $block\n}\n}",
    ),
)

_FUNCTIONS: Final = (
    FunctionRow(
        2, ("int",), "number", 80,
        "function $name(n, depth = 12) {\n    if (depth <= 0) return n % 1009;\n"
        "    return $name(n + 3, depth - 1) + (n & 1 ? 1 : 0.5);\n}",
    ),
    FunctionRow(
        1, ("int",), "int", 60,
        "function $name(n, depth = 6) {\n    return depth < 2 ? n & 15 : ($name(n + 1, depth - 1) + $name(n - depth, depth - 2)) | 0;\n}",
    ),
    FunctionRow(
        2, ("int", "int"), "int", 300,
        "function $name(limit, step) {\n    let total = 0;\n    for (let i = 0; i < 90; i++) {\n"
        "        total = (total + i * (step % 1000)) % 1009;\n"
        "        if (i === limit) throw new TypeError('at ' + i);\n    }\n    return total | 0;\n}",
    ),
    FunctionRow(
        2, ("int",), "closure", 4,
        "function $name(start) {\n    let count = start % 1000;\n    const memory = [0, 1, $number];\n"
        "    return k => {\n        count = (count + k % 1000 * 3) % 65521;\n        memory[(count & 0x7fffffff) % 3] = count;\n"
        "        return (count + memory[(k & 0x7fffffff) % 3]) | 0;\n    };\n}",
    ),
    FunctionRow(
        1, ("ints", "int"), "ints", 60,
        "function $name(items, limit) {\n    function* walk() {\n        for (const item of items) {\n"
        "            if (item === limit) return;\n            yield (item ^ limit) | 0;\n        }\n    }\n"
        "    return [...walk()].slice(0, 15);\n}",
    ),
    FunctionRow(
        1, ("int", "string"), "string", 20,
        "function $name(...given) {\n    const [first, second = 'none'] = given;\n"
        "    return cut(`${given.length}:${first % 100}:${second}`);\n}",
    ),
)  # fmt: skip

JAVASCRIPT: Final = GuestRows(
    prelude=_PRELUDE,
    kinds=_KINDS,
    declaration="let $name = $value;",
    statements=_STATEMENTS,
    blocks=_BLOCKS,
    functions=_FUNCTIONS,
    plain="function $name($parameters) {\n    $block\n    return $result;\n}",
    parameters=("int", "int", "int", "number", "string", "ints", "point", "any"),
    results=("int", "int", "number", "string", "ints", "point"),
    section=(
        "try {\n    $declarations\n    $block\n    for (let $loop:int = 0; $1 < $turns; $1++) {\n        $block\n    }\n"
        "    console.log('section $number', checksum, $state);\n"
        "} catch (error) {\n    console.log('caught $number', error.name, error.message, checksum);\n}"
    ),
    ending="console.log('end', checksum, Point.made);",
)


def random_javascript_program(seed: int) -> str:
    """The program of that seed."""
    return random_guest_program(JAVASCRIPT, seed)


if __name__ == "__main__":
    print(random_javascript_program(int(sys.argv[1])), end="")
