"""tools/dev up and down, as somebody who has just cloned the repository uses them."""

import json
import os
import pathlib
import socket
import subprocess
import tempfile
import time
import unittest

from devtool.stack.processes import start_time

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The state folder whose build tree is shared: building again is not what is looked at here.
STATE = pathlib.Path(os.environ.get("GUILDHALL_STATE", ROOT / ".state"))
SECOND_RUN_SECONDS = 15
ENOUGH_SECONDS = 300


def free_ports(count: int) -> int:
    """The first of `count` ports in a row that nobody listens on."""
    for first in range(20000 + os.getpid() % 5000, 32000, count):
        if all(_free(port) for port in range(first, first + count)):
            return first
    raise AssertionError("no free ports")


def _free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) != 0


class UpTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        folder = tempfile.TemporaryDirectory(prefix="guildhall-")
        cls.addClassCleanup(folder.cleanup)
        cls.state = pathlib.Path(folder.name)
        cls.state.chmod(0o755)
        (cls.state / "build").symlink_to(STATE / "build")
        cls.port = free_ports(10)
        cls.addClassCleanup(cls.dev, "down")
        cls.first = cls.up("--port", str(cls.port), "--admin-port", str(cls.port + 2),
                           "--processes", "discussions=2")

    @classmethod
    def dev(cls, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run([ROOT / "tools/dev", *arguments, "--state", str(cls.state)],
                              stdin=subprocess.DEVNULL, capture_output=True, text=True,
                              timeout=ENOUGH_SECONDS, check=False)

    @classmethod
    def up(cls, *arguments: str) -> subprocess.CompletedProcess:
        return cls.dev("up", *arguments)

    def pids(self) -> dict[str, int]:
        return {path.stem: json.loads(path.read_text())["pid"]
                for path in (self.state / "stack/run").glob("*.json")}

    def test_everything_runs_and_the_accounts_are_told(self) -> None:
        self.assertEqual(self.first.returncode, 0, self.first.stdout + self.first.stderr)
        self.assertLessEqual({"postgres", "redis", "identity-1", "directory-1", "discussions-1",
                              "discussions-2", "gateway-1"}, set(self.pids()))
        self.assertIn(f"http://127.0.0.1:{self.port}/", self.first.stdout)
        self.assertIn("@quernember.example", self.first.stdout)

    def test_a_second_run_is_quick_and_changes_nothing(self) -> None:
        before, start = self.pids(), time.monotonic()
        again = self.up()
        self.assertEqual(again.returncode, 0, again.stderr)
        self.assertLess(time.monotonic() - start, SECOND_RUN_SECONDS)
        self.assertEqual(self.pids(), before)
        self.assertNotIn("going once through the house", again.stdout)

    def test_the_lines_to_try_next_work(self) -> None:
        lines = self.first.stdout.partition("Try next:")[2].partition("tools/dev")[0]
        tried = subprocess.run(["bash", "-e", "-c", lines], capture_output=True, text=True,
                               timeout=60, check=False)
        self.assertEqual(tried.returncode, 0, tried.stderr)
        self.assertTrue(json.loads(tried.stdout)["communities"])

    def test_a_taken_port_is_told_with_what_to_do(self) -> None:
        before = self.pids()
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            refused = self.up("--port", str(port))
        self.assertEqual(refused.returncode, 1)
        self.assertIn(f"port {port} on 127.0.0.1 is taken", refused.stderr)
        self.assertEqual(self.pids(), before)

    def test_no_secret_stands_on_a_command_line(self) -> None:
        secrets = [path.read_text() for path in (self.state / "stack/secrets").iterdir()]
        self.assertTrue(secrets)
        for pid in self.pids().values():
            line = pathlib.Path(f"/proc/{pid}/cmdline").read_text()
            for secret in secrets:
                self.assertNotIn(secret, line)

    def test_down_ends_what_up_started_and_nothing_else(self) -> None:
        bystander = subprocess.Popen(["sleep", "60"])
        self.addCleanup(bystander.wait)
        self.addCleanup(bystander.kill)
        pids = self.pids()
        down = self.dev("down")
        self.assertEqual(down.returncode, 0, down.stderr)
        self.assertNotIn("was killed", down.stdout)
        self.assertEqual([name for name, pid in pids.items() if start_time(pid)], [])
        self.assertIsNone(bystander.poll())
        self.assertEqual(self.up().returncode, 0)


if __name__ == "__main__":
    unittest.main()
