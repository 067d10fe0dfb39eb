"""One small fault at a time in a module: another comparison, a number more, a statement less."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import takewhile

COMPARISONS: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.Gt),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.Lt),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,),
    ast.NotEq: (ast.Eq,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
}
ARITHMETIC: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.Mod: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}
NAMES = {
    "min": "max",
    "max": "min",
    "any": "all",
    "all": "any",
    "bisect_left": "bisect_right",
    "bisect_right": "bisect_left",
}


LONG = 80


@dataclass(frozen=True)
class Fault:
    """A change to a module, which `plant` makes.

    `name` stays the same when lines move: file, function, what became what, and which of several alike.
    """

    file: str
    line: int
    last: int
    name: str
    plant: Callable[[], ast.Module]


def faults(file: str, source: str) -> Iterator[Fault]:
    """Every fault of a module, in order of line."""
    tree = ast.parse(source)
    seen: dict[str, int] = {}
    spots = sorted(_spots(tree), key=lambda one: (one.node.lineno, one.node.col_offset))
    for spot in spots:
        for becomes in spot.choices:
            name = f"{file} {spot.where}: {_change(_text(spot.node), _text(becomes))}{_around(spot)}"
            seen[name] = seen.get(name, 0) + 1
            yield Fault(
                file,
                spot.node.lineno,
                _last_line(spot.node),
                name if seen[name] == 1 else f"{name} #{seen[name]}",
                partial(_planted, tree, spot, becomes),
            )


@dataclass(frozen=True)
class Spot:
    """A node of the tree, where it hangs, and what it may become."""

    node: ast.expr | ast.stmt
    parent: ast.AST
    field: str
    at: int | None
    where: str
    choices: list[ast.AST]


def _alike(one: str, two: str) -> int:
    """How many letters both begin with."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, two, strict=False)))


def _change(before: str, after: str) -> str:
    """What became what; of a long text only the part that differs."""
    if len(before) < LONG:
        return f"{before} -> {after}"
    same = _alike(before, after)
    tail = _alike(before[same:][::-1], after[same:][::-1])
    return (
        f"{before[: LONG // 2]}... [{before[same : len(before) - tail]}] -> [{after[same : len(after) - tail]}]"
    )


def _around(spot: Spot) -> str:
    """Where a bare value stands."""
    if not isinstance(spot.node, ast.Constant):
        return ""
    text = _text(spot.parent)
    return f" in {text if len(text) < LONG else text[:LONG] + '...'}"


def _last_line(node: ast.AST) -> int:
    """Of a statement with a body only the line that decides about it."""
    node = node.test if isinstance(node, (ast.If, ast.While)) else node
    return node.end_lineno or node.lineno


def _text(node: ast.AST) -> str:
    node = node.test if isinstance(node, (ast.If, ast.While)) else node
    return " ".join(ast.unparse(node).split())


def _planted(tree: ast.Module, spot: Spot, becomes: ast.AST) -> ast.Module:
    """A copy of the tree with the one node changed."""
    old = getattr(spot.parent, spot.field)
    held = becomes if spot.at is None else [*old[: spot.at], becomes, *old[spot.at + 1 :]]
    setattr(spot.parent, spot.field, held)
    planted = copy.deepcopy(tree)
    setattr(spot.parent, spot.field, old)
    return ast.fix_missing_locations(planted)


def _spots(tree: ast.Module) -> Iterator[Spot]:
    yield from _below(tree, "")


def _below(parent: ast.AST, where: str) -> Iterator[Spot]:
    if isinstance(parent, (ast.FunctionDef, ast.ClassDef)):
        where = f"{where}.{parent.name}" if where else parent.name
    for field, value in ast.iter_fields(parent):
        if field in ("annotation", "returns", "decorator_list", "type_params"):
            continue
        nodes = value if isinstance(value, list) else [value]
        for at, node in enumerate(nodes):
            if not isinstance(node, ast.AST) or _is_docstring(node) or _is_import(node) or _is_alias(node):
                continue
            if isinstance(node, (ast.expr, ast.stmt)):
                choices = list(_choices(node, parent))
                if choices:
                    yield Spot(node, parent, field, at if isinstance(value, list) else None, where, choices)
            yield from _below(node, where)


def _is_docstring(node: ast.AST) -> bool:
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)


