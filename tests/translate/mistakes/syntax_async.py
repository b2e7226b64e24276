"""`async` and `await`.

Why: a frame that outlives its call has no native form.
Instead: ordinary calls.
"""


async def fetch() -> int:
    return 3


def main() -> int:
    fetch()
    return 0
