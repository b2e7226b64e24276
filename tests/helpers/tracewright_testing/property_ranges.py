"""Writes `lib/regular_expressions/property_ranges.txt`: asks an installed node, whose tables follow Unicode's, for every property of code points.

    python -m tracewright_testing.property_ranges

A line is a property, a colon, and the distances from each place where membership changes to the next one, in base 36, the first from 0.
"""

import json
import subprocess
from pathlib import Path

from tracewright.lib.regular_expressions import property_names

FILE = Path(property_names.__file__).with_name("property_ranges.txt")
_PROGRAM = r"""
const lines = [];
for (const name of JSON.parse(require('fs').readFileSync(0, 'utf8'))) {
    const pattern = new RegExp(`\\p{${name}}`, 'u');
    const places = [];
    let inside = false, last = 0;
    for (let code = 0; code <= 0x110000; code++) {
        const now = code < 0x110000 && pattern.test(String.fromCodePoint(code));
        if (now !== inside) {
            places.push((code - last).toString(36));
            last = code;
            inside = now;
        }
    }
    lines.push(`${name}:${places.join(' ')}`);
}
console.log(`# Unicode ${process.versions.unicode}\n${lines.join('\n')}`);
"""


def names() -> list[str]:
    """Each property once, by the name under which the table has it."""
    categories = sorted(set(property_names.CATEGORIES.values()) - {"C", "L", "LC", "M", "N", "P", "S", "Z"})
    scripts = sorted(set(property_names.SCRIPTS.values()) - {"Unknown"})
    binary = sorted(set(property_names.BINARY_PROPERTIES.values()) - {"Any", "ASCII", "Assigned"})
    return [
        *(f"gc={name}" for name in categories),
        *binary,
        *(f"sc={name}" for name in scripts),
        *(f"scx={name}" for name in scripts),
    ]


def main() -> None:
    """Write the file."""
    finished = subprocess.run(
        ["node", "-e", _PROGRAM], input=json.dumps(names()), capture_output=True, text=True, check=True
    )
    FILE.write_text(finished.stdout, encoding="ascii")


if __name__ == "__main__":
    main()
