"""What generators have as methods, written in Ruff: lazy, and to a trace a call like any other.

    numbers().filter(func(n) { return n % 2 == 0 }).map(square).take(3).collect()

Each but `collect` is a generator itself, which asks the one that it was made from for a value when it is asked for one.
"""

from __future__ import annotations

from typing import Final

KIND: Final = "generator"
FILE_NAME: Final = "<builtin>"
SOURCE: Final = """
func* map(values, f) { for value in values { yield f(value) } }
func* filter(values, f) { for value in values { if f(value) { yield value } } }
func* take(values, count) {
    if count > 0 {
        taken := 0
        for value in values {
            yield value
            taken := taken + 1
            if taken >= count { break }
        }
    }
}
func collect(values) {
    result := []
    for value in values { result := push(result, value) }
    return result
}
"""
