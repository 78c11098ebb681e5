"""The stack ends what it started and nothing else, and says what is wrong."""

import os
import pathlib
import signal
import subprocess
import tempfile
import unittest
from unittest import mock

from devtool.context import Context, Trouble
from devtool.stack import home as homes
from devtool.stack import lock, processes


class StackTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.folder = pathlib.Path(folder.name)
        me = homes.User("me", os.geteuid(), os.getegid())
        self.home = homes.Home(self.folder / "stack", self.folder / "stack/sockets", me)
        self.home.make()
        self.addCleanup(self.stop_all)

    def stop_all(self) -> None:
        for record in processes.records(self.home):
            processes.stop(self.home, record)

    def program(self, script: str, **changes) -> processes.Program:
        return processes.Program(**{"name": "it", "command": ["sh", "-c", script],
                                    "made_of": (), "rank": 1, **changes})

    def ensure(self, program: processes.Program) -> bool:
        return processes.ensure(self.home, program, lambda: True)

    def pid(self) -> int:
        return processes.find(self.home, "it").pid


class ProcessesTest(StackTest):
    def test_a_second_start_changes_nothing(self) -> None:
        self.assertTrue(self.ensure(self.program("exec sleep 60")))
        pid = self.pid()
        self.assertFalse(self.ensure(self.program("exec sleep 60")))
        self.assertEqual(self.pid(), pid)

    def test_a_changed_program_is_started_again(self) -> None:
        config = self.folder / "config"
        config.write_text("a")
        self.ensure(self.program("exec sleep 60", made_of=(config,)))
        pid = self.pid()
        config.write_text("b")
        self.assertTrue(self.ensure(self.program("exec sleep 60", made_of=(config,))))
        self.assertNotEqual(self.pid(), pid)
        self.assertIsNone(processes.start_time(pid))

    def test_a_process_that_took_over_the_number_is_not_ended(self) -> None:
        bystander = subprocess.Popen(["sleep", "60"])
        self.addCleanup(bystander.wait)
        self.addCleanup(bystander.kill)
        self.ensure(self.program("exec sleep 60"))
        ours = processes.find(self.home, "it")
        record = processes.Record(**{**vars(ours), "pid": bystander.pid, "start": "1"})
        self.assertTrue(processes.stop(self.home, record))
        self.assertIsNone(bystander.poll())

    def test_a_program_that_ends_at_once_is_reported_with_its_log(self) -> None:
        with self.assertRaisesRegex(Trouble, "ended at once and said:\nno such table"):
            processes.ensure(self.home, self.program("echo no such table; exit 1"), lambda: False)

    def test_one_that_ignores_the_signal_is_killed_after_its_time(self) -> None:
        ready = self.folder / "ready"
        program = self.program(f"trap '' TERM; touch {ready}; while :; do sleep 1; done",
                               stop_seconds=1)
        processes.ensure(self.home, program, ready.exists)
        self.assertFalse(processes.stop(self.home, processes.find(self.home, "it")))
        self.assertIsNone(processes.find(self.home, "it"))

    def test_dependants_come_first(self) -> None:
        self.ensure(self.program("exec sleep 60", name="base", rank=0))
        self.ensure(self.program("exec sleep 60", name="above", rank=2))
        names = [record.name for record in processes.records(self.home)]
        self.assertEqual(names, ["above", "base"])

    def test_what_has_ended_is_forgotten(self) -> None:
        self.ensure(self.program("exec sleep 60"))
        os.kill(self.pid(), signal.SIGKILL)
        while processes.find(self.home, "it"):
            pass
        processes.forget_ended(self.home)
        self.assertEqual(list(self.home.run.iterdir()), [])

    def test_looking_changes_no_records(self) -> None:
        self.ensure(self.program("exec sleep 60"))
        os.kill(self.pid(), signal.SIGKILL)
        while processes.find(self.home, "it"):
            pass
        self.assertEqual(len(list(self.home.run.iterdir())), 1)

    def test_a_record_that_makes_no_sense_is_forgotten(self) -> None:
        for text in ("", "{}", "[]", '{"name": 1}'):
            (self.home.run / "it.json").write_text(text)
            self.assertEqual(processes.records(self.home), [])
            self.assertTrue(self.ensure(self.program("exec sleep 60")))
            processes.stop(self.home, processes.find(self.home, "it"))

    def test_nothing_runs_before_it_is_on_record(self) -> None:
        begun = self.folder / "begun"
        with mock.patch.object(homes.Home, "write", side_effect=KeyboardInterrupt):
            with self.assertRaises(KeyboardInterrupt):
                self.ensure(self.program(f"touch {begun}"))
        self.assertTrue(self.ensure(self.program("exec sleep 60")))
        self.assertFalse(begun.exists())

    def test_one_that_an_interrupted_command_started_is_waited_for(self) -> None:
        ready = self.folder / "ready"
        program = self.program(f"sleep 0.3; touch {ready}; exec sleep 60")
        with mock.patch.object(processes, "_wait_ready"):
            processes.ensure(self.home, program, ready.exists)
        self.assertFalse(processes.ensure(self.home, program, ready.exists))
        self.assertTrue(ready.exists())


class HomeTest(StackTest):
    def test_a_file_that_stays_the_same_is_left_alone(self) -> None:
        path = self.home.configs / "x"
        self.home.write(path, "secret")
        before = path.stat()
        self.home.write(path, "secret")
        self.assertEqual(path.stat().st_ino, before.st_ino)
        self.assertEqual(before.st_mode & 0o777, 0o600)

    def test_a_full_disk_is_told_before_anything_starts(self) -> None:
        with mock.patch("shutil.disk_usage", return_value=mock.Mock(free=1 << 20)):
            with self.assertRaisesRegex(Trouble, "only 1 MiB are free"):
                self.home.require_space()

    def test_a_folder_that_is_a_link_is_refused(self) -> None:
        link = self.folder / "link"
        link.symlink_to(self.folder)
        home = homes.Home(self.folder / "stack", link, self.home.user)
        with self.assertRaisesRegex(Trouble, "belongs to somebody else"):
            home.make()

    def test_sockets_move_where_their_paths_are_short_enough(self) -> None:
        deep = self.folder / ("x" * 100)
        deep.mkdir()
        self.assertLess(len(str(homes.locate(Context(deep, deep)).sockets)),
                        homes.LONGEST_FOLDER)


class LockTest(StackTest):
    def test_two_commands_at_once_are_kept_apart(self) -> None:
        context = Context(self.folder, self.folder)
        with lock.exclusive(context):
            with self.assertRaisesRegex(Trouble, "another tools/dev"):
                with lock.exclusive(context):
                    pass


if __name__ == "__main__":
    unittest.main()
