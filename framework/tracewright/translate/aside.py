"""Work that nobody waits for until the end, in a copy of this process: Python's threads share one processor."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def done_aside(work: Callable[[], None]) -> Iterator[None]:
    """Do `work` while the body runs. It sees everything as it is now, and what it changes is seen by nobody, but for files."""
    child = os.fork()
    if child == 0:
        try:
            work()
        except BaseException:
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    try:
        yield
    finally:
        _, status = os.waitpid(child, 0)
    if status:
        raise RuntimeError(f"{getattr(work, '__qualname__', work)} failed, see above")
