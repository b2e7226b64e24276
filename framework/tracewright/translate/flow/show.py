"""The printed form of flow graphs, as in the documentation of `graph.py`; golden tests compare it."""

from __future__ import annotations

from tracewright.translate.flow.externals import External
from tracewright.translate.flow.graph import (
    Block,
    Branch,
    Constant,
    CSymbol,
    Edge,
    FunctionGraph,
    Instruction,
    Jump,
    Operand,
    Raise,
    Return,
    Switch,
    Terminator,
    Unreachable,
    Variable,
)
from tracewright.translate.flow.types import ClassLayout, FieldLayout, MethodSlot, show_type


def show(graph: FunctionGraph) -> str:
    """The function's graph, one instruction to a line."""
    names = _Names()
    parameters = ", ".join(f"{names.of(p)}: {show_type(p.type)}" for p in graph.parameters)
    result = "None" if graph.result_type is None else show_type(graph.result_type)
    lines = [f"function {graph.name}({parameters}) -> {result}"]
    for block in graph.blocks:
        lines.extend(_block(block, names))
    return "\n".join(lines)


class _Names:
    """Readable names: the source name with a number where it is not the first of its name, t0, t1 ... for the rest."""

    def __init__(self) -> None:
        self.known: dict[Variable, str] = {}
        self.count: dict[str, int] = {}

    def of(self, variable: Variable) -> str:
        found = self.known.get(variable)
        if found is None:
            name = variable.name.partition("%")[0]
            number = self.count.get(name, 0)
            self.count[name] = number + 1
            found = self.known[variable] = f"{name}.{number}" if name and number else name or f"t{number}"
        return found


def _operand(operand: Operand, names: _Names) -> str:
    if isinstance(operand, Variable):
        return names.of(operand)
    value = operand.value
    if isinstance(value, FunctionGraph):
        return f"&{value.name}"
    if isinstance(value, CSymbol):
        return f"&{value.name}"
    if value is None:
        return "null"
    if operand.kind == "r" and not isinstance(value, (str, bytes)):
        return f"<{type(value).__name__}>"
    return repr(int(value)) if operand.kind == "i" and isinstance(value, int) else repr(value)


def _immediate(value: object) -> str:
    match value:
        case None:
            return ""
        case FieldLayout(name=name, owner=owner):
            return f"{owner.name.rpartition('.')[2]}.{name}"
        case ClassLayout(name=name):
            return name if "[" in name else name.rpartition(".")[2]
        case FunctionGraph(name=name):
            return name
        case MethodSlot(name=name, owner=owner):
            return f"{owner.name.rpartition('.')[2]}.{name}"
        case External(symbol=symbol):
            return symbol
        case _:
            return type(value).__name__


def _edge(edge: Edge, names: _Names) -> str:
    return f"b{edge.target.number}({', '.join(_operand(argument, names) for argument in edge.arguments)})"


def _instruction(instruction: Instruction, names: _Names) -> str:
    parts = [_immediate(instruction.immediate)] if instruction.immediate is not None else []
    parts += [_operand(operand, names) for operand in instruction.operands]
    text = f"{instruction.name}({', '.join(parts)})"
    targets = instruction.results or ([instruction.result] if instruction.result is not None else [])
    if targets:
        text = f"{', '.join(names.of(target) for target in targets)} = {text}"
    if instruction.on_error is not None:
        text += f" on error {_edge(instruction.on_error, names)}"
    return text


def _terminator(terminator: Terminator | None, names: _Names) -> str:
    match terminator:
        case Jump(edge=edge):
            return f"jump {_edge(edge, names)}"
        case Branch(condition=condition, true=true, false=false):
            return f"branch {_operand(condition, names)} {_edge(true, names)} {_edge(false, names)}"
        case Switch(value=value, cases=cases, default=default):
            listed = " ".join(f"{number}: {_edge(edge, names)}" for number, edge in cases.items())
            return f"switch {_operand(value, names)} {listed} else: {_edge(default, names)}"
        case Return(value=None):
            return "return"
        case Return(value=Variable() | Constant() as value):
            return f"return {_operand(value, names)}"
        case Raise(exception=exception, on_error=None):
            return f"raise {_operand(exception, names)}"
        case Raise(exception=exception, on_error=Edge() as edge):
            return f"raise {_operand(exception, names)} on error {_edge(edge, names)}"
        case Unreachable():
            return "unreachable"
        case _:
            return "..."


def _block(block: Block, names: _Names) -> list[str]:
    head = ", ".join(f"{names.of(parameter)}:{parameter.kind}" for parameter in block.parameters)
    lines = [f"  b{block.number}({head}):"]
    lines.extend(f"    {_instruction(instruction, names)}" for instruction in block.instructions)
    lines.append(f"    {_terminator(block.terminator, names)}")
    return lines
