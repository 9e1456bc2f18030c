"""Modules that libraries import and a short command does not use: their code runs at the first use of them.

`import ssl` gives the module at once, here and in libraries; it is executed when one of its names is looked up, by any
thread. (importlib.util.LazyLoader, made for this, executes a module at the next `import` of it.)
"""

import sys
from _thread import RLock
from importlib.util import find_spec, module_from_spec
from types import ModuleType
from typing import Any

UNUSED = (
    "email.base64mime email.errors email.header email.quoprimime fnmatch idna inspect ipaddress locale mimetypes ntpath"
    " selectors shutil ssl textwrap traceback"
).split()
STATEMENT = frozenset({"__spec__", "__class__"})  # what the import statement looks up in a module it finds
LOCKS: dict[str, RLock] = {}
NOT_EXECUTED: set[str] = set()


class Deferred(ModuleType):
    """A module that is executed when a name in it is looked up."""

    def __getattribute__(self, name: str) -> Any:
        """Return what has this name in the module, executed."""
        if name not in STATEMENT:
            execute(self)
        return ModuleType.__getattribute__(self, name)  # not super(): it is no longer a Deferred


def execute(module: Deferred) -> None:
    """Execute a module, once; another thread waits until it is done."""
    spec = module.__spec__
    assert spec
    assert spec.loader
    with LOCKS[spec.name]:
        if spec.name in NOT_EXECUTED:
            NOT_EXECUTED.remove(spec.name)
            try:
                spec.loader.exec_module(module)
            except BaseException:
                NOT_EXECUTED.add(spec.name)
                raise
            module.__class__ = ModuleType  # type: ignore[assignment]


def defer(*names: str) -> None:
    """Defer the execution of modules that are not imported yet; a name that is no module is passed over."""
    for name in names:
        if name not in sys.modules and (spec := find_spec(name)):
            module = module_from_spec(spec)
            LOCKS[name] = RLock()
            NOT_EXECUTED.add(name)
            module.__class__ = Deferred
            sys.modules[name] = module
            parent, _, child = name.rpartition(".")
            if parent:
                setattr(sys.modules[parent], child, module)
