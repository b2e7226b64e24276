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
