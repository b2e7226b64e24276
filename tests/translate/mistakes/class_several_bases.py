"""A class with several bases.

Why: an object has one record of fields, that of the base first.
Instead: one base class; hold the other object in a field.
"""


class Named:
    pass


class Sized:
    pass


class File(Named, Sized):
    pass


def main() -> int:
    File()
    return 0
