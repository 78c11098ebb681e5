"""tools/dev up where something is in the way: no room, no rights, an end in the middle."""

import os
import pwd
import re
import subprocess
import unittest

from journeys.up_case import ROOT, State

NOBODY = pwd.getpwnam("nobody")


def may_mount() -> bool:
    return os.geteuid() == 0 and subprocess.run(
        ["unshare", "--mount", "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True,
        check=False).returncode == 0


class TroubleCase(unittest.TestCase):
    def setUp(self) -> None:
        self.state = State()
        self.addCleanup(self.state.close)

    def assert_told(self, done: subprocess.CompletedProcess, *sentences: str) -> None:
        self.assertEqual(done.returncode, 1, done.stdout + done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        for sentence in sentences:
            self.assertRegex(done.stderr, sentence)


@unittest.skipUnless(may_mount(), "only root can mount a small disk")
class FullDiskTest(TroubleCase):
    def up_on(self, disk: str, script: str = 'exec "$@"') -> subprocess.CompletedProcess:
        """Runs a script whose arguments are `up`; $STATE is on the disk, $BUILD is what is built,
        $DEV is tools/dev."""
        names = {"STATE": str(self.state.folder), "DEV": str(ROOT / "tools/dev"),
                 "BUILD": str((self.state.folder / "build").resolve())}
        mounting = f'mount -t tmpfs -o {disk} tmpfs "$STATE"; ln -s "$BUILD" "$STATE/build"; '
        return subprocess.run(["unshare", "--mount", "sh", "-euc", mounting + script, "sh",
                               *self.state.command("up", *self.state.chosen)],
                              env={**os.environ, **names}, text=True, capture_output=True,
                              check=False)

    def test_too_little_room_is_told_before_anything_starts(self) -> None:
        self.assert_told(self.up_on("size=64m"), r"only \d+ MiB are free where .* is; the stack "
                         r"needs \d+\. Make room, or choose another disk with --state DIR")

    def test_a_disk_that_fills_up_is_told_and_with_room_the_next_run_heals(self) -> None:
        # Room for files runs out in the middle of initdb; then there is enough.
        done = self.up_on("size=3g,nr_inodes=300",
                          '! "$@"; mount -o remount,nr_inodes=0 "$STATE"; '
                          '"$@"; "$DEV" down --state "$STATE"')
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertNotIn("Traceback", done.stderr)
        self.assertRegex(done.stderr, r"The disk is full where .* is. Make room and repeat")
        self.assertIn("Guildhall runs:", done.stdout)


class PrivilegeTest(TroubleCase):
    """As somebody without rights: nobody, if it is root who runs the tests."""

    def setUp(self) -> None:
        super().setUp()
        self.rights = {}
        if os.geteuid() == 0:
            self.rights = {"user": NOBODY.pw_uid, "group": NOBODY.pw_gid, "extra_groups": []}
            if subprocess.run(["test", "-x", ROOT / "tools/dev"], cwd="/", check=False,
                              **self.rights).returncode != 0:
                self.skipTest("others may not enter the checkout")

    def programs(self, **scripts: str) -> dict[str, str]:
        """An environment in which programs of these names do this."""
        folder = self.state.folder / "programs"
        folder.mkdir()
        for name, script in scripts.items():
            path = folder / name.replace("_", "-")
            path.write_text(f"#!/bin/sh\n{script}\n")
            path.chmod(0o755)
        return {**os.environ, "PATH": f"{folder}:{os.environ['PATH']}"}

    def test_missing_packages_without_root_are_told_with_the_command(self) -> None:
        self.state.folder.chmod(0o777)
        done = self.state.dev("up", cwd="/", **self.rights,
                              env=self.programs(dpkg_query="exit 1", sudo="exit 1"))
        self.assert_told(done, "Run this once, then repeat:\n *sudo apt-get install "
                         "--no-install-recommends .*postgresql-15")

    def test_a_state_folder_of_somebody_else_is_told(self) -> None:
        if os.geteuid() != 0:
            self.state.folder.chmod(0o555)
            self.addCleanup(self.state.folder.chmod, 0o755)
        self.assert_told(self.state.dev("up", cwd="/", **self.rights),
                         "You may not write into the state folder .*--state DIR")

    def test_a_stack_of_somebody_else_is_told(self) -> None:
        if os.geteuid() != 0:
            self.skipTest("only root can give files away")
        self.state.folder.chmod(0o777)
        (self.state.folder / "stack").mkdir(mode=0o700)
        for verb in ("up", "down", "logs", "psql directory"):
            self.assert_told(self.state.dev(*verb.split(), cwd="/", **self.rights), "--state DIR")


class InterruptedTest(TroubleCase):
    def up_until(self, line: str, condition) -> None:
        """Kills `up` when it has printed what begins like `line` and `condition` holds."""
        with subprocess.Popen(self.state.command("up", *self.state.chosen), text=True,
                              stdout=subprocess.PIPE, stdin=subprocess.DEVNULL,
                              stderr=subprocess.DEVNULL) as up:
            for said in up.stdout:
                if said.startswith(line):
                    break
            while not condition() and up.poll() is None:
                pass
            up.kill()

    def hold(self, service: str, table: str) -> subprocess.Popen:
        """Locks a table until the answered psql is ended."""
        psql = subprocess.Popen(self.state.psql(service), stdin=subprocess.PIPE,
                                stdout=subprocess.PIPE, text=True)
        psql.stdin.write(f"BEGIN; LOCK TABLE {table}; SELECT 'held';\n")
        psql.stdin.flush()
        self.assertEqual(psql.stdout.readline(), "held\n")
        return psql

    def has_file(self, pattern: str) -> bool:
        return any(self.state.folder.glob(f"stack/{pattern}"))

    def test_whatever_was_under_way_the_next_run_heals(self) -> None:
        self.up_until("-- PostgreSQL", lambda: self.has_file("postgres.new*/base/1/*"))
        self.up_until("-- identity-1", lambda: self.has_file("run/identity-1.json"))
        os.kill(self.state.pids()["identity-1"], 9)
        self.up_until("-- gateway-1", lambda: True)
        slow = self.hold("discussions", "posts")
        self.up_until("-- loading the demo",
                      lambda: self.state.sql("discussions", "SELECT count(*) FROM topics") != "0")
        slow.communicate()
        self.assertFalse(self.has_file("seeded"))
        done = self.state.dev("up")
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertIn("going once through the house", done.stdout)
        posts = re.search(r"(\d+) posts \(", done.stdout)[1]
        # Those that members write afterwards have ids of their own.
        imported = "SELECT count(*) FROM posts WHERE get_byte(uuid_send(id), 6) >> 4 = 8"
        self.assertEqual(self.state.sql("discussions", imported), posts)
        self.assertFalse(self.has_file("postgres.new*"))


if __name__ == "__main__":
    unittest.main()
