"""An interpreter of a toy language that walks a tree of records; the program it runs counts Collatz steps."""


class Node:
    def __init__(self, kind, value, left, right, third):
        self.kind = kind
        self.value = value
        self.left = left
        self.right = right
        self.third = third


nodes = []
slots = []


def node(kind, value, left, right, third):
    nodes.append(Node(kind, value, left, right, third))
    return len(nodes) - 1


def number(value):
    return node("number", value, 0, 0, 0)


def variable(slot):
    return node("variable", slot, 0, 0, 0)


def binary(kind, left, right):
    return node(kind, 0, left, right, 0)


def assign(slot, expression):
    return node("assign", slot, expression, 0, 0)


def evaluate(index):
    n = nodes[index]
    kind = n.kind
    if kind == "number":
        return n.value
    if kind == "variable":
        return slots[n.value]
    if kind == "add":
        return evaluate(n.left) + evaluate(n.right)
    if kind == "multiply":
        return evaluate(n.left) * evaluate(n.right)
    if kind == "divide":
        return evaluate(n.left) // evaluate(n.right)
    if kind == "remainder":
        return evaluate(n.left) % evaluate(n.right)
    if kind == "less":
        return 1 if evaluate(n.left) < evaluate(n.right) else 0
    if kind == "assign":
        result = evaluate(n.left)
        slots[n.value] = result
        return result
    if kind == "then":
        evaluate(n.left)
        return evaluate(n.right)
    if kind == "if":
        return evaluate(n.right) if evaluate(n.left) != 0 else evaluate(n.third)
    if kind == "while":
        while evaluate(n.left) != 0:
            evaluate(n.right)
        return 0
    raise ValueError("unknown node: " + kind)


def build(limit):
    odd = binary("remainder", variable(1), number(2))
    up = assign(1, binary("add", binary("multiply", variable(1), number(3)), number(1)))
    down = assign(1, binary("divide", variable(1), number(2)))
    turn = binary("then", node("if", 0, odd, up, down), assign(2, binary("add", variable(2), number(1))))
    inner = binary("while", binary("less", number(1), variable(1)), turn)
    rest = binary("then", inner, assign(0, binary("add", variable(0), number(1))))
    body = binary("then", assign(1, variable(0)), rest)
    return binary("while", binary("less", variable(0), number(limit)), body)


def run():
    global nodes, slots
    nodes = []
    slots = [1, 0, 0]
    evaluate(build(300))
    return slots[2]
