"""Each rule bites on its bad example, leaves its good one alone, and holds for the checkout."""

import pathlib
import unittest

from architecture.rule import Rule
from architecture.rules import RULES
from architecture.tree import Tree

CHECKOUT = Tree.of_checkout(pathlib.Path(__file__).resolve().parents[2])


class RulesTest(unittest.TestCase):
    """Holds a pair of tests for each rule, added below."""

    maxDiff = None


def _add(rule: Rule) -> None:
    def bites(test: unittest.TestCase) -> None:
        found = rule.breaches(Tree(rule.bad))
        test.assertEqual(len(found), rule.finds, f"in the bad example: {found}")
        test.assertEqual(rule.breaches(Tree(rule.good)), [], "the good example is found bad")

    def holds(test: unittest.TestCase) -> None:
        test.assertEqual(rule.breaches(CHECKOUT), [])

    setattr(RulesTest, f"test_{rule.name}", holds)
    setattr(RulesTest, f"test_bad_example_of_{rule.name}", bites)


for each in RULES:
    _add(each)


if __name__ == "__main__":
    unittest.main()
