"""A class of the standard library as a type.

Why: its source is not in the dialect.
Instead: write the class, or keep such objects to import time.
"""

from collections import deque


def drain(queue: deque[int]) -> int:
    return queue.popleft()


def main() -> int:
    return drain(deque([1, 2]))
