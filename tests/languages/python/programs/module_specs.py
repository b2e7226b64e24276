# What the import system knows of modules that are loaded.
import importlib.util
import sys
import xml
import xml.dom as dom

for module in (xml, dom, importlib.util):
    spec = module.__spec__
    print(type(spec).__name__, spec.name, spec.parent, spec is module.__spec__)
print(dom.__spec__.submodule_search_locations == dom.__path__, dom.__spec__.origin == dom.__file__, dom.__spec__.has_location)
print(sys.__spec__.name, sys.__spec__.has_location, sys.__spec__.submodule_search_locations)
print(sys.modules["__main__"].__spec__, __spec__)
print(importlib.util.find_spec("xml.dom").name, importlib.util.find_spec("xml.nothing_there"))

import os
import tempfile
from importlib.abc import TraversableResources

with tempfile.TemporaryDirectory() as folder:
    with open(os.path.join(folder, "names_its_spec.py"), "w") as stream:
        stream.write("own = f'{__spec__.name} {__spec__.parent!r}'\ndef later(): return __spec__\n")
    sys.path.insert(0, folder)
    import names_its_spec

    print(names_its_spec.own, names_its_spec.later() is names_its_spec.__spec__, TraversableResources.__name__)