def _is_import(node: ast.AST) -> bool:
    return isinstance(node, (ast.Import, ast.ImportFrom))


def _is_alias(node: ast.AST) -> bool:
    """The name of a type, as in `Kinds = frozenset[str] | None`."""
    return (
        isinstance(node, ast.Assign)
        and isinstance(node.value, (ast.BinOp, ast.Subscript))
        and not any(
            isinstance(one, (ast.Call, ast.Constant)) and getattr(one, "value", "") is not None
            for one in ast.walk(node.value)
        )
    )


def _choices(node: ast.AST, parent: ast.AST) -> Iterator[ast.AST]:
    if isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in _others(node.value, parent))
    elif type(node) in CHOICES:
        yield from CHOICES[type(node)](node)


def _comparisons(node: ast.Compare) -> Iterator[ast.AST]:
    for at, op in enumerate(node.ops):
        for other in COMPARISONS[type(op)]:
            yield _with(node, ops=[*node.ops[:at], other(), *node.ops[at + 1 :]])


def _connections(node: ast.BoolOp) -> Iterator[ast.AST]:
    yield _with(node, op=ast.Or() if isinstance(node.op, ast.And) else ast.And())
    for at, _ in enumerate(node.values):
        rest = [*node.values[:at], *node.values[at + 1 :]]
        yield _with(node, values=rest) if len(rest) > 1 else rest[0]


def _sums(node: ast.BinOp) -> Iterator[ast.AST]:
    if type(node.op) in ARITHMETIC:
        yield _with(node, op=ARITHMETIC[type(node.op)]())


def _tests(node: ast.If | ast.While) -> Iterator[ast.AST]:
    yield _with(node, test=ast.UnaryOp(ast.Not(), node.test))


def _returns(node: ast.Return) -> Iterator[ast.AST]:
    if node.value is not None and not (isinstance(node.value, ast.Constant) and node.value.value is None):
        yield ast.Return(ast.Constant(None))


def _left_out(node: ast.AST) -> Iterator[ast.AST]:
    if not isinstance(node, ast.Assign) or not isinstance(node.targets[0], ast.Name):
        yield ast.Pass()


CHOICES: dict[type[ast.AST], Callable[..., Iterator[ast.AST]]] = {
    ast.Compare: _comparisons,
    ast.BoolOp: _connections,
    ast.BinOp: _sums,
    ast.UnaryOp: lambda node: iter([node.operand]),
    ast.IfExp: lambda node: iter([node.body, node.orelse]),
    ast.If: _tests,
    ast.While: _tests,
    ast.Call: lambda node: _other_calls(node),
    ast.Return: _returns,
    ast.Continue: lambda node: iter([ast.Break(), ast.Pass()]),
    ast.Break: _left_out,
    ast.Expr: _left_out,
    ast.AugAssign: _left_out,
    ast.Assign: _left_out,
}


def _with(node: ast.AST, **changed: object) -> ast.AST:
    fields = {name: getattr(node, name) for name in node._fields} | changed
    return ast.copy_location(type(node)(**fields), node)


def _others(value: object, parent: ast.AST) -> tuple[object, ...]:
    if isinstance(value, bool):
        return (not value,)
    if isinstance(value, int):
        return (value + 1, value - 1)
    if isinstance(value, str) and not isinstance(parent, (ast.JoinedStr, ast.FormattedValue)):
        return (f"{value}?",)
    return ()


def _other_calls(node: ast.Call) -> Iterator[ast.AST]:
    if isinstance(node.func, ast.Name) and node.func.id in NAMES:
        yield _with(node, func=ast.Name(NAMES[node.func.id], ast.Load()))
    commutes = isinstance(node.func, ast.Name) and node.func.id in ("min", "max")
    for at in range(0 if commutes else len(node.args) - 1):
        one, two = node.args[at], node.args[at + 1]
        if (
            ast.dump(one) != ast.dump(two)
            and not isinstance(one, ast.Starred)
            and not isinstance(two, ast.Starred)
        ):
            yield _with(node, args=[*node.args[:at], two, one, *node.args[at + 2 :]])
    for at, one in enumerate(node.keywords):
        if one.arg is not None:
            yield _with(node, keywords=[*node.keywords[:at], *node.keywords[at + 1 :]])
