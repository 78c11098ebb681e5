"""A program that cannot work with its settings ends at once and says which and what to write."""

import os
import pathlib
import subprocess
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
SERVICES = (pathlib.Path(os.environ.get("GUILDHALL_STATE", ROOT / ".state"))
            / "build/release/services")
KEY = "k" * 43
SOMEWHERE = "unix:/nowhere/socket"
COULD_NOT_START = 1


class StartsTest(unittest.TestCase):
    def start(self, service: str, settings: dict[str, str]) -> subprocess.CompletedProcess:
        """Starts a service with settings that reach nobody, but for those given."""
        with tempfile.TemporaryDirectory() as folder:
            known = {"admin_listen": "127.0.0.1:0", "listen": f"unix:{folder}/socket",
                     "service_key": KEY, "identity_address": SOMEWHERE,
                     "directory_address": SOMEWHERE}
            if service == "gateway":
                known["discussions_address"] = SOMEWHERE
            else:
                known |= {"page_token_key": KEY, "postgres": f"host={folder}"}
            if service == "identity":
                known["master_key"] = KEY
            file = pathlib.Path(folder) / "config"
            file.write_text("".join(f"{name} = {value}\n"
                                    for name, value in (known | settings).items()))
            return subprocess.run([SERVICES / service / f"guildhall-{service}", f"--config={file}"],
                                  env={}, capture_output=True, text=True, timeout=60, check=False)

    def test_an_address_that_is_missing_or_none_is_told(self) -> None:
        needs = {"directory": ["identity_address"],
                 "discussions": ["identity_address", "directory_address"],
                 "gateway": ["identity_address", "directory_address", "discussions_address",
                             "listen"]}
        for service, names in needs.items():
            for name in names:
                for value, says in (("", f"The setting {name} is empty: write"),
                                    ("8080", f"The setting {name}: \\\"8080\\\" is no address")):
                    with self.subTest(service=service, name=name, value=value):
                        ended = self.start(service, {name: value})
                        self.assertEqual(ended.returncode, COULD_NOT_START, ended)
                        self.assertIn(says, ended.stdout + ended.stderr)

    def test_a_redis_address_that_is_none_is_told(self) -> None:
        for service in ("identity", "directory", "discussions", "gateway"):
            with self.subTest(service=service):
                ended = self.start(service, {"redis_address": "6379"})
                self.assertEqual(ended.returncode, COULD_NOT_START, ended)
                self.assertIn("The setting redis_address: \\\"6379\\\" is no address",
                              ended.stdout + ended.stderr)

    def test_a_database_that_is_not_named_is_told(self) -> None:
        for service in ("identity", "directory", "discussions"):
            with self.subTest(service=service):
                ended = self.start(service, {"postgres": ""})
                self.assertEqual(ended.returncode, COULD_NOT_START, ended)
                self.assertIn("The setting postgres is empty: write", ended.stdout + ended.stderr)


if __name__ == "__main__":
    unittest.main()
