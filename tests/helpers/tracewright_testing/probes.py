"""A probe of the language: a function whose text, or whose error with its text, is written beside its name."""

from collections.abc import Callable

from tracewright.core.system import write_output


def show(name: str, probe: Callable[[], str]) -> None:
    """Run the probe; of an error the class that matters to handlers is told by asking for it."""
    try:
        result = probe()
    except KeyError as error:
        result = "KeyError " + str(error)
    except IndexError as error:
        result = "IndexError " + str(error)
    except ArithmeticError as error:
        result = "ArithmeticError " + str(error)
    except AssertionError as error:
        result = "AssertionError " + str(error)
    except ValueError as error:
        result = "ValueError " + str(error)
    except TypeError as error:
        result = "TypeError " + str(error)
    except RuntimeError as error:
        result = "RuntimeError " + str(error)
    except Exception as error:
        result = "Exception " + str(error)
    write_output(f"{name} {result!r}\n".encode())
