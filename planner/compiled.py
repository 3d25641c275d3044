# mypy: disable-error-code="no-untyped-call"
"""Functions compiled to machine code the first time they are needed, and kept on disk for the next time.

They read and write arrays they are given and make none, so nothing counts references: that alone makes them
sixteen times as fast and the compiler three times. A function that only compiled ones call is not made
machine code by itself: it waits as it was lowered, and is optimised once, in whatever door it is called
through. (The compiler would otherwise optimise it again in each of its callers, and theirs.)

What is kept lies on a shelf named after the text of every file of the package that is concerned, for the
compiler would not notice a change in another one: in the user's folder for such things, so that every
checkout of the same text finds it, or beside this file where that cannot be written.
"""

import hashlib
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar, cast

import numba
from numba.core import caching, codegen, compiler, types

Function = TypeVar("Function", bound=Callable[..., object])
SPEED: dict[str, Any] = {"error_model": "numpy", "nogil": True, "_nrt": False}
CONCERNED = (b"planner.compiled", b"NamedTuple")
NO_DOOR: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
HERE = Path(__file__).parent


def compiled(function: Function) -> Function:
    """The function, compiled when it is first called. Where nothing can be written anywhere, it is compiled
    anew by each process."""
    return cast(Function, _kept(numba.njit(pipeline_class=_DoorCompiler, **SPEED)(function)))


def counting(function: Function) -> Function:
    """The same for a function that makes arrays or gives them back, and so has to count who holds them."""
    return cast(Function, _kept(numba.njit(function)))


def inner(function: Function) -> Function:
    """The same for a function that is only called by compiled ones: it gets no door for Python."""
    dispatcher: Any = numba.njit(pipeline_class=_InnerCompiler, **SPEED, **NO_DOOR)(function)
    ask = dispatcher.get_call_template

    def ask_plainly(given: Sequence[Any], named: Mapping[str, Any]) -> Any:
        return ask(tuple(_plain(one) for one in given), {name: _plain(one) for name, one in named.items()})

    dispatcher.get_call_template = ask_plainly
    return cast(Function, dispatcher)


def _plain(kind: Any) -> Any:
    """The type an inner function is compiled for: whole numbers of every kind, and those written down in the
    call, are one type, or it would be compiled for each of them."""
    kind = types.unliteral(kind)
    return types.int64 if isinstance(kind, types.Integer) else kind


class _NoPlace:
    """Stands for the engine of a library that is never run by itself: there is nothing to be told."""

    def set_env(self, name: str, environment: object) -> None:
        return None


class _Waiting(codegen.JITCodeLibrary):
    """What an inner function was lowered to: neither linked, optimised nor made machine code here."""

    @property
    def codegen(self) -> _NoPlace:
        return _NoPlace()

    def finalize(self) -> None:
        self._raise_if_finalized()
        self._finalized = True

    def get_pointer_to_function(self, name: str) -> int:
        return 0


class _Whole(codegen.JITCodeLibrary):
    """A door with all that is called behind it, each once."""

    def finalize(self) -> None:
        self._linking_libraries = list(_behind(self))
        super().finalize()


def _behind(library: Any) -> Iterator[Any]:
    """Every library that one needs, and those that those need."""
    seen: set[Any] = set()
    ahead = list(reversed(library._linking_libraries))
    while ahead:
        each = ahead.pop()
        if each not in seen:
            seen.add(each)
            if isinstance(each, _Waiting):
                ahead += reversed(each._linking_libraries)
            yield each


class _InnerCompiler(compiler.Compiler):
    def compile_extra(self, function: Callable[..., object]) -> Any:
        self.state.library = _Waiting(self.state.targetctx.codegen(), function.__qualname__)
        return super().compile_extra(function)


class _DoorCompiler(compiler.Compiler):
    def compile_extra(self, function: Callable[..., object]) -> Any:
        self.state.library = _Whole(self.state.targetctx.codegen(), function.__qualname__)
        self.state.library.enable_object_caching()
        return super().compile_extra(function)


class _Shelf(caching.UserProvidedCacheLocator):
    """Where a function is kept: by what it says, not by where it says it."""

    def __init__(self, function: Any, file: str) -> None:
        self._py_file, self._lineno = file, function.__code__.co_firstlineno
        self._cache_path = str(_shelf(Path(file).parent))

    @classmethod
    def from_function(cls, function: Any, file: str) -> "_Shelf | None":
        return cls(function, file) if os.access(file, os.R_OK) else None


class _Kept(caching.CompileResultCacheImpl):
    _locator_classes = [_Shelf]


class _Shelved(caching.FunctionCache):
    _impl_class = _Kept


def _kept(dispatcher: Any) -> Any:
    """The dispatcher, keeping what it compiles where there is a place for it."""
    if _place() is not None:
        dispatcher._cache = _Shelved(dispatcher.py_func)
    return dispatcher


@cache
def _shelf(package: Path) -> Path:
    """The folder for what is compiled of a package's text as it is now."""
    texts = hashlib.sha256(Path(__file__).read_bytes())
    for file in sorted(package.glob("*.py")):
        text = file.read_bytes()
        if any(word in text for word in CONCERNED):
            texts.update(file.name.encode() + b"\0" + text)
    return (_place() or HERE) / f"{package.name}-{texts.hexdigest()[:16]}"


@cache
def _place() -> Path | None:
    """A folder that can be written: the user's for such things, or one beside this file."""
    users = Path(os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache"))
    for folder in (users / "moothall-compiled", HERE / "__pycache__"):
        if not folder.is_absolute():  # whoever runs it has no home
            continue
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError:
            continue
        if os.access(folder, os.W_OK):
            return folder
    return None
