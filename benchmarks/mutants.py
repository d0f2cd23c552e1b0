"""Mutants: modules with one rule broken, made from their syntax trees."""

import ast
import copy
import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

TURNED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is,
}  # fmt: skip
NOTHING = {"bool": "False", "str": "''", "int": "0", "float": "0.0", "None": "None"}
"""What a function returns that finds nothing, by the type it says it returns."""
EMPTY = {"Iterator": "iter(())", "list": "[]", "tuple": "()", "dict": "{}", "set": "set()", "frozenset": "frozenset()"}


@dataclass(frozen=True, slots=True)
class Mutant:
    """One change of a file: the `place`-th node of its tree, the `number`-th change that this node allows.

    `kind`, `before` and `after` say to people what it is. `key` stays the same while the function or other top-level
    statement does in which the change is, wherever it is moved.
    """

    path: Path
    key: str
    line: int
    place: int
    number: int
    kind: str
    before: str
    after: str

    def __str__(self) -> str:
        return f"{self.path.parent.name}/{self.path.name}:{self.line} {self.kind}: {self.before}  →  {self.after}"

    def tree(self) -> ast.Module:
        """The file's tree with the change in it."""
        tree = ast.parse(self.path.read_text(encoding="utf-8"))
        target = list(ast.walk(tree))[self.place]
        changed = [*_changes(target), *_found_nothing(target)][self.number][1]
        return ast.fix_missing_locations(_Replacing(target, changed).visit(tree))


class _Replacing(ast.NodeTransformer):
    def __init__(self, target: ast.AST, changed: ast.AST) -> None:
        self.target, self.changed = target, changed

    def visit(self, node: ast.AST) -> ast.AST:
        return self.changed if node is self.target else self.generic_visit(node)


def mutants(path: Path, *, rules: bool) -> Iterator[Mutant]:
    """All mutants of a file: those without one function's answers, or those with one expression changed."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    skipped, keys = set(_no_rules(tree)), _keys(tree)
    for place, node in enumerate(ast.walk(tree)):
        changes = [] if node in skipped else [*_changes(node), *_found_nothing(node)]
        for number, (kind, changed) in enumerate(changes):
            if (kind == "finds nothing") == rules:
                key = f"{keys[node]}.{number}"
                yield Mutant(path, key, _line(node), place, number, kind, _shown(node), _shown(changed))


def _keys(tree: ast.Module) -> dict[ast.AST, str]:
    """What names a node whatever stands around the top-level statement that it is a part of."""
    return {
        node: f"{hashlib.sha256(ast.unparse(top).encode()).hexdigest()[:16]}.{place}"
        for top in tree.body
        for place, node in enumerate(ast.walk(top))
    } | {tree: "module"}


def _no_rules(tree: ast.AST) -> Iterator[ast.AST]:
    """Nodes in which no rule stands: annotations, docstrings, imports, texts of errors, lists of public names."""
    for node in ast.walk(tree):
        for part in _not_mutated(node):
            yield from ast.walk(part) if part is not None else ()


def _not_mutated(node: ast.AST) -> list[ast.AST | None]:
    match node:
        case (
            ast.Import()
            | ast.ImportFrom()
            | ast.Raise()
            | ast.JoinedStr()
            | ast.Expr(value=ast.Constant())
            | ast.Assign(targets=[ast.Name(id="__all__")])
        ):
            return [node]
        case ast.AnnAssign() | ast.arg():
            return [node.annotation]
        case ast.FunctionDef():
            return [node.returns, *node.decorator_list]
        case ast.ClassDef():
            return [*node.decorator_list]
    return []


def _changes(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """The kinds of change that an expression or statement allows, and what stands for it then."""
    yield from _turned(node)
    yield from _shortened(node)
    yield from _fewer(node)


def _turned(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    match node:
        case ast.If() | ast.While() | ast.IfExp():
            yield "condition negated", _with(node, test=ast.UnaryOp(ast.Not(), node.test))
        case ast.Compare(ops=[op]):
            yield "comparison turned", _with(node, ops=[TURNED[type(op)]()])
        case ast.Constant(value=bool()):
            yield "truth turned", ast.Constant(not node.value)
        case ast.Constant(value=int() | float()):
            yield "number raised", ast.Constant(node.value + 1)
        case ast.Return(value=ast.expr()) if ast.unparse(node.value) != "None":
            yield "nothing returned", ast.Return(ast.Constant(None))
        case ast.Continue() | ast.Break():
            yield "does not stop", ast.Pass()


def _shortened(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A node without each of its parts or filters."""
    match node:
        case ast.comprehension(ifs=[_, *_]):
            for i in range(len(node.ifs)):
                yield "filter left out", _with(node, ifs=_without(node.ifs, i))
        case ast.BoolOp():
            for i in range(len(node.values)):
                rest = _without(node.values, i)
                yield "part left out", rest[0] if len(rest) == 1 else _with(node, values=rest)


