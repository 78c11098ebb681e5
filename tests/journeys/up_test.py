"""tools/dev up and down, as somebody who has just cloned the repository uses them."""

import json
import os
import pathlib
import re
import socket
import subprocess
import time
import unittest

from devtool.stack.processes import start_time
from journeys.up_case import State

SECOND_RUN_SECONDS = 15


class UpTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        cls.state = State()
        cls.addClassCleanup(cls.state.close)
        cls.first = cls.state.dev("up", *cls.state.chosen, "--processes", "discussions=2")

    def pids(self) -> dict[str, int]:
        return self.state.pids()

    def test_everything_runs_and_the_accounts_are_told(self) -> None:
        self.assertEqual(self.first.returncode, 0, self.first.stdout + self.first.stderr)
        self.assertLessEqual({"postgres", "redis", "identity-1", "directory-1", "discussions-1",
                              "discussions-2", "gateway-1"}, set(self.pids()))
        self.assertIn(f"http://127.0.0.1:{self.state.port}/", self.first.stdout)
        self.assertIn("@quernember.example", self.first.stdout)

    def test_a_second_run_is_quick_and_changes_nothing(self) -> None:
        before, start = self.pids(), time.monotonic()
        again = self.state.dev("up")
        self.assertEqual(again.returncode, 0, again.stderr)
        # A machine with other work takes as much longer as there is work for each of its cores.
        busy = max(1, os.getloadavg()[0] / os.cpu_count())
        self.assertLess(time.monotonic() - start, SECOND_RUN_SECONDS * busy)
        self.assertEqual(self.pids(), before)
        self.assertNotIn("going once through the house", again.stdout)

    def test_seeding_again_changes_nothing(self) -> None:
        again = self.state.dev("seed")
        self.assertEqual(again.returncode, 0, again.stderr)
        counts = re.findall(r"\d+ (\w+) \((\d+) new\)", again.stdout)
        self.assertEqual(counts, [(kind, "0") for kind in
                                  ("members", "communities", "memberships", "topics", "posts")])

    def test_the_lines_to_try_next_work(self) -> None:
        lines = self.first.stdout.partition("Try next:")[2].partition("tools/dev")[0]
        tried = subprocess.run(["bash", "-e", "-c", lines], capture_output=True, text=True,
                               timeout=60, check=False)
        self.assertEqual(tried.returncode, 0, tried.stderr)
        self.assertTrue(json.loads(tried.stdout)["communities"])

    def test_a_taken_port_is_told_with_what_to_do(self) -> None:
        before = self.pids()
        for option in ("--port", "--admin-port"):
            with socket.create_server(("127.0.0.1", 0)) as other:
                port = other.getsockname()[1]
                refused = self.state.dev("up", option, str(port))
            self.assertEqual(refused.returncode, 1)
            self.assertRegex(refused.stderr,
                             f"port {port} on 127.0.0.1 is taken .* choose another with {option} N")
        self.assertEqual(self.pids(), before)

    def test_choices_that_make_no_sense_are_made_again(self) -> None:
        before = self.pids()
        (self.state.folder / "stack/choices.json").write_text("{")
        healed = self.state.dev("up", *self.state.chosen, "--processes", "discussions=2")
        self.assertEqual(healed.returncode, 0, healed.stderr)
        self.assertIn("choices.json makes no sense", healed.stdout)
        self.assertEqual(self.pids(), before)

    def test_no_secret_stands_on_a_command_line(self) -> None:
        secrets = [path.read_text() for path in (self.state.folder / "stack/secrets").iterdir()]
        self.assertTrue(secrets)
        for pid in self.pids().values():
            line = pathlib.Path(f"/proc/{pid}/cmdline").read_text()
            for secret in secrets:
                self.assertNotIn(secret, line)

    def test_down_ends_what_up_started_and_nothing_else(self) -> None:
        bystander = subprocess.Popen(["sleep", "600"])
        self.addCleanup(bystander.wait)
        self.addCleanup(bystander.kill)
        pids = self.pids()
        down = self.state.dev("down")
        self.assertEqual(down.returncode, 0, down.stderr)
        self.assertNotIn("was killed", down.stdout)
        self.assertEqual([name for name, pid in pids.items() if start_time(pid)], [])
        self.assertIsNone(bystander.poll())
        self.assertEqual(self.state.dev("up").returncode, 0)


if __name__ == "__main__":
    unittest.main()
