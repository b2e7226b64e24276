"""What a direct `eval` can see: every variable around it, private names, and scope objects."""

from __future__ import annotations

from tracewright_javascript.compiler import NameCompiler, Place, PlaceKind
from tracewright_javascript.evaluation import EvalSite, EvalVariable
from tracewright_javascript.scopes import Scope, ScopeKind, VariableKind
from tracewright_javascript.syntax import EvalContext


def eval_site(compiler: NameCompiler, context: EvalContext) -> tuple[EvalSite, list[Place]]:
    """The site, and where the values are that go along with it."""
    site = EvalSite(context, compiler.unit.private_cells)
    places: list[Place] = []
    seen: dict[str, bool] = {}
    scope = context.scope
    is_inside = True  # of the function's variables
    while scope is not None and scope.kind != ScopeKind.SCRIPT:
        _add_scope(compiler, site, places, seen, scope, is_inside)
        if scope.takes_vars():
            if is_inside:
                site.is_in_function = scope.kind != ScopeKind.EVAL or compiler.unit.eval_in_function
            is_inside = is_inside and scope.kind == ScopeKind.BODY
        scope = scope.parent
    scope = context.scope
    if context.in_parameters and scope is not None and scope.kind == ScopeKind.FUNCTION:
        for variable in scope.variables.values():
            if variable.kind == VariableKind.PARAMETER or variable.kind == VariableKind.ARGUMENTS:
                site.lexical_names[variable.name] = True
    names = compiler.private_names
    while names is not None:
        for name in names.names:
            if name not in site.private_names:
                site.private_names.append(name)
                places.append(compiler.private_place(name))
        names = names.outer
    context.private_names = site.private_names
    for each in compiler.scope_objects:
        site.scope_objects.append(each.is_with)
        places.append(compiler.hidden_place(each.variable))
    return site, places


def _add_scope(
    compiler: NameCompiler,
    site: EvalSite,
    places: list[Place],
    seen: dict[str, bool],
    scope: Scope,
    is_inside: bool,
) -> None:
    for variable in scope.variables.values():
        if is_inside and variable.is_lexical():
            site.lexical_names[variable.name] = True
        place = compiler.known_place(variable)
        if variable.name in seen or place is None:
            continue
        seen[variable.name] = True
        is_cell = place.kind == PlaceKind.CELL or place.kind == PlaceKind.CAPTURED_CELL
        depth = compiler.unit.depths.get(variable, 0)
        is_var = is_inside and scope.takes_vars() and variable.kind < VariableKind.RECEIVER
        site.variables.append(EvalVariable(variable.name, variable.kind, is_cell, depth, is_var))
        places.append(place)
