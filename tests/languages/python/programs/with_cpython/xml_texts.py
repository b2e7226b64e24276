"""XML by the reader of CPython, with handlers and exceptions of this side; `ctypes`."""

import ctypes
import xml.dom.minidom
import xml.etree.ElementTree
import xml.sax

root = xml.etree.ElementTree.fromstring('<a x="1"><b>t</b>tail<c/></a>')
print(xml.etree.ElementTree.tostring(root), [element.tag for element in root.iter()], root.find("b").text)
try:
    xml.etree.ElementTree.fromstring("<a><b></a>")
except xml.etree.ElementTree.ParseError as problem:
    print(problem, problem.position, problem.code)
print(xml.dom.minidom.parseString("<a><b>x</b></a>").toprettyxml())


class Handler(xml.sax.ContentHandler):
    def startElement(self, name, attributes):
        print("start", name, dict(attributes))
        if name == "stop":
            raise LookupError(name)


xml.sax.parseString(b'<a x="1"><b/></a>', Handler())
for text in (b'<a x="1"><b></a>', b"<a><stop/><b/></a>"):
    try:
        xml.sax.parseString(text, Handler())
    except (xml.sax.SAXParseException, LookupError) as problem:
        print(type(problem).__name__, problem)
print(ctypes.sizeof(ctypes.c_long), ctypes.c_int(5).value)
