"""Plans that are worse than on record are told, and statements that are described badly."""

import pathlib
import tempfile
import unittest

from devtool.bench import plans, statements
from devtool.bench.plans import PLANS, Plan
from devtool.context import Trouble


def plan(*ways: str, buffers: int = 10) -> Plan:
    return Plan(list(ways), {"heavy": buffers, "usual": buffers}, {"heavy": 1, "usual": 1})


class DifferencesTest(unittest.TestCase):
    def told(self, recorded: Plan, taken: Plan) -> list[str]:
        return plans.differences({"a": recorded}, {"a": taken}, {"posts"})

    def test_the_same_is_no_difference(self) -> None:
        self.assertEqual(self.told(plan("posts by posts_pkey"), plan("posts by posts_pkey")), [])

    def test_a_large_table_read_whole_is_told(self) -> None:
        self.assertIn("posts whole", self.told(plan("posts by posts_pkey"), plan("posts whole"))[0])

    def test_another_index_of_a_large_table_is_told_where_it_costs_more(self) -> None:
        known, other = plan("posts by posts_pkey"), plan("posts by another", buffers=31)
        self.assertIn("posts by another", self.told(known, other)[0])
        self.assertEqual(self.told(known, plan("posts by another")), [])

    def test_how_a_small_table_is_read_does_not_matter(self) -> None:
        self.assertEqual(self.told(plan("polls by polls_pkey"), plan("polls whole")), [])

    def test_half_as_many_buffers_again_and_twenty_are_taken(self) -> None:
        self.assertEqual(self.told(plan(buffers=100), plan(buffers=170)), [])
        self.assertIn("171 buffers", self.told(plan(buffers=100), plan(buffers=171))[0])

    def test_statements_come_and_go_with_their_record(self) -> None:
        self.assertEqual(plans.differences({}, {"a": plan()}, set()), ["a is not on record"])
        self.assertEqual(plans.differences({"a": plan()}, {}, set()),
                         ["a is on record and runs no more"])

    def test_what_is_written_is_read_again(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            root = pathlib.Path(folder)
            (root / PLANS).mkdir(parents=True)
            known = {"a": plan("posts whole"), "b": plan(buffers=7)}
            plans.write(root, "identity", known)
            self.assertEqual(plans.load(root, "identity"), known)


class StatementsTest(unittest.TestCase):
    def test_words_are_what_the_comment_says(self) -> None:
        found = statements.parse("a", "-- Does it.\n-- $1 topics, $2 numbers (arrays of the same\n"
                                 "-- length), $3 how many, at most 9\n"
                                 "SELECT unnest($1, $2) LIMIT $3")
        self.assertEqual(found.words, ("[topics]", "[numbers]", "how many"))

    def test_a_parameter_that_is_not_described_is_told(self) -> None:
        with self.assertRaisesRegex(Trouble, r"what \$2 is"):
            statements.parse("a", "-- $1 topic\nSELECT $1, $2")

    def test_a_word_that_nothing_stands_for_is_told(self) -> None:
        found = statements.parse("a", "-- $1 something new\nSELECT $1")
        with self.assertRaisesRegex(Trouble, "something new"):
            statements.arguments(found, {}, {})


if __name__ == "__main__":
    unittest.main()
