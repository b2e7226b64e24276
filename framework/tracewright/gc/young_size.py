"""How much is handed out between two young collections: what the caches hold, or more where that gives objects the time to die.

Whether it does is tried, and measured by the part that survives:

    8 MiB    30 %    much survives: twice as much is tried
    16 MiB   16 %    that has paid; once more
    32 MiB   14 %    that has not: back to 16 MiB, and so it stays for a while
    16 MiB   16 %    ... then half of it is tried, for the program may do something else by now
     8 MiB    3 %    and it need not be more
"""

from typing import Final, final

YOUNG_BYTES: Final = 8 << 20  # what the caches hold, nearly
MOST_YOUNG: Final = 4  # up to so many times more
WHOLE: Final = 1 << 10  # parts are counted in these
LITTLE: Final = WHOLE >> 5  # so little survives that less memory would do as well
MUCH: Final = WHOLE >> 3  # from here on time may help ...
MOST: Final = WHOLE - MUCH  # ... and from here on it would not
PAYS: Final = WHOLE * 3 // 4  # twice the memory pays where this part of the part survives, or less
SETTLED: Final = 16  # collections before something else is tried


@final
class YoungSize:
    """How much it is now, and what is known about half of it."""

    def __init__(self) -> None:
        self.least = YOUNG_BYTES
        self.now = YOUNG_BYTES
        self.tried = False  # `now` was doubled for this collection ...
        self.before = 0  # ... and with half of it this part survived
        self.settled = 0  # so many collections more before something else is tried

    def set_least(self, size: int) -> None:
        """Begin with `size` bytes, which it never falls below."""
        self.least = size
        self.now = size
        self.tried = False
        self.settled = 0

    def adapt(self, made: int, survived: int) -> None:
        """Of `made` bytes, about `now`, so many have survived a collection: how much is it to be before the next?"""
        part = survived * WHOLE // max(made, 1)
        tried = self.tried
        self.tried = False
        if tried and part * WHOLE > self.before * PAYS:
            self.now >>= 1
            self.settled = SETTLED
        elif part < LITTLE:
            self.now = max(self.now >> 1, self.least)
            self.settled = 0
        elif self.settled > 0 and not tried:
            self.settled -= 1
        elif MUCH < part < MOST and self.now < MOST_YOUNG * self.least:
            self.now *= 2
            self.tried = True
            self.before = part
        elif self.now > self.least and not tried:
            self.now >>= 1
        elif self.now > self.least:
            self.settled = SETTLED
