"""A searcher: lines of standard input are a pattern, its flags, and a text, each as hexadecimal UTF-8; each is answered by the ends of the groups."""

from tracewright.core.system import read_line
from tracewright.lib.regular_expressions.compiler import compile_pattern
from tracewright.lib.regular_expressions.flags import flags_of
from tracewright.lib.regular_expressions.matcher import Matcher, MatchLimitExceeded
from tracewright.lib.regular_expressions.parser import PatternError, parse_pattern
from tracewright.lib.utf16 import units_of_text
from tracewright_testing.samples.output import say

MOST_STEPS = 1_000_000


def main() -> int:
    while True:
        line = read_line().decode()
        if line == "":
            return 0
        source, letters, text = line.rstrip("\n").split(" ")
        say(answer(decoded(source), decoded(letters), decoded(text)))


def decoded(text: str) -> str:
    """The text as UTF-16 units."""
    return units_of_text(bytes.fromhex(text).decode())


def answer(source: str, letters: str, text: str) -> str:
    flags = flags_of(letters)
    if flags is None:
        return "refused"
    try:
        matcher = Matcher(compile_pattern(parse_pattern(source, flags)))
        found = matcher.match_at(text, 0, MOST_STEPS) if flags.is_sticky else matcher.search(text, 0, MOST_STEPS)
    except PatternError:
        return "refused"
    except MatchLimitExceeded:
        return "too long"
    if not found:
        return "null"
    return ",".join([str(place) for place in matcher.groups()])
