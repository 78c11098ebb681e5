"""Finds the checks: the modules of this package that have a TITLE."""

import importlib
import pkgutil
import types

from devtool import checks


def load() -> list[types.ModuleType]:
    """The checks, in order of their names."""
    names = [module.name for module in pkgutil.iter_modules(checks.__path__)
             if not module.name.endswith("_test")]
    modules = [importlib.import_module(f"devtool.checks.{name}") for name in names]
    return [module for module in modules if hasattr(module, "TITLE")]
