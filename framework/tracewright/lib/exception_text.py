"""What `str(error)` gives where no class of the author's says otherwise: the method `__str__` of BaseException."""

from tracewright.core.generic import message_of


def __str__(self: BaseException) -> str:  # noqa: N807  (it is found under this name, as that of the authors is)
    return message_of(self)
