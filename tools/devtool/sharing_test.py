"""What commands that run side by side share: build trees, and the machine's ports."""

import pathlib
import subprocess
import sys
import tempfile
import unittest

from devtool.locks import alone
from devtool.ports import BLOCK, PortBlock

HOLDER = """
import pathlib, sys
from devtool.locks import alone
with alone(pathlib.Path(sys.argv[1]), "building"):
    print("in", flush=True)
    sys.stdin.read()
"""


class SharingTest(unittest.TestCase):
    def setUp(self) -> None:
        file = tempfile.NamedTemporaryFile()
        self.addCleanup(file.close)
        self.path = pathlib.Path(file.name)

    def hold(self) -> subprocess.Popen:
        command = [sys.executable, "-B", "-c", HOLDER, str(self.path)]
        holder = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                  env={"PYTHONPATH": str(pathlib.Path(__file__).parents[1])})
        self.addCleanup(holder.communicate)
        self.addCleanup(holder.kill)
        return holder

    def test_a_second_command_waits_and_says_for_what(self) -> None:
        first = self.hold()
        self.assertEqual(first.stdout.readline(), b"in\n")
        second = self.hold()
        self.assertIn(b"another tools/dev is building", second.stdout.readline())
        first.communicate()
        self.assertEqual(second.stdout.readline(), b"in\n")

    def test_a_killed_command_holds_nothing(self) -> None:
        first = self.hold()
        first.stdout.readline()
        first.kill()
        with alone(self.path, "building"):
            pass

    def test_blocks_of_ports_do_not_overlap(self) -> None:
        firsts = []
        for _ in range(10):
            block = PortBlock()
            self.addCleanup(block.close)
            firsts.append(block.first)
        firsts.sort()
        self.assertTrue(all(two - one >= BLOCK for one, two in zip(firsts, firsts[1:])), firsts)


if __name__ == "__main__":
    unittest.main()
