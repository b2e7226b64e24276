"""The terminal at which a person types, key by key. Only where `is_terminal` of `core/system.py` says that there is one.

Raw means: what is typed comes at once, is not shown, and Ctrl-C is a key. It is for the time in which a line is edited; a program that
runs meanwhile is interrupted by Ctrl-C as always.
"""

import os
import shutil
import termios
import tty

_SAVED: list[list[int | list[bytes | int]]] = []  # hosted: how the terminal was before


def set_raw_input(on: bool) -> bool:
    """Switch the terminal of standard input to raw, or back; False where that is not possible."""
    try:
        if on and not _SAVED:
            _SAVED.append(termios.tcgetattr(0))
            tty.setraw(0, termios.TCSADRAIN)
        elif not on and _SAVED:
            termios.tcsetattr(0, termios.TCSADRAIN, _SAVED.pop())
    except termios.error:
        return False
    return True


def read_keys() -> bytes:
    """What has been typed, waiting for at least one byte; empty at the end. Output is not flushed first."""
    return os.read(0, 4096)


def terminal_columns() -> int:
    """How many characters a line of the terminal has."""
    return shutil.get_terminal_size().columns
