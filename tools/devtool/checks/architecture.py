"""The rules of the house: names, rooms, layers, sizes, and what code never does."""

import sys

from devtool.context import Context

TITLE = "architecture"


def find(context: Context) -> list[str]:
    # The rules live with their examples and tests in tests/architecture.
    sys.path.append(str(context.root / "tests"))
    from architecture.rules import RULES
    from architecture.tree import Tree
    tree = Tree.of_checkout(context.root)
    return [breach for rule in RULES for breach in rule.breaches(tree)]
