"""The library's `csv`: dialects, records with quotes, escapes and line ends, and what is refused."""

import csv
import io


def read(text, *arguments, **named):
    try:
        print(list(csv.reader(io.StringIO(text, newline=""), *arguments, **named)))
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}")


def written(*rows, **named):
    target = io.StringIO()
    try:
        csv.writer(target, **named).writerows(rows)
        print(repr(target.getvalue()))
    except Exception as problem:
        print(f"{type(problem).__name__}: {problem}")


read('a,b,c\r\n1,"two, three",\n\n"say ""yes""","line\nend",x\r')
read("a;b\n", delimiter=";")
read("a\tb\n", "excel-tab")
read("a\\,b,c\\\nd\n", escapechar="\\", quoting=csv.QUOTE_NONE)
read('a, b,"c" d,"e\n', skipinitialspace=True)
read('1,2.5,"3"\n', quoting=csv.QUOTE_NONNUMERIC)
read('a,x\n', quoting=csv.QUOTE_NONNUMERIC)
read('"a"b\n', strict=True)
read('"a', strict=True)
read('"a\\"b",c\n', escapechar="\\", doublequote=False)
read("a\rb\n")
read("", "unknown")
for named in (
    {"delimiter": ""},
    {"delimiter": 1},
    {"delimiter": None},
    {"quotechar": "ab"},
    {"quotechar": 3},
    {"quoting": "x"},
    {"quoting": 17},
    {"quotechar": None},
    {"quotechar": None, "quoting": csv.QUOTE_ALL},
    {"lineterminator": None},
    {"nothing": 1},
):
    read('a,"b"\n', **named)
try:
    list(csv.reader([b"a"]))
except csv.Error as problem:
    print(problem)

written([1, 2.5, None, "x,y", 'q"q', "a\nb", True], [], [""], [None])
written(["a", 1, 2.5, None], quoting=csv.QUOTE_ALL)
written(["a", 1, 2.5, None, 3j], quoting=csv.QUOTE_NONNUMERIC)
written(["a,b", 'c"d'], quoting=csv.QUOTE_NONE, escapechar="\\")
written(["a,b"], quoting=csv.QUOTE_NONE)
written([""], quoting=csv.QUOTE_NONE)
written(['a"b'], doublequote=False)
written(['a"b\\'], doublequote=False, escapechar="\\", lineterminator="!")
written(5)

target = io.StringIO()
rows = csv.DictWriter(target, ["name", "size"], extrasaction="ignore")
rows.writeheader()
rows.writerow({"name": "x", "size": 3, "more": 0})
print(list(csv.DictReader(io.StringIO(target.getvalue() + "y\r\n1,2,3\r\n"))))

csv.register_dialect("pipes", delimiter="|", quoting=csv.QUOTE_ALL)
print(sorted(csv.list_dialects()), csv.get_dialect("pipes").delimiter)
written(["a", 1], dialect="pipes")
csv.unregister_dialect("pipes")
try:
    csv.get_dialect("pipes")
except csv.Error as problem:
    print(problem)
print(csv.Sniffer().sniff("a;b;c\n1;2;3\n4;5;6\n").delimiter)
print(csv.field_size_limit(3), csv.field_size_limit())
read("abcd,e\n")
reader = csv.reader(["a,b", "c,d"])
print(next(reader), reader.line_num, reader.dialect.quotechar, list(reader), reader.line_num)
