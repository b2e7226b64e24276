"""Unicode's ID_Start and ID_Continue against the derivation that the Unicode database gives, for every code point that Python's knows."""

import sys
from unicodedata import category

from tracewright.lib.regular_expressions.unicode_names import continues_identifier, starts_identifier


def test_every_code_point() -> None:
    for code in range(sys.maxunicode + 1):
        kind = category(chr(code))
        if kind == "Cn":  # perhaps a letter in a later edition
            continue
        starts = kind[0] == "L" or kind == "Nl" or code in (0x1885, 0x1886, 0x2118, 0x212E, 0x309B, 0x309C)
        starts = starts and code != 0x2E2F or code in (0x24, 0x5F)
        continues = (
            starts or kind in ("Mn", "Mc", "Nd", "Pc") or code in (0xB7, 0x387, 0x19DA, 0x200C, 0x200D, 0x30FB, 0xFF65)
        )
        continues = continues or 0x1369 <= code <= 0x1371
        assert starts_identifier(code) == starts, hex(code)
        assert continues_identifier(code) == continues, hex(code)


def test_a_script_that_is_new() -> None:
    assert starts_identifier(0x2EBF0) and not starts_identifier(0x2EBEF)  # Extension I, of 15.1
