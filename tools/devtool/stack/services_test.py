"""Each process gets its own settings, ports and secrets; choices hold until others are made."""

import contextlib
import io
import os
import pathlib
import socket
import subprocess
import tempfile
import threading
import unittest

from devtool.context import Context, Trouble
from devtool.stack import choices, demo, postgres, services
from devtool.stack import home as homes


class StackCase(unittest.TestCase):
    """A stack of services that are only named."""

    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        root = pathlib.Path(folder.name)
        for service in services.SERVICES:
            main = root / "services" / service.name / "main.cpp"
            main.parent.mkdir(parents=True)
            main.touch()
        context = Context(root, root / ".state")
        context.state.mkdir()
        self.home = homes.locate(context)
        self.home.make()
        self.choices = choices.Choices(processes={"discussions": 2})
        self.stack = services.Stack(context, self.home, self.choices)
        for service in services.SERVICES:
            self.home.write(postgres.password_file(self.home, service.name), "p4ss")

    def instance(self, name: str) -> services.Instance:
        return next(each for each in self.stack.instances if each.name == name)


class ServicesTest(StackCase):
    def test_the_gateway_starts_last_and_everything_has_its_own_admin_port(self) -> None:
        names = [instance.name for instance in self.stack.instances]
        self.assertEqual(names, ["identity-1", "directory-1", "discussions-1", "discussions-2",
                                 "gateway-1"])
        ports = {instance.admin_port for instance in self.stack.instances}
        self.assertEqual(len(ports), len(names))

    def test_the_gateway_knows_all_processes_of_a_service(self) -> None:
        values = services.settings(self.stack, self.instance("gateway-1"))
        self.assertEqual(values["discussions_address"].count("unix:"), 2)
        self.assertEqual(values["listen"], "127.0.0.1:8080")
        self.assertNotIn("postgres", values)

    def test_pages_of_other_origins_call_where_they_were_chosen(self) -> None:
        gateway = self.instance("gateway-1")
        self.assertNotIn("allowed_origins", services.settings(self.stack, gateway))
        choices.set_origins(self.choices, ["http://localhost:5173", "https://app.example.org"])
        choices.set_origins(self.choices, [])  # as was chosen
        self.assertEqual(services.settings(self.stack, gateway)["allowed_origins"],
                         "http://localhost:5173,https://app.example.org")
        self.assertNotIn("allowed_origins",
                         services.settings(self.stack, self.instance("identity-1")))
        choices.set_origins(self.choices, [""])
        self.assertNotIn("allowed_origins", services.settings(self.stack, gateway))

    def test_what_is_no_origin_is_refused(self) -> None:
        for word in ("localhost:5173", "http://localhost:5173/", "http://a,http://b", "*"):
            with self.assertRaisesRegex(Trouble, "--origin", msg=word):
                choices.set_origins(self.choices, [word])

    def test_services_are_private_and_have_their_own_database(self) -> None:
        values = services.settings(self.stack, self.instance("directory-1"))
        self.assertTrue(values["listen"].startswith("unix:"))
        self.assertIn("dbname=guildhall_directory user=guildhall_directory", values["postgres"])

    def test_every_process_knows_redis(self) -> None:
        for instance in self.stack.instances:
            values = services.settings(self.stack, instance)
            self.assertEqual(values["redis_address"], f"unix:{self.home.sockets}/redis.sock")

    def test_secrets_are_made_once(self) -> None:
        first = self.stack.secret("service-key", 32)
        self.assertGreaterEqual(len(first), 43)
        self.assertEqual(self.stack.secret("service-key", 32), first)

    def test_the_services_that_are_called_exist(self) -> None:
        names = {service.name for service in services.SERVICES}
        for service in services.SERVICES:
            self.assertLessEqual(set(service.calls), names)


class BurialTest(unittest.TestCase):
    def test_a_server_that_was_killed_is_waited_for_until_its_parent_has_heard(self) -> None:
        killed = subprocess.Popen(["sleep", "60"])
        killed.kill()
        os.waitid(os.P_PID, killed.pid, os.WEXITED | os.WNOWAIT)  # dead, not buried
        with tempfile.NamedTemporaryFile("w") as lock:
            print(killed.pid, "more", sep="\n", file=lock, flush=True)
            waiting = threading.Thread(target=postgres.await_burial,
                                       args=(pathlib.Path(lock.name),))
            waiting.start()
            self.assertTrue(waiting.is_alive())
            killed.wait()
            waiting.join(timeout=5)
            self.assertFalse(waiting.is_alive())

    def test_one_that_runs_and_one_that_is_gone_are_not(self) -> None:
        with tempfile.NamedTemporaryFile("w") as lock:
            postgres.await_burial(pathlib.Path(lock.name))
            print(os.getpid(), file=lock, flush=True)
            postgres.await_burial(pathlib.Path(lock.name))


class ChoicesTest(StackCase):
    def test_what_was_chosen_holds(self) -> None:
        choices.save(self.home, choices.Choices(port=9000))
        self.assertEqual(choices.load(self.home).port, 9000)

    def test_a_file_of_choices_that_makes_no_sense_is_told_and_the_defaults_hold(self) -> None:
        for text in ("", "{", "[]", '{"port": "x"}', '{"gate": 1}', '{"processes": {"a": "b"}}'):
            (self.home.folder / "choices.json").write_text(text)
            with contextlib.redirect_stdout(io.StringIO()) as said:
                self.assertEqual(choices.load(self.home), choices.Choices(), text)
            self.assertIn("the defaults hold", said.getvalue())

    def test_a_port_that_cannot_be_is_told(self) -> None:
        for port in (-1, 65536):
            with self.assertRaisesRegex(Trouble, "no port .*--admin-port N"):
                choices.require_free(port, "--admin-port")

    def test_numbers_of_processes_are_read(self) -> None:
        choices.set_processes(self.choices, ["2", "gateway=1"], ["directory", "gateway"])
        self.assertEqual(self.choices.count("directory"), 2)
        self.assertEqual(self.choices.count("gateway"), 1)

    def test_a_service_that_does_not_exist_is_refused(self) -> None:
        with self.assertRaisesRegex(Trouble, "no service 'x'"):
            choices.set_processes(self.choices, ["x=2"], ["directory"])

    def test_a_number_out_of_range_is_refused(self) -> None:
        for word in ("0", "9", "many"):
            with self.assertRaisesRegex(Trouble, "from 1 to 8"):
                choices.set_processes(self.choices, [word], ["directory"])

    def test_a_taken_port_is_told_with_what_to_do(self) -> None:
        with socket.create_server(("127.0.0.1", 0)) as other:
            port = other.getsockname()[1]
            with self.assertRaisesRegex(Trouble, f"port {port} .* is taken.*--port N"):
                choices.require_free(port, "--port")


class DemoTest(unittest.TestCase):
    def test_those_who_sign_in_are_found_in_the_demo(self) -> None:
        root = pathlib.Path(__file__).resolve().parents[3]
        accounts = demo.accounts(Context(root, root))
        self.assertEqual(len(accounts), 17)
        self.assertEqual(accounts[0].name, "Marit Hoekstra")
        for account in accounts:
            self.assertIn("@", account.email)
            self.assertGreaterEqual(len(account.password), 15)


if __name__ == "__main__":
    unittest.main()