def _fewer(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A list, dictionary or split text without each of its entries or words."""
    match node:
        case ast.Tuple() | ast.List() | ast.Set() if len(node.elts) > 1 and _is_collection(node):
            for i in range(len(node.elts)):
                yield "entry left out", _with(node, elts=_without(node.elts, i))
        case ast.Dict() if len(node.keys) > 1:
            for i in range(len(node.keys)):
                yield "entry left out", _with(node, keys=_without(node.keys, i), values=_without(node.values, i))
        case ast.Call(func=ast.Attribute(value=ast.Constant(value=str(words)), attr="split") as split, args=[]):
            for i in range(len(words.split())):
                shorter = ast.Constant(" ".join(_without(words.split(), i)))
                yield "word left out", _with(node, func=_with(split, value=shorter))


def _is_collection(node: ast.Tuple | ast.List | ast.Set) -> bool:
    """Whether a display lists things of a kind; a tuple that is unpacked or built as a pair has a fixed length."""
    if isinstance(node, ast.Tuple):
        listed = all(isinstance(item, ast.Constant | ast.Starred) for item in node.elts) or len(node.elts) > 3
        return isinstance(node.ctx, ast.Load) and listed
    return isinstance(node, ast.Set) or isinstance(node.ctx, ast.Load)


def _found_nothing(node: ast.AST) -> Iterator[tuple[str, ast.AST]]:
    """A function whose body is gone, by what it says it returns; none for those that must return something."""
    if not isinstance(node, ast.FunctionDef) or node.returns is None or node.name.startswith("__"):
        return
    returns = ast.unparse(node.returns).strip("'\"")
    answers = ["True", "False"] if returns == "bool" else [_answer(returns)]
    for answer in answers:
        if answer is not None and ast.unparse(node.body[-1]) != f"return {answer}":
            body: list[ast.stmt] = [ast.Return(ast.parse(answer, mode="eval").body)]
            yield "finds nothing", _with(node, body=body)


def _answer(returns: str) -> str | None:
    if returns.endswith("| None"):
        return "None"
    if returns.partition("[")[0] == "tuple" and "..." not in returns:
        return None
    return NOTHING.get(returns) or EMPTY.get(returns.partition("[")[0])


def _with(node: ast.AST, **fields: object) -> ast.AST:
    changed = copy.copy(node)
    for name, value in fields.items():
        setattr(changed, name, value)
    return changed


def _without(items: Sequence[Any], i: int) -> list[Any]:
    return [*items[:i], *items[i + 1 :]]


def _line(node: ast.AST) -> int:
    return int(getattr(node, "lineno", 0) or (node.ifs[0].lineno if isinstance(node, ast.comprehension) else 0))


def _shown(node: ast.AST) -> str:
    """A node on one line, shortened."""
    if isinstance(node, ast.FunctionDef):
        return f"{node.name} {ast.unparse(node.body[0])}" if isinstance(node.body[0], ast.Return) else node.name
    if isinstance(node, ast.If | ast.While):
        return f"if {ast.unparse(node.test)}"
    line = " ".join(ast.unparse(ast.fix_missing_locations(copy.deepcopy(node))).split())
    return line if len(line) < 160 else f"{line[:100]} … {line[-50:]}"
