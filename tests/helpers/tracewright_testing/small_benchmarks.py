"""The benchmarks in sizes that take no time, in all their languages."""

import re

# Benchmark -> numbers that decide about its size, and smaller ones, in all its languages.
SMALL_SIZES: dict[str, dict[str, str]] = {
    "array_sum": {"1500": "2"},
    "closures": {"1200000": "700"},
    "dict_int": {"500000": "900"},
    "dict_string": {"1200000": "1500"},
    "fib_iterative": {"150000": "60"},
    "fib_recursive": {"32": "13"},
    "mandelbrot": {"400": "12"},
    "nbody": {"100000": "40"},
    "nested_loops": {"220": "14"},
    "object_creation": {"1500000": "1200"},
    "permutations": {"9": "5"},
    "sieve": {"10000": "500", "300": "4"},
    "string_building": {"24000": "30", "1000005": "105"},
    "struct_methods": {"500000": "900"},
    "towers": {"17": "6"},
}


def small(text: str, benchmark: str) -> str:
    """The benchmark's text with the small size."""
    for size, smaller in SMALL_SIZES[benchmark].items():
        text, count = re.subn(rf"(?<![\d.]){size}(?![\d.])", smaller, text)
        assert count > 0, f"{benchmark} has another size by now"
    return text
