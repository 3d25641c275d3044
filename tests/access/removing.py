"""Guards taken away one at a time, in the running process: what each is, and how it is put back."""

import ast
import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType
from typing import Any

from ninja.operation import Operation

from moothall.core import door

ROOT = Path(__file__).parents[2]
QUESTIONS = {"may_act", "may_act_here", "may_read"}
Key = tuple[str, int]


@dataclass(frozen=True)
class Guard:
    """One call that holds something back: `visible_to` becomes all rows, a question becomes yes."""

    path: str
    line: int
    column: int
    kind: str
    within: str

    def __str__(self) -> str:
        return f"{Path(self.path).relative_to(ROOT)}:{self.line} {self.kind}"

    @property
    def place(self) -> tuple[str, str, str]:
        """The file, the function and the question, which stay when lines move."""
        return str(Path(self.path).relative_to(ROOT)), self.within, self.kind


class _Without(ast.NodeTransformer):
    def __init__(self, guard: Guard) -> None:
        self.guard = guard

    def visit_Call(self, node: ast.Call) -> ast.AST:
        self.generic_visit(node)
        if (node.lineno, node.col_offset, called(node)) != (
            self.guard.line,
            self.guard.column,
            self.guard.kind,
        ):
            return node
        if isinstance(node.func, ast.Attribute):
            every = ast.Attribute(value=node.func.value, attr="all", ctx=ast.Load())
            return ast.copy_location(ast.Call(func=every, args=[], keywords=[]), node)
        return ast.copy_location(ast.Constant(value=True), node)


def called(node: ast.Call) -> str:
    if isinstance(node.func, ast.Attribute):
        return node.func.attr
    return node.func.id if isinstance(node.func, ast.Name) else ""


def guards() -> Iterator[Guard]:
    """Every such call in the code of the office."""
    for path in sorted((ROOT / "moothall").rglob("*.py")):
        if {"tests", "migrations"} & set(path.parts):
            continue
        for node, within in _calls(ast.parse(path.read_text()), ""):
            if called(node) in QUESTIONS | {"visible_to"}:
                yield Guard(str(path), node.lineno, node.col_offset, called(node), within)


def _calls(node: ast.AST, within: str) -> Iterator[tuple[ast.Call, str]]:
    """Every call below this, with the function that it stands in."""
    for child in ast.iter_child_nodes(node):
        if isinstance(child, ast.Call):
            yield child, within
        named = isinstance(child, ast.FunctionDef)
        yield from _calls(child, child.name if named and isinstance(child, ast.FunctionDef) else within)


def codes(code: CodeType) -> Iterator[CodeType]:
    """This code and all that is defined in it."""
    yield code
    for each in code.co_consts:
        if isinstance(each, CodeType):
            yield from codes(each)


def functions_by_file() -> dict[str, list[FunctionType]]:
    """Every function of ours that is alive."""
    found: dict[str, list[FunctionType]] = {}
    for each in gc.get_objects():
        if type(each) is not FunctionType:  # asking a lazy object what it is would wake it
            continue
        if each.__code__.co_filename.startswith(str(ROOT / "moothall")):
            found.setdefault(each.__code__.co_filename, []).append(each)
    return found


@contextmanager
def without(guard: Guard, functions: dict[str, list[FunctionType]]) -> Iterator[None]:
    """While this lasts the guard is not there."""
    tree = ast.fix_missing_locations(_Without(guard).visit(ast.parse(Path(guard.path).read_text())))
    changed: dict[Key, CodeType] = {}
    for code in codes(compile(tree, guard.path, "exec")):
        changed[code.co_qualname, code.co_firstlineno] = code
    before = [(each, each.__code__) for each in functions.get(guard.path, [])]
    for function, code in before:
        new = changed.get((code.co_qualname, code.co_firstlineno))
        if new is not None and new.co_freevars == code.co_freevars:
            function.__code__ = new
    try:
        yield
    finally:
        for function, code in before:
            function.__code__ = code


def _open_to_all(permission: Any, view: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        return (permission, view)[1](request, *args, **kwargs)

    return guarded


def _open_to_all_signed_in(view: Callable[..., Any]) -> Callable[..., Any]:
    def guarded(request: Any, *args: Any, **kwargs: Any) -> Any:
        return view(request, *args, **kwargs)

    return guarded


OPEN = {
    made.__code__.co_freevars: made.__code__
    for made in (_open_to_all(None, print), _open_to_all_signed_in(print))
    if isinstance(made, FunctionType)
}


def doors() -> dict[str, list[FunctionType]]:
    """For each named route of ours the guards that `@needs` and `@signed_in` put around its view."""
    found: dict[str, list[FunctionType]] = {}
    for _path, pattern in door.routes():
        guard = _guard_around(pattern.callback)
        if guard is not None and pattern.name:
            found.setdefault(pattern.name, []).append(guard)
    for operation in operations():
        guard = _guard_around(operation.view_func)
        if guard is not None:
            found.setdefault(str(operation.url_name), []).append(guard)
    return found


def operations() -> Iterator[Operation]:
    """Every operation of the API that is alive: those that answer are copies of those declared."""
    for each in gc.get_objects():
        if type(each) is Operation:
            yield each


def _guard_around(view: Any) -> FunctionType | None:
    while view is not None:
        code = getattr(view, "__code__", None)
        if code is not None and code.co_name == "guarded" and code.co_filename == door.__file__:
            return view if isinstance(view, FunctionType) else None
        view = getattr(view, "__wrapped__", None)
    return None


@contextmanager
def open_door(name: str, guarded: list[FunctionType]) -> Iterator[None]:
    """While this lasts, the view of the route is open to whoever asks."""
    before = [(each, each.__code__) for each in guarded]
    ways_in = [(each, each.auth_callbacks) for each in operations() if each.url_name == name]
    for each in guarded:
        each.__code__ = OPEN[each.__code__.co_freevars]
    for operation, _ways in ways_in:
        operation.auth_callbacks = []
    try:
        yield
    finally:
        for each, code in before:
            each.__code__ = code
        for operation, ways in ways_in:
            operation.auth_callbacks = ways


def holds(code: CodeType, guard: Guard) -> bool:
    """Whether this guard stands in that function."""
    return (
        code.co_filename == guard.path
        and code.co_name != "<module>"
        and code.co_firstlineno <= guard.line <= max(line for *_, line in code.co_lines() if line)
    )
