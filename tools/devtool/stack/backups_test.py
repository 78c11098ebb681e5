"""A cluster of one table is backed up, goes on, and becomes again what it was."""

import argparse
import datetime
import os
import pathlib
import signal
import tempfile
import unittest

from devtool.context import Context, Trouble
from devtool.stack import backups, postgres, processes
from devtool.stack import home as homes
from devtool.verbs.restore import moment, past


class BackupsTest(unittest.TestCase):
    def setUp(self) -> None:
        # A name that a shell would take apart; short, for the sockets.
        folder = tempfile.TemporaryDirectory(prefix="it's 5% ")
        self.addCleanup(folder.cleanup)
        os.chmod(folder.name, 0o755)
        state = pathlib.Path(folder.name)
        self.home = homes.locate(Context(root=state, state=state))
        self.home.make()
        self.addCleanup(self.stop)

    def start(self) -> None:
        postgres.ensure(self.home)

    def stop(self) -> None:
        for record in processes.records(self.home):
            processes.stop(self.home, record)

    def ask(self, sql: str) -> list[str]:
        return postgres.query(self.home, sql)

    def now(self) -> datetime.datetime:
        return moment(self.ask("SELECT clock_timestamp();")[0])

    def said(self) -> list[str]:
        return self.ask("SELECT what FROM said;")

    def begin(self) -> None:
        """A cluster with a table, and a backup of it."""
        self.start()
        self.ask("CREATE TABLE said (what text);")
        backups.take(self.home)

    def restore(self, until: datetime.datetime | None) -> None:
        self.stop()
        backups.restore(self.home, until)
        self.start()

    def test_without_a_backup_nothing_is_kept_and_nothing_is_restored(self) -> None:
        self.start()
        self.ask("SELECT pg_switch_wal();")
        self.stop()
        self.assertFalse(self.home.archive.exists())
        with self.assertRaisesRegex(Trouble, "there is no backup"):
            backups.restore(self.home, None)
        # As a restore that is cut off at its end leaves it.
        self.home.cluster.rename(self.home.recovered)
        self.start()
        self.assertFalse(self.home.recovered.exists())

    def test_any_moment_after_a_backup_comes_back_again_and_again(self) -> None:
        self.begin()
        moments = []
        for what in ("one", "two", "three"):
            self.ask(f"INSERT INTO said VALUES ('{what}');")
            moments.append(self.now())
        self.restore(moments[1])
        self.assertEqual(self.said(), ["one", "two"])
        self.ask("INSERT INTO said VALUES ('instead');")
        self.restore(None)
        self.assertEqual(self.said(), ["one", "two", "instead"])
        self.restore(moments[0])
        self.assertEqual(self.said(), ["one"])

    def test_what_was_not_archived_when_it_was_killed_comes_back(self) -> None:
        self.begin()
        self.ask("INSERT INTO said VALUES ('last');")
        pid = processes.find(self.home, "postgres").pid
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        with self.assertRaisesRegex(Trouble, "before configured recovery target"):
            self.restore(datetime.datetime(2999, 1, 1, tzinfo=datetime.UTC))
        self.restore(None)
        self.assertEqual(self.said(), ["last"])


class MomentTest(unittest.TestCase):
    def test_a_moment_that_is_yet_to_come_is_refused(self) -> None:
        self.assertEqual(past("2026-01-01"), moment("2026-01-01"))
        with self.assertRaisesRegex(argparse.ArgumentTypeError, "is yet to come"):
            past("2999-01-01")

    def test_a_moment_is_in_utc_unless_it_says_otherwise(self) -> None:
        self.assertEqual(moment("2026-11-23 14:05"), moment("2026-11-23T15:05:00+01:00"))
        self.assertEqual(moment("2026-11-23T14:05:00.5Z").microsecond, 500_000)


if __name__ == "__main__":
    unittest.main()
