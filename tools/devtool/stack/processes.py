"""Starts processes that outlive the command, and ends exactly those and no others."""

import contextlib
import dataclasses
import hashlib
import json
import os
import pathlib
import select
import signal
import subprocess
import time
from collections.abc import Callable

from devtool.context import Trouble
from devtool.stack.home import Home

BOOT = pathlib.Path("/proc/sys/kernel/random/boot_id")
# Starts the program when told to by a line; ends when whoever would tell it has died before.
GATE = ("sh", "-c", 'read -r go && exec "$@" </dev/null', "sh")
LOG_LIMIT_BYTES = 50 << 20
LOG_TAIL_CHARACTERS = 3000
# A cluster that was killed recovers first; the slowest start seen took a second.
READY_SECONDS = 120


@dataclasses.dataclass(frozen=True)
class Program:
    """What to run under which name, and what it is made of."""

    name: str
    command: list[str]
    # Whatever changes the program when it changes: its executable and its settings.
    made_of: tuple[pathlib.Path, ...]
    # Programs end in falling order of rank: who depends on others ends first.
    rank: int
    # PostgreSQL's fast shutdown is SIGINT; services drain on SIGTERM.
    stop_signal: int = signal.SIGTERM
    # A service drains for at most 30 s; then it has 5 s to end.
    stop_seconds: int = 35

    def fingerprint(self) -> str:
        """Differs when the running process is not what would be started now."""
        digest = hashlib.sha256("\0".join(map(str, self.command)).encode())
        for path in self.made_of:
            digest.update(path.read_bytes())
        return digest.hexdigest()


@dataclasses.dataclass(frozen=True)
class Record:
    """A process that was started here; its start time and boot tell it from a later one."""

    name: str
    pid: int
    start: str
    boot: str
    fingerprint: str
    rank: int
    stop_signal: int
    stop_seconds: int


def start_time(pid: int) -> str | None:
    """When a process began, in ticks since boot; None if it is gone or has ended."""
    try:
        fields = pathlib.Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return None
    return None if fields[0] in "ZX" else fields[19]


def alive(record: Record) -> bool:
    return record.boot == _boot() and start_time(record.pid) == record.start


def records(home: Home) -> list[Record]:
    """What was started and still runs, dependants first."""
    running = [record for _, record in _read(home) if record and alive(record)]
    return sorted(running, key=lambda record: -record.rank)


def forget_ended(home: Home) -> None:
    """Removes the records of what has ended. Only for whoever holds the stack's lock: another
    command may be writing a new record in the old one's place."""
    for path, record in _read(home):
        if record is None or not alive(record):
            path.unlink(missing_ok=True)


def _read(home: Home) -> list[tuple[pathlib.Path, Record | None]]:
    """All records; None for one that does not make sense, as a crash of the machine leaves it."""
    found = []
    for path in sorted(home.run.glob("*.json")) if home.run.is_dir() else []:
        try:
            found.append((path, Record(**json.loads(path.read_text()))))
        except (ValueError, TypeError):
            found.append((path, None))
        except FileNotFoundError:
            pass  # It has ended, and whoever ended it has just forgotten it.
    return found


def find(home: Home, name: str) -> Record | None:
    return next((record for record in records(home) if record.name == name), None)


def ensure(home: Home, program: Program, ready: Callable[[], bool]) -> bool:
    """Starts the program unless just this one runs already. True if it was started.

    Waits until it is ready, also for one that an interrupted command has started.
    """
    record = find(home, program.name)
    if record and record.fingerprint == program.fingerprint():
        _wait_ready(record, ready, lambda: f"(see {home.logs}/{program.name}.log)")
        return False
    if record:
        stop(home, record)
    log = _log(home, program.name)
    before = log.stat().st_size if log.exists() else 0
    record = _start(home, program, log)
    _wait_ready(record, ready, lambda: log.read_bytes()[before:].decode(errors="replace"))
    return True


def _start(home: Home, program: Program, log: pathlib.Path) -> Record:
    environment = {"PATH": os.environ["PATH"], "LANG": "C.UTF-8", "HOME": str(home.folder)}
    with log.open("ab") as out:
        os.chown(log, home.user.uid, home.user.gid)
        process = subprocess.Popen([*GATE, *program.command], cwd=home.folder, env=environment,
                                   stdin=subprocess.PIPE, stdout=out, stderr=out,
                                   start_new_session=True, **home.user.options())
    # It outlives this command: nobody waits for it.
    process.returncode = 0
    record = Record(program.name, process.pid, start_time(process.pid) or "", _boot(),
                    program.fingerprint(), program.rank, program.stop_signal,
                    program.stop_seconds)
    # Only what is on record runs: a command that is killed here leaves nothing behind.
    with contextlib.suppress(BrokenPipeError), process.stdin as gate:
        home.write(_path(home, program.name), json.dumps(dataclasses.asdict(record)))
        gate.write(b"go\n")
    return record


def bound(command: list) -> list:
    """A command that is killed when whoever runs it dies."""
    return ["setpriv", "--pdeathsig", "KILL", *command]


def _wait_ready(record: Record, ready: Callable[[], bool], said: Callable[[], str]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while not ready():
        if not alive(record):
            raise Trouble(f"{record.name} ended at once and said:\n"
                          f"{said()[-LOG_TAIL_CHARACTERS:]}")
        if time.monotonic() > deadline:
            raise Trouble(f"{record.name} is not ready after {READY_SECONDS} s and said:\n"
                          f"{said()[-LOG_TAIL_CHARACTERS:]}")
        time.sleep(0.05)


def stop(home: Home, record: Record) -> bool:
    """Asks a process to end, waits for its drain, then ends it. True if it ended by itself."""
    try:
        # A pidfd cannot come to mean another process between the look and the signal.
        handle = os.pidfd_open(record.pid)
    except ProcessLookupError:
        return True
    with os.fdopen(handle) as _:
        if not alive(record):
            return True
        signal.pidfd_send_signal(handle, record.stop_signal)
        willing = _ended(handle, record.stop_seconds)
        if not willing:
            signal.pidfd_send_signal(handle, signal.SIGKILL)
            _ended(handle, 10)
    _path(home, record.name).unlink(missing_ok=True)
    return willing


def _ended(handle: int, seconds: float) -> bool:
    poll = select.poll()
    poll.register(handle, select.POLLIN)
    return bool(poll.poll(seconds * 1000))


def _log(home: Home, name: str) -> pathlib.Path:
    """Where a process writes; a log that has grown long is put aside first."""
    log = home.logs / f"{name}.log"
    if log.exists() and log.stat().st_size > LOG_LIMIT_BYTES:
        log.replace(log.with_suffix(".log.1"))
    return log


def _path(home: Home, name: str) -> pathlib.Path:
    return home.run / f"{name}.json"


def _boot() -> str:
    return BOOT.read_text().strip()
