"""A package that says what to import where its machine code cannot be loaded is the engine's own."""

import os
import sys
import tempfile

TEXT = """
try:
    from ._speedups import double
except ImportError:
    from ._native import double

where = double.__module__
"""

with tempfile.TemporaryDirectory() as folder:
    package = os.path.join(folder, "optional_speed")
    os.mkdir(package)
    for name, text in (
        ("__init__.py", TEXT),
        ("_native.py", "def double(x):\n    return 2 * x\n"),
        ("_speedups.so", "this is no machine code"),
    ):
        with open(os.path.join(package, name), "w") as file:
            file.write(text)
    sys.path.insert(0, folder)
    import optional_speed

    print(optional_speed.where, optional_speed.double(21), type(optional_speed.double).__name__)

import warnings
import zipimport

with warnings.catch_warnings(record=True) as found:
    warnings.simplefilter("always")
    import _warnings

    _warnings.warn("said", DeprecationWarning)
    warnings.warn("again", stacklevel=1)
print([(one.category.__name__, str(one.message)) for one in found], zipimport.zipimporter.__name__)
