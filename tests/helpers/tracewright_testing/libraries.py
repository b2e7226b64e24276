"""Tests that need a C library."""

import pytest

from tracewright.core.foreign import Library, MissingLibrary


def needs(library: Library) -> pytest.MarkDecorator:
    """Skips where the library is not installed, and says so."""
    try:
        library.require()
    except MissingLibrary as error:
        return pytest.mark.skip(reason=str(error))
    return pytest.mark.skipif(False, reason="it is there")
