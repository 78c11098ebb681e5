"""A private PostgreSQL cluster: reached by Unix socket only, one database and role a service."""

import pathlib
import secrets
import shlex
import shutil
import signal
import subprocess
import time

from devtool.context import Trouble
from devtool.stack import processes
from devtool.stack.home import Home

BINARIES = pathlib.Path("/usr/lib/postgresql/15/bin")
# Its socket is .s.PGSQL.5432; nothing listens on the TCP port of that number.
PORT = 5432
RANK = 0
# Fast shutdown: ends sessions, writes a checkpoint, archives what is left of the log.
STOP_SIGNAL = signal.SIGINT
BURIAL_SECONDS = 10

CONFIG = """\
# Written by tools/dev up. Durable: what was acknowledged survives a crash.
listen_addresses = ''
port = {port}
unix_socket_directories = {sockets}
unix_socket_permissions = 0700
# Six services with two processes each hold at most 16 connections a process.
max_connections = 200
shared_buffers = 256MB
max_wal_size = 2GB
# Nothing is kept until tools/dev backup makes the folder.
archive_mode = on
archive_command = {keep}
password_encryption = 'scram-sha-256'
log_min_duration_statement = 1s
# What members wrote stays out of logs: no values of parameters, no DETAIL with a row's.
log_parameter_max_length = 0
log_error_verbosity = terse
log_line_prefix = '%m [%p] %u@%d '
"""
# The stack's own account is the superuser; services come with their passwords.
ACCESS = """\
local all,replication postgres peer map=stack
local all all scram-sha-256
"""


# Says yes when the very file is there already: whoever died after it had put it there asks again.
KEEP = ('test ! -d {0} || cmp -s %p {0}/%f || '
        '{{ test ! -e {0}/%f && cp %p {0}/%f.new && sync {0}/%f.new && mv {0}/%f.new {0}/%f; }}')


def role(service: str) -> str:
    """The name of a service's role and of its database."""
    return f"guildhall_{service}"


def password_file(home: Home, service: str) -> pathlib.Path:
    return home.secrets / f"postgres-{service}"


def password(home: Home, service: str) -> str:
    return password_file(home, service).read_text()


def ensure(home: Home) -> bool:
    """Makes the cluster if there is none and starts it. True if it was started."""
    data = home.cluster
    if home.recovered.exists() and not data.exists():
        # A restore was cut off between putting the old one aside and this.
        home.recovered.rename(data)
    if not data.exists():
        _initialize(home, data)
    configure(home, data)
    program = processes.Program(
        name="postgres", command=[str(BINARIES / "postgres"), "-D", str(data)],
        made_of=tuple(data / name for name in ("postgresql.conf", "pg_hba.conf",
                                               "pg_ident.conf", "PG_VERSION")),
        rank=RANK, stop_signal=STOP_SIGNAL, stop_seconds=60)
    await_burial(data / "postmaster.pid")
    return processes.ensure(home, program, lambda: answers(home))


def configure(home: Home, data: pathlib.Path) -> None:
    """Writes the settings of a cluster and who may enter it."""
    keep = KEEP.format(shlex.quote(str(home.archive)).replace("%", "%%"))
    home.write(data / "postgresql.conf",
               CONFIG.format(port=PORT, sockets=quoted(str(home.sockets)), keep=quoted(keep)))
    home.write(data / "pg_hba.conf", ACCESS)
    home.write(data / "pg_ident.conf", f"stack {home.user.name} postgres\n")


def quoted(value: str) -> str:
    """A value as PostgreSQL's settings file wants it."""
    return "'" + value.replace("\\", "\\\\").replace("'", "''") + "'"


def await_burial(lock: pathlib.Path) -> None:
    """Waits for the server that a lock file names to be no process any more, if it has ended: one
    that was killed is one until its parent has heard of it, and its file keeps the next one out."""
    deadline = time.monotonic() + BURIAL_SECONDS
    words = lock.read_text().split() if lock.exists() else []
    while words and time.monotonic() < deadline:
        if processes.start_time(int(words[0])) or not pathlib.Path(f"/proc/{words[0]}").exists():
            return
        time.sleep(0.05)


def _initialize(home: Home, data: pathlib.Path) -> None:
    # Made beside its place and then moved: an interrupted run leaves no half of a cluster. Each
    # run has a folder of its own, since parts of a killed initdb may live on for a moment.
    for left in home.folder.glob(f"{data.name}.new*"):
        shutil.rmtree(left, ignore_errors=True)
    fresh = data.with_name(f"{data.name}.new-{secrets.token_hex(4)}")
    result = subprocess.run(
        processes.bound([BINARIES / "initdb", "-D", fresh, "--username=postgres",
                         "--encoding=UTF8", "--locale=C.UTF-8", "--auth=reject",
                         "--data-checksums"]),
        cwd=home.folder, capture_output=True, text=True, check=False, **home.user.options())
    if result.returncode != 0:
        raise Trouble(f"initdb failed:\n{result.stdout[-1000:]}{result.stderr[-2000:]}")
    fresh.rename(data)


def answers(home: Home, port: int = PORT) -> bool:
    """Whether a server at the stack's sockets takes connections."""
    return subprocess.run([BINARIES / "pg_isready", "-q", "-h", home.sockets, "-p", str(port)],
                          check=False, cwd="/", **home.user.options()).returncode == 0


def psql_command(home: Home, database: str) -> list[str]:
    """The client as the superuser; to be run as the stack's account."""
    return [str(BINARIES / "psql"), "-X", "-h", str(home.sockets), "-p", str(PORT),
            "-U", "postgres", "-d", database]


def query(home: Home, sql: str, database: str = "postgres") -> list[str]:
    """Runs statements as the superuser; the rows of the answers as lines."""
    result = subprocess.run([*psql_command(home, database), "-qAt", "-v", "ON_ERROR_STOP=1"],
                            input=sql, capture_output=True, text=True, check=False, cwd="/",
                            **home.user.options())
    if result.returncode != 0:
        raise Trouble(f"PostgreSQL refused: {result.stderr.strip()}")
    return result.stdout.splitlines()


def ensure_databases(home: Home, services: list[str]) -> list[str]:
    """Makes a role with a random password and a database for each service that lacks them."""
    roles = set(query(home, "SELECT rolname FROM pg_roles;"))
    databases = set(query(home, "SELECT datname FROM pg_database;"))
    made = []
    for service in services:
        name = role(service)
        if name not in roles or not password_file(home, service).exists():
            _give_role(home, service, name in roles)
            made.append(name)
        if name not in databases:
            query(home, f"CREATE DATABASE {name} OWNER {name};"
                        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;")
    return made


def _give_role(home: Home, service: str, exists: bool) -> None:
    secret = secrets.token_hex(24)
    verb = "ALTER" if exists else "CREATE"
    # By standard input: a command line is for everybody to see. Hexadecimal needs no quoting.
    query(home, f"{verb} ROLE {role(service)} LOGIN PASSWORD '{secret}';")
    home.write(password_file(home, service), secret)
