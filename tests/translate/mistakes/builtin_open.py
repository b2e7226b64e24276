"""`open`.

Why: files are read and written whole, as bytes.
Instead: `read_file` and `write_file` of `tracewright.core.system`.
"""


def main() -> int:
    return len(open("notes.txt").read())
