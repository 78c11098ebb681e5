"""Each rule bites on each of its bad examples, and holds for the contracts of the checkout."""

import pathlib
import shutil
import tempfile
import unittest

from contracts.contracts import Contracts
from contracts.rules import RULES, Rule

HERE = pathlib.Path(__file__).resolve().parent
PROTOS = HERE.parents[1] / "protos"
SOUND = (HERE / "sound_example.proto").read_text()
CHECKOUT = Contracts(PROTOS)


def example(text: str) -> Contracts:
    """The contracts of a folder with `text` and what it imports."""
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        for name in ("google/rpc", "guildhall/policy/v1", "guildhall/privacy/v1"):
            shutil.copytree(PROTOS / name, root / name)
        file = root / "guildhall/example/v1/example.proto"
        file.parent.mkdir(parents=True)
        file.write_text(text)
        return Contracts(root)


class ContractsTest(unittest.TestCase):
    """Holds a pair of tests for each rule, added below."""

    maxDiff = None

    def test_the_sound_example_has_no_faults(self) -> None:
        contracts = example(SOUND)
        self.assertEqual([breach for rule in RULES for breach in rule.breaches(contracts)], [])

    def test_there_are_methods_fields_and_reasons_to_look_at(self) -> None:
        self.assertGreater(len(CHECKOUT.methods), 40)
        self.assertGreater(len(CHECKOUT.fields), 100)
        self.assertGreater(len(CHECKOUT.reasons), 20)


def _add(rule: Rule) -> None:
    def bites(test: unittest.TestCase) -> None:
        for old, new in rule.breaks:
            with test.subTest(change=new or f"without {old.strip()}"):
                test.assertIn(old, SOUND)
                test.assertNotEqual(rule.breaches(example(SOUND.replace(old, new, 1))), [])

    def holds(test: unittest.TestCase) -> None:
        test.assertEqual(rule.breaches(CHECKOUT), [])

    setattr(ContractsTest, f"test_{rule.name}", holds)
    setattr(ContractsTest, f"test_bad_examples_of_{rule.name}", bites)


for each in RULES:
    _add(each)


if __name__ == "__main__":
    unittest.main()
