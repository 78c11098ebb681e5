"""The counts of `tools/dev test` are right, also when programs fail, crash or say nothing."""

import pathlib
import shlex
import subprocess
import tempfile
import unittest

from devtool.suites import catch2, fuzz, node, python
from devtool.suites.report import Ended, execute

HERE = pathlib.Path(__file__).parent
ROOT = HERE.parents[2]
WELL = Ended(0, "", "")

CATCH2 = """<?xml version="1.0" encoding="UTF-8"?>
<Catch name="x"><Group name="x">
  <TestCase name="a topic is read"><OverallResult success="true"/></TestCase>
  <TestCase name="a post, edited [twice]">
    <Section name="again">
      <Expression success="false" type="CHECK" filename="../x_test.cpp" line="7">
        <Original> a == b </Original><Expanded> 1 == 2 </Expanded>
      </Expression>
    </Section>
    <OverallResult success="false"/>
  </TestCase>
</Group></Catch>
"""

UNITTEST = """.F
======================================================================
FAIL: test_b (pack.mod_test.ModTest.test_b)
----------------------------------------------------------------------
AssertionError: 1 != 2

----------------------------------------------------------------------
Ran 3 tests in 0.001s

FAILED (failures=1, skipped=1)
"""

JUNIT = """<?xml version="1.0" encoding="utf-8"?>
<testsuites><testcase name="works"/><testcase name="fails"><failure>1 == 2</failure></testcase>
<testsuite name="group"><testcase name="later"><skipped/></testcase></testsuite></testsuites>
"""


class Catch2Test(unittest.TestCase):
    def read(self, text: str, ended: Ended):
        return catch2.read_report("x_test", "build/x_test", text, ended, pathlib.Path("/tree/x"))

    def test_a_failed_case_is_explained_and_can_be_repeated(self) -> None:
        report = self.read(CATCH2, Ended(1, "", ""))
        self.assertEqual((report.passed, len(report.failures)), (1, 1))
        failure = report.failures[0]
        self.assertEqual(failure.repeat, "build/x_test 'a post\\, edited \\[twice]'")
        self.assertEqual(failure.text,
                         "/tree/x_test.cpp:7: CHECK( a == b ) with 1 == 2 (in 'again')")

    def test_a_crash_counts_as_a_failure_beside_the_cases_before_it(self) -> None:
        ended = Ended(-11, "boom", "was ended by SIGSEGV")
        report = self.read(CATCH2.partition("</Group>")[0], ended)
        self.assertEqual((report.passed, len(report.failures)), (1, 2))
        self.assertIn("SIGSEGV\nboom", report.failures[1].text)

    def test_a_program_that_fails_without_a_report_is_a_failure(self) -> None:
        self.assertEqual(len(self.read("", Ended(3, "", "")).failures), 1)


class PythonTest(unittest.TestCase):
    def test_cases_are_counted(self) -> None:
        report = python.read_report("tests/x", Ended(1, UNITTEST, ""), "python3 -m unittest")
        self.assertEqual((report.passed, report.skipped, len(report.failures)), (1, 1, 1))
        self.assertEqual(report.failures[0].repeat,
                         "python3 -m unittest pack.mod_test.ModTest.test_b")
        self.assertIn("1 != 2", report.failures[0].text)

    def test_a_run_without_tests_is_a_failure(self) -> None:
        ended = Ended(0, "Ran 0 tests in 0.000s\n\nOK\n", "")
        self.assertEqual(len(python.read_report("tests/x", ended, "run").failures), 1)


class NodeTest(unittest.TestCase):
    def test_cases_are_counted(self) -> None:
        report = node.read_report(pathlib.Path("a.test.mjs"), JUNIT, Ended(1, "", ""))
        self.assertEqual((report.passed, report.skipped, len(report.failures)), (1, 1, 1))

    def test_a_file_that_fails_before_its_cases_shows_what_it_said(self) -> None:
        junit = JUNIT.replace('"fails"', '"a.test.mjs"')
        report = node.read_report(pathlib.Path("a.test.mjs"), junit, Ended(1, "ENOENT", ""))
        self.assertEqual((report.passed, len(report.failures)), (1, 1))
        self.assertIn("ENOENT", report.failures[0].text)

    def test_a_file_without_cases_is_a_failure(self) -> None:
        report = node.read_report(pathlib.Path("a.test.mjs"), "<testsuites/>", WELL)
        self.assertEqual(len(report.failures), 1)


