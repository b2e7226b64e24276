"""A relative import inside a function.

Why: such an import is read at translation, where it must name the whole module.
Instead: `from package.module import name`.
"""


def main() -> int:
    from .helpers import double

    return double(2)
