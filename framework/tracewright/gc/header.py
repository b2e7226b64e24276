"""The upper half of an object's header is the collector's: what a store of a reference into the object must do.

    header    class id (32 bits)   age (8 bits)   0

A collection makes what it has scanned OLD. A reference stored into an OLD object must not be forgotten by the next collection, which
does not scan old objects again: the write barrier makes the object REMEMBERED and notes it, once. A NEW object will be scanned anyhow.
A large array of references is CARDED instead: the barrier goes on noting where stores went, and only there the next collection looks
(cards.py). It is so from its birth, for it may be the copy of another.
Only objects that can hold references have an age; texts keep the width of their code points there.
"""

from typing import Final

CLASS_MASK: Final = (1 << 32) - 1
AGE_OFFSET: Final = 4  # a byte
NEW: Final = 0
OLD: Final = 1  # the bit that the barrier asks for
REMEMBERED: Final = 2
CARDED: Final = OLD | 4