class FuzzTest(unittest.TestCase):
    """What replays a corpus finds what is broken on purpose."""

    # Beside the planted overflow: one that takes too long, and one that takes too much.
    GREEDY = """#include "libs/testing/fuzz/target.h"
#include <ctime>
#include <memory>
void guildhall::testing::TakeInput(std::string_view input) {
  const auto end = std::clock() + 6 * CLOCKS_PER_SEC / 10;
  while (input == "time" && std::clock() < end) {}
  auto room = std::make_unique<char[]>(input == "room" ? 65 << 20 : 1);
  static_cast<volatile char*>(room.get())[0] = 1;
}"""

    @classmethod
    def setUpClass(cls) -> None:
        cls.folder = pathlib.Path(cls.enterClassContext(tempfile.TemporaryDirectory()))
        (cls.folder / "greedy.cpp").write_text(cls.GREEDY)
        parts = ROOT / "libs/testing/fuzz"
        for name, source in (("planted", parts / "planted_fuzz.cpp"),
                             ("greedy", cls.folder / "greedy.cpp")):
            subprocess.run(["c++", "-std=c++20", "-fsanitize=address", f"-I{ROOT}", source,
                            parts / "target.cpp", parts / "replay.cpp",
                            ROOT / "libs/base/check.cpp", "-o", cls.folder / name], check=True)

    def replay(self, program: str, **inputs: bytes):
        corpus = pathlib.Path(self.enterContext(tempfile.TemporaryDirectory()))
        for name, data in inputs.items():
            (corpus / name).write_bytes(data)
        return corpus, fuzz.replay(program, [str(self.folder / program), str(corpus)], HERE)

    def test_a_planted_overflow_is_found_and_the_command_repeats_it(self) -> None:
        corpus, report = self.replay("planted", a=b"other words", b=b"Guild\x01more")
        [failure] = report.failures
        self.assertEqual(failure.repeat, f"{self.folder}/planted {corpus}/b")
        self.assertIn("heap-buffer-overflow", failure.text)

    def test_what_holds_is_counted(self) -> None:
        _, report = self.replay("planted", a=b"other words")
        self.assertEqual((report.passed, report.failures), (1, []))

    def test_a_corpus_without_inputs_is_a_failure(self) -> None:
        _, report = self.replay("planted")
        self.assertIn("there is no input", report.failures[0].text)

    def test_an_input_that_takes_too_long_or_too_much_is_told(self) -> None:
        for name, said in ((b"time", "ms of CPU"), (b"room", "MiB of heap")):
            _, report = self.replay("greedy", a=name)
            self.assertIn(said, report.failures[0].text)


class RunTest(unittest.TestCase):
    RACE = """#include <thread>
int main() { int n = 0; std::thread other([&] { ++n; }); ++n; other.join(); return n - 2; }"""

    def test_a_race_is_found_in_spite_of_what_is_suppressed(self) -> None:
        with tempfile.TemporaryDirectory() as folder:
            program = f"{folder}/race"
            subprocess.run(["c++", "-std=c++20", "-fsanitize=thread", "-x", "c++", "-", "-o",
                            program], input=self.RACE, text=True, check=True)
            command = shlex.split(catch2.RUN["tsan"].format(root=ROOT) + program)
            self.assertIn("data race", execute(command, HERE).output)


class ExecuteTest(unittest.TestCase):
    def test_a_program_ended_by_a_signal_says_which(self) -> None:
        self.assertEqual(execute(["sh", "-c", "kill -ABRT $$"], HERE).trouble,
                         "was ended by SIGABRT")


if __name__ == "__main__":
    unittest.main()
