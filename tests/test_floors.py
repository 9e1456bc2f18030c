"""The layers of the tree: what a module may import.

Every import statement counts, those inside functions and under TYPE_CHECKING too.
"""

import ast
import re
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "ostk"
# From the bottom up. A module imports modules of its own layer and of the layers below it.
LAYERS = (
    (
        "deferred display errors record files streams progress text console redaction interrupt cache openssl parallel "
        "log_file "
        "search_query "
    ).split(),
    ["api"],  # the services and their resource types
    ["config"],  # the settings of one cloud
    ["auth"],  # tokens; requests go through a function that the caller gives
    ["http"],  # the HTTP client; it gets the token from a function that the caller gives
    ["session"],  # a cloud: requests, look-ups, paging
    ["render"],  # tables and machine formats
    ["language"],  # what commands are written in
    ["owner", "tags", "image_fields"],  # options and columns that several services share
    (
        "compute identity image network volume share object placement load_balancer key_manager orchestration "
        "dns accelerator container_infra database metric alarming bare_metal "
    ).split(),
    # the noun of each command and its modules, by name; the tree of commands
    "external index other_services plugins prefixes tab tree".split(),
    ["multi", "local", "batch", "sandbox"],
    ["cli"],
    ["__main__"],
)
LAYER = {name: number for number, names in enumerate(LAYERS) for name in names}
HTTPX = ("httpx", "httpcore")


def modules() -> dict[str, Path]:
    """Return every module and package of ostk but ostk itself: name → file."""
    files = {path: path.relative_to(PACKAGE.parent).with_suffix("") for path in PACKAGE.rglob("*.py")}
    names = {".".join(name.parts).removesuffix(".__init__"): path for path, name in files.items()}
    return {name: path for name, path in names.items() if name != "ostk"}


@cache
def imports() -> dict[str, frozenset[str]]:
    """For each module, the modules it imports, as they are written: of ostk with their full names."""
    known = modules()
    return {name: frozenset(imported(name, path, known)) for name, path in known.items()}


def imported(module: str, path: Path, known: dict[str, Path]) -> Iterator[str]:
    """Yield the names of the modules that a file imports."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            parts = module.split(".")
            if path.name == "__init__.py":
                parts.append("__init__")
            parts = parts[: -node.level] if node.level else []
            stem = ".".join([*parts, *([node.module] if node.module else [])])
            for alias in node.names:
                yield f"{stem}.{alias.name}" if f"{stem}.{alias.name}" in known else stem


def layer(module: str) -> int:
    """Return the number of the layer of a module of ostk."""
    return LAYER[module.split(".")[1]]


def test_every_module_has_a_layer() -> None:
    assert not {name.split(".")[1] for name in modules()} - LAYER.keys()


def test_modules_import_only_their_own_and_lower_layers() -> None:
    upward = [
        f"{name} imports {other}"
        for name, others in imports().items()
        for other in others
        if other in imports() and layer(other) > layer(name)
    ]
    assert not upward


def test_imports_have_no_cycle() -> None:
    remaining = {name: {other for other in others if other in imports()} - {name} for name, others in imports().items()}
    while leaves := [name for name, others in remaining.items() if not others & remaining.keys()]:
        for name in leaves:
            del remaining[name]
    cyclic = {name: others & remaining.keys() for name, others in remaining.items()}
    assert not cyclic


def test_nouns_import_no_other_noun() -> None:
    from ostk.index import INDEX

    nouns = {f"ostk.{module}" for places, _ in INDEX.values() for module in places.split()}
    assert nouns <= imports().keys()
    assert not [f"{noun} imports {other}" for noun in nouns for other in imports()[noun] & nouns]


def test_only_the_root_command_imports_the_sandbox() -> None:
    users = {name for name, others in imports().items() for other in others if other.startswith("ostk.sandbox")}
    assert {name for name in users if not name.startswith("ostk.sandbox")} == {"ostk.cli"}  # which registers it


def test_only_the_http_package_imports_httpx() -> None:
    users = {name for name, others in imports().items() if any(other.split(".")[0] in HTTPX for other in others)}
    assert {name.split(".")[1] for name in users} <= {"http"}


@pytest.mark.parametrize("module", ["config", "auth"])
def test_configuration_and_authentication_need_no_http_client(module: str) -> None:
    users = [name for name in imports() if name.split(".")[1] == module]
    assert not [name for name in users if any(other.startswith("ostk.http.") for other in imports()[name])]


CHANGING = frozenset("pop popitem setdefault update append extend insert remove clear sort reverse".split())


def changed(node: ast.AST) -> ast.expr | None:
    """Return what a statement or a call changes in place; None for others."""
    if isinstance(node, ast.Assign | ast.Delete):
        return next((target for target in node.targets if isinstance(target, ast.Subscript)), None)
    if isinstance(node, ast.AugAssign) and isinstance(node.op, ast.BitOr | ast.Add):
        return node.target
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CHANGING:
        return node.func.value
    return None


def changed_arguments(path: Path) -> Iterator[str]:
    """Yield where a function changes a JSON object that it was given, and not a new one of the same name."""
    for function in ast.walk(ast.parse(path.read_text())):
        if not isinstance(function, ast.FunctionDef):
            continue
        arguments = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        kinds = {one.arg: ast.unparse(one.annotation) for one in arguments if one.annotation}
        given = {name: sys.maxsize for name, kind in kinds.items() if re.match(r"(list\[)?Json\b", kind)}
        for node in ast.walk(function):
            for target in node.targets if isinstance(node, ast.Assign) else ():
                if isinstance(target, ast.Name) and target.id in given:  # a new object from here on
                    given[target.id] = min(given[target.id], target.lineno)
        for node in ast.walk(function):
            place = changed(node)
            while isinstance(place, ast.Subscript | ast.Attribute):
                place = place.value
            if isinstance(place, ast.Name) and place.lineno < given.get(place.id, 0):
                yield f"{path.relative_to(PACKAGE)}: {function.name} changes {place.id}"


def test_functions_change_no_json_that_they_were_given() -> None:
    """Each step returns what it made. The practice cloud is a server: it changes what it stores."""
    paths = [path for path in PACKAGE.rglob("*.py") if path.parent.name != "sandbox"]
    assert sorted({found for path in paths for found in changed_arguments(path)}) == []
