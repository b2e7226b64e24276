"""Trees of frozen dataclasses, taken apart by class patterns; enumerations in patterns and as keys."""

from tracewright_testing.dialect_groups.group import Group, Kind

TREES = Group(
    "trees",
    kinds={
        "tree": Kind(
            "Tree",
            "shown_tree({0})",
            ("Leaf(3)", "Branch(Leaf(1), '+', Leaf(0))"),
            ("Leaf({i})", "Branch({tree}, {s}, {tree})", "Branch({tree}, '*', {tree})", "Many([{tree}, {tree}], {c})", "simpler({tree})", "({tree} if {b} else {tree})", "Wrapped({tree}, {m})"),
        ),
        "inks": Kind("dict[Color, list[int]]", "shown_inks({0})", ("{Color.RED: [1]}",), ("{ {c}: {l}, {c}: {l} }", "{ NEW1: [NEW1.value] for NEW1 in Color }")),
    },
    patterns={
        "i": ("value_of({tree})", "size_of_tree({tree})", "code_of({c})", "len({inks})", "{inks}[{c}][0]", "sum([NEW1.value for NEW1 in Color])", "op_code({i})"),
        "b": ("({tree} == {tree})", "isinstance({tree}, (Leaf, Many))", "({c} in {inks})", "({inks} == {inks})", "({c} in (Color.RED, {c}))", "isinstance({tree}, Branch)"),
        "s": (
            "repr({c})", "str({inks})[:60]", "f'{Color.RED!r}'",
            "shown_tree({tree})", "{c}.name.lower()", "described({tree})"),
        "c": ("Color({i})", "Color({c}.value)", "mixed({c}, {c})"),
        "l": ("[NEW1.value for NEW1 in Color if ({b:NEW1=c}) != (NEW1.value == 3)]", "{inks}.get({c}, [])", "leaves({tree})[:8]"),
    },
    forms=(
        "match {tree}:\n    case Leaf(0 | 1):\n        BODY\n    case Leaf(NEW1) if NEW1 > 5:\n        BODY NEW1=i\n    case Branch(Leaf(NEW2), '+', NEW3):\n        BODY NEW2=i,NEW3=tree\n    case Branch(NEW4, right=Leaf(7)):\n        BODY NEW4=tree\n    case Many([NEW5, *_], Color.RED):\n        BODY NEW5=tree\n    case _:\n        BODY",
        "match {tree}:\n    case Branch(Branch(_, NEW1, _) as NEW2, _, NEW3):\n        BODY NEW1=s,NEW3=tree\n    case Many(items=[NEW4, NEW5]):\n        BODY NEW4=tree,NEW5=tree\n    case Wrapped(NEW6, None):\n        BODY NEW6=tree\n    case Wrapped(Leaf(), NEW7):\n        BODY NEW7=m\n    case Leaf() | Branch():\n        BODY",
        "match {c}:\n    case Color.RED:\n        BODY\n    case Color.BLUE | Color.GREEN:\n        BODY", "match {i} & 15:\n    case Op.ADD | Op.SUB:\n        BODY\n    case Op.HALT:\n        BODY\n    case 3 | 4 | 5:\n        BODY\n    case NEW1:\n        BODY NEW1=i", "match {c}, {b}:\n    case Color.RED, True:\n        BODY\n    case NEW1, False:\n        BODY NEW1=c\n    case _:\n        BODY",
        "match {tree}:\n    case Branch(NEW1, '+', Leaf(NEW2)) | Branch(Leaf(NEW2), _, NEW1) | Wrapped(Leaf(NEW2) as NEW1):\n        BODY NEW1=tree,NEW2=i\n    case (Many() as NEW3) | (Leaf() as NEW3):\n        BODY NEW3=tree\n    case _:\n        BODY", "match {l}:\n    case [0, *NEW1, NEW2] | [NEW2, *NEW1, 1]:\n        BODY NEW1=l,NEW2=i\n    case _:\n        BODY",
        "VAR_inks[{c}] = {l}", "VAR_inks.setdefault({c}, []).append({i})", "for NEW1, NEW2 in list({inks}.items())[:3]:\n    LOOP NEW1=c,NEW2=l", "NEW1 = {tree}\nif isinstance(NEW1, Branch) and isinstance(NEW1.left, Leaf):\n    log.append(str(NEW1.left.number))\nelif isinstance(NEW1, (Many, Wrapped)):\n    BODY", "match {s}:\n    case 'a' | 'b':\n        BODY\n    case '':\n        BODY\n    case NEW1 if NEW1.isalpha():\n        BODY NEW1=s\n    case _:\n        BODY",
        "match ({i} & 3, {s}):\n    case (0, _) | (_, ''):\n        BODY\n    case (1 | 2, NEW1):\n        BODY NEW1=s\n    case _:\n        BODY", "match {l}:\n    case [0, *NEW1]:\n        BODY NEW1=l\n    case [NEW2, _, *_] if NEW2 > 3:\n        BODY NEW2=i\n    case [*NEW3, 2]:\n        BODY NEW3=l\n    case _:\n        BODY",
    ),
    prelude='''

class Tree:
    def weight(self) -> int:
        return 1

    def __eq__(self, other: object) -> bool:
        return self is other



@dataclass(frozen=True)
class Leaf(Tree):
    number: int


@dataclass(frozen=True)
class Branch(Tree):
    left: Tree
    sign: str
    right: Tree

    def weight(self) -> int:
        return 1 + self.left.weight() + self.right.weight()


@dataclass
class Many(Tree):
    items: list[Tree]
    color: Color

    def weight(self) -> int:
        return sum([item.weight() for item in self.items])


@dataclass
class Wrapped(Tree):
    inner: Tree
    number: int | None = None


def value_of(tree: Tree) -> int:
    match tree:
        case Leaf(number):
            return number
        case Branch(left, "*", right):
            return wrap_mul(value_of(left), value_of(right))
        case Branch(Leaf(0), _, other):
            return value_of(other)
        case Branch(left, _, right):
            return wrap_add(value_of(left), value_of(right))
        case Many(items=[]):
            return 0
        case Many([first, *rest]):
            return wrap_sub(value_of(first), len(rest))
        case Wrapped(inner, None):
            return value_of(inner)
        case Wrapped(_, number):
            return number if number is not None else 0
        case _:
            return -1


def simpler(tree: Tree) -> Tree:
    match tree:
        case Branch(Leaf(a), "+", Leaf(b)):
            return Leaf(wrap_add(a, b))
        case Branch(left, sign, right):
            return Branch(simpler(left), sign, simpler(right))
        case Many([only], _):
            return only
        case _:
            return tree


def size_of_tree(tree: Tree) -> int:
    return tree.weight()


def leaves(tree: Tree) -> list[int]:
    if isinstance(tree, Leaf):
        return [tree.number]
    if isinstance(tree, Branch):
        return leaves(tree.left) + leaves(tree.right)
    if isinstance(tree, Many):
        return [number for item in tree.items for number in leaves(item)]
    return []


def shown_tree(tree: Tree) -> str:
    return (f"{value_of(tree)} of {tree.weight()} " + described(tree))[:80]


def described(tree: Tree) -> str:
    match tree:
        case Leaf() as leaf:
            return f"L{leaf.number}"
        case Branch(sign=sign):
            return f"B{sign!r}"
        case Many(items, Color.RED | Color.GREEN as color):
            return f"{color.name}{len(items)}"
        case _:
            return "T"


def shown_inks(inks: dict[Color, list[int]]) -> str:
    return ",".join([f"{color.name}={shown_ints(items)}" for color, items in inks.items()])[:150]


def code_of(color: Color) -> int:
    match color:
        case Color.RED:
            return 1
        case Color.GREEN:
            return 2
        case Color.BLUE:
            return 3


def mixed(a: Color, b: Color) -> Color:
    return a if a is b else Color.GREEN


def op_code(number: int) -> int:
    match number & 15:
        case Op.ADD:
            return 10
        case Op.SUB | Op.MUL:
            return 11
        case Op.HALT:
            return 12
        case other:
            return -other
''',
)  # fmt: skip
