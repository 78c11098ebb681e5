"""What the tests of tools/dev up have in common: stacks in state folders of their own."""

import atexit
import json
import os
import pathlib
import signal
import subprocess
import tempfile

from devtool.ports import PortBlock

ROOT = pathlib.Path(__file__).resolve().parents[2]
# The state folder whose build tree is shared: building again is not what is looked at here.
STATE = pathlib.Path(os.environ.get("GUILDHALL_STATE", ROOT / ".state"))
ENOUGH_SECONDS = 600

# Whoever ends the tests by SIGTERM ends their stacks too, which otherwise outlive them.
signal.signal(signal.SIGTERM, signal.default_int_handler)


class State:
    """A state folder and ports for one stack; `close` takes the stack down and removes all."""

    def __init__(self) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="guildhall-")
        atexit.register(self.close)
        self.folder = pathlib.Path(self._folder.name)
        self.folder.chmod(0o755)
        (STATE / "build").mkdir(parents=True, exist_ok=True)
        (self.folder / "build").symlink_to(STATE / "build")
        self._ports = PortBlock()
        self.port = self._ports.first

    @property
    def chosen(self) -> list[str]:
        """The options that name the ports."""
        return ["--port", str(self.port), "--admin-port", str(self.port + 2)]

    def command(self, *arguments: str) -> list[str]:
        return [str(ROOT / "tools/dev"), *arguments, "--state", str(self.folder)]

    def dev(self, *arguments: str, before: tuple = (), **options) -> subprocess.CompletedProcess:
        """Runs tools/dev on this folder; `before` is a command that runs it."""
        return subprocess.run([*before, *self.command(*arguments)], stdin=subprocess.DEVNULL,
                              capture_output=True, text=True, timeout=ENOUGH_SECONDS, check=False,
                              **options)

    def sql(self, service: str, statement: str) -> str:
        return subprocess.run(self.psql(service, "-c", statement), capture_output=True, text=True,
                              check=False).stdout.strip()

    def psql(self, service: str, *arguments: str) -> list[str]:
        return [str(ROOT / "tools/dev"), "psql", "--state", str(self.folder), service, "-qAt",
                *arguments]

    def pids(self) -> dict[str, int]:
        return {path.stem: json.loads(path.read_text())["pid"]
                for path in (self.folder / "stack/run").glob("*.json")}

    def close(self) -> None:
        atexit.unregister(self.close)
        self.dev("down")
        self._ports.close()
        self._folder.cleanup()
