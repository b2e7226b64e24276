"""Where the parts of a heap object are, in bytes from its start: what the translator, the JIT, the backends and the C runtime agree on.

offset 0   header: class id in the low 32 bits; 0 above, but for str
offset 8   first field of a class instance; the length of an array; ...
Array[T]   8: length   16: elements
Words      8: length   16: elements, scanned ambiguously
bytes      8: length   16: hash (0: not computed)   24: data, a zero byte after the last
str        4: width (1, 2 or 4), 32 bits   8: length   16: hash (0: not computed)   24: code points in that width
BoxedInt   8: the int
"""

from typing import Final

ARRAY_LENGTH_OFFSET: Final = 8
ARRAY_ITEMS_OFFSET: Final = 16
BYTES_LENGTH_OFFSET: Final = 8
BYTES_HASH_OFFSET: Final = 16
BYTES_DATA_OFFSET: Final = 24
STR_WIDTH_OFFSET: Final = 4
STR_LENGTH_OFFSET: Final = 8
STR_HASH_OFFSET: Final = 16
STR_DATA_OFFSET: Final = 24
BOXED_INT_OFFSET: Final = 8
