"""What the bench writes is what reviewers compare: ids, ratios and what is promised of them."""

import json
import pathlib
import tempfile
import unittest

from devtool.bench import figures

ROOT = pathlib.Path(__file__).resolve().parents[3]
LATEST = ROOT / "tests/benchmarks/results/latest.json"
ALWAYS = {"id", "name", "value", "unit", "baseline", "ratio", "direction", "hold", "runs"}
SOMETIMES = {"p99_ms", "note"}


class FiguresTest(unittest.TestCase):
    def assert_form(self, text: str) -> None:
        results = json.loads(text)
        self.assertEqual(set(results), {"machine", "commit", "figures"})
        ids = [row["id"] for row in results["figures"]]
        self.assertEqual(len(ids), len(set(ids)), ids)
        for row in results["figures"]:
            self.assertEqual(set(row) - SOMETIMES, ALWAYS, row["id"])
            self.assertIn(row["direction"], ("at_least", "at_most"))
            self.assertGreater(row["runs"], 0)

    def test_the_committed_results_have_their_form(self) -> None:
        self.assert_form(LATEST.read_text())

    def test_what_is_written_has_that_form(self) -> None:
        row = figures.Figure("P1", "echo", "requests/s", 0.45)
        row.settle([300.0, 100.0, 200.0], [400.0, 400.0, 100.0])
        with tempfile.TemporaryDirectory() as folder:
            path = pathlib.Path(folder) / "results/latest.json"
            figures.write(path, ROOT, [row])
            self.assert_form(path.read_text())
        self.assertEqual((row.value, row.baseline, row.ratio), (200.0, 400.0, 0.5))

    def test_held_is_what_the_direction_says(self) -> None:
        more = figures.Figure("a", "a", "x", 0.5).settle([1.0], [2.0])
        less = figures.Figure("b", "b", "x", 0.4, "at_most").settle([1.0], [2.0])
        self.assertEqual((more.held, less.held), (True, False))


if __name__ == "__main__":
    unittest.main()
