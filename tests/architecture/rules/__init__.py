"""All rules: importing a module declares what it holds."""

from architecture.rule import RULES
from architecture.rules import code, layers, names, secrets, sizes, sql

__all__ = ["RULES", "code", "layers", "names", "secrets", "sizes", "sql"]
