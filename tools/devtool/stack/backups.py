"""Base backups of the cluster, the archive of its log, and a cluster made anew from both.

By pg_basebackup, which comes with the server: one machine needs no catalogue, retention or second
storage, for which pgBackRest is the better tool (deploy/README.md).
"""

import contextlib
import datetime
import pathlib
import shlex
import shutil
import subprocess
import time
from collections.abc import Iterator

from devtool.context import Trouble
from devtool.stack import postgres, processes
from devtool.stack.home import Home

# Names of backups sort as the moments at which they were whole.
NAME = "%Y%m%dT%H%M%S.%fZ"
# Nobody but the restore speaks to a cluster that is being recovered.
PORT = postgres.PORT + 1
# 100 GB of log at the 50 MB/s that a slow disk replays.
RECOVERY_SECONDS = 2000
LOG_TAIL_CHARACTERS = 2000


def take(home: Home) -> pathlib.Path:
    """Copies the running cluster; from then on the archive takes its log. Answers where it is.

    Made beside its place: what an interrupted run leaves is no backup, and the next one removes it.
    """
    # First: the log from the backup on has to be kept.
    home.own(home.archive)
    home.own(home.backups)
    for left in home.backups.glob("*.new"):
        shutil.rmtree(left)
    fresh = home.backups / "backup.new"
    _run(home, [postgres.BINARIES / "pg_basebackup", "-h", home.sockets, "-p", str(postgres.PORT),
                "-U", "postgres", "-D", fresh, "--checkpoint=fast", "--wal-method=stream"])
    return fresh.rename(home.backups / f"{datetime.datetime.now(datetime.UTC):{NAME}}")


def newest(home: Home, until: datetime.datetime | None) -> pathlib.Path:
    """The last backup that was whole at a moment; of all, without one."""
    found = sorted(path for path in home.backups.glob("*Z")
                   if until is None or _moment(path) <= until)
    if not found:
        when = f"that was whole at {until.isoformat()}" if until else f"in {home.backups}"
        raise Trouble(f"there is no backup {when}. tools/dev backup makes one.")
    return found[-1]


def _moment(path: pathlib.Path) -> datetime.datetime:
    return datetime.datetime.strptime(path.name, NAME).replace(tzinfo=datetime.UTC)


def restore(home: Home, until: datetime.datetime | None) -> pathlib.Path:
    """Makes the cluster, which must not run, what it was at a moment, or at the end of its log.

    Nothing changes unless that worked. What was there before is put aside; answers where.
    """
    backup = newest(home, until)
    postgres.await_burial(home.cluster / "postmaster.pid")
    fresh = home.cluster.with_name("postgres.recovering")
    aside = home.cluster.with_name("postgres.replaced")
    for left in (fresh, home.recovered):
        shutil.rmtree(left, ignore_errors=True)
    _run(home, ["cp", "-a", "--reflink=auto", backup, fresh])
    postgres.configure(home, fresh)
    home.write(fresh / "recovery.signal", "")
    _recover(home, fresh, until)
    fresh.rename(home.recovered)
    if home.cluster.exists():
        shutil.rmtree(aside, ignore_errors=True)
        home.cluster.rename(aside)
    home.recovered.rename(home.cluster)
    return aside


def _recover(home: Home, data: pathlib.Path, until: datetime.datetime | None) -> None:
    """Runs a cluster until it has replayed its log and goes on in a timeline of its own."""
    # What was not archived yet lies where it was written, unless the disk is lost.
    places = [shlex.quote(str(place)).replace("%", "%%")
              for place in (home.archive, home.cluster / "pg_wal")]
    settings = {"port": PORT, "hot_standby": "off",
                "restore_command": " || ".join(f"cp {place}/%f %p" for place in places)}
    if until:
        settings |= {"recovery_target_time": until.isoformat(),
                     "recovery_target_action": "promote"}
    with _running(home, data, settings) as (server, log):
        deadline = time.monotonic() + RECOVERY_SECONDS
        while not postgres.answers(home, PORT):
            if server.poll() is not None or time.monotonic() > deadline:
                raise Trouble("the log could not be replayed; PostgreSQL said:\n"
                              + log.read_text()[-LOG_TAIL_CHARACTERS:])
            time.sleep(0.05)


@contextlib.contextmanager
def _running(home: Home, data: pathlib.Path,
             settings: dict) -> Iterator[tuple[subprocess.Popen, pathlib.Path]]:
    """A server that does not outlive this command, with its log."""
    log = home.logs / "restore.log"
    home.write(log, "")
    options = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
    with log.open("ab") as out:
        server = subprocess.Popen(
            processes.bound([postgres.BINARIES / "postgres", "-D", data, *options]), cwd="/",
            stdin=subprocess.DEVNULL, stdout=out, stderr=out, **home.user.options())
    try:
        yield server, log
    finally:
        server.send_signal(postgres.STOP_SIGNAL)
        server.wait()


def _run(home: Home, command: list) -> None:
    result = subprocess.run(processes.bound(command), cwd="/", capture_output=True, text=True,
                            check=False, **home.user.options())
    if result.returncode != 0:
        raise Trouble(f"{pathlib.Path(command[0]).name} failed: {result.stderr.strip()}")
