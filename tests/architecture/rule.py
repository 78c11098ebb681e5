"""What a rule is, and the list of all of them."""

import dataclasses
import re
from collections.abc import Callable, Iterator

from architecture.tree import Tree

Found = Iterator[tuple[str, int, str]]


@dataclasses.dataclass(frozen=True)
class Rule:
    """One rule: how to find breaches, what to do instead, and examples that prove both."""

    name: str
    instead: str
    find: Callable[[Tree], Found]
    bad: dict[str, str]
    good: dict[str, str]
    finds: int

    def breaches(self, tree: Tree) -> list[str]:
        """A line per breach: place, what is wrong, what to do instead."""
        return [f"{file}:{line}: {what}. {self.instead} [{self.name}]"
                for file, line, what in self.find(tree)]


RULES: list[Rule] = []


def rule(instead: str, bad: dict[str, str], good: dict[str, str], finds: int | None = None):
    """Declares a function that yields (file, line, what is wrong) as a rule.

    `bad` is a tree in which it must find `finds` faults, by default one for each file that `good`
    lacks or has otherwise; `good` is a tree that it must leave alone.
    """
    faults = finds or sum(good.get(name) != text for name, text in bad.items())

    def declare(find: Callable[[Tree], Found]) -> Callable[[Tree], Found]:
        RULES.append(Rule(find.__name__, instead, find, bad, good, faults))
        return find
    return declare


def lines_matching(tree: Tree, names: list[str], pattern: str, what: str,
                   view: Callable[[str], str] | None = None) -> Found:
    """Every line of `names` in which a regular expression is found; `view` gives the text."""
    search = re.compile(pattern)
    for name in names:
        for number, line in enumerate((view or tree.text)(name).splitlines(), start=1):
            match = search.search(line)
            if match:
                yield name, number, what.format(match[0].strip())
