"""Where the stack keeps what it runs on, and as whom it runs."""

import dataclasses
import hashlib
import os
import pathlib
import pwd
import shutil
import stat
import subprocess
import tempfile

from devtool.context import Context, Trouble

# Debian's PostgreSQL package makes this account; nothing here needs more rights than it has.
UNPRIVILEGED = "postgres"
# sun_path holds 107 bytes and an end (unix(7)); the longest socket here has a short name.
LONGEST_FOLDER = 107 - len("/.s.PGSQL.5432.lock") - 16
# A cluster, its write-ahead log, the services' logs and room to work.
NEEDED_BYTES = 2 << 30
MAKE_ROOM = "Make room, or choose another disk with --state DIR."


@dataclasses.dataclass(frozen=True)
class User:
    """The account that the processes run as."""

    name: str
    uid: int
    gid: int

    def options(self) -> dict:
        """For subprocess: run as this account. Empty where that is who we are."""
        if os.geteuid() == self.uid:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}


@dataclasses.dataclass(frozen=True)
class Home:
    """The folders of one stack; only its user may enter them."""

    folder: pathlib.Path
    sockets: pathlib.Path
    user: User

    @property
    def logs(self) -> pathlib.Path:
        return self.folder / "logs"

    @property
    def run(self) -> pathlib.Path:
        """One record per process that was started."""
        return self.folder / "run"

    @property
    def mail(self) -> pathlib.Path:
        """Letters that nothing here sends; look into them."""
        return self.folder / "mail"

    @property
    def secrets(self) -> pathlib.Path:
        return self.folder / "secrets"

    @property
    def configs(self) -> pathlib.Path:
        return self.folder / "configs"

    @property
    def programs(self) -> pathlib.Path:
        """Copies of the executables: a build does not disturb what runs."""
        return self.folder / "programs"

    @property
    def cluster(self) -> pathlib.Path:
        """PostgreSQL's data."""
        return self.folder / "postgres"

    @property
    def recovered(self) -> pathlib.Path:
        """A cluster that a restore has made and not put in its place yet."""
        return self.folder / "postgres.recovered"

    @property
    def backups(self) -> pathlib.Path:
        """Base backups of the cluster, each named after when it was whole."""
        return self.folder / "backups"

    @property
    def archive(self) -> pathlib.Path:
        """The cluster's write-ahead log; where this folder is missing, none of it is kept."""
        return self.folder / "archive"

    def make(self) -> None:
        """Makes the folders that every stack has."""
        for folder in (self.folder, self.logs, self.run, self.secrets, self.mail, self.configs,
                       self.programs, self.sockets):
            self.own(folder)

    def own(self, folder: pathlib.Path) -> None:
        """Makes a folder that only the stack's user may enter, if it is not there yet."""
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        found = folder.lstat()
        if not stat.S_ISDIR(found.st_mode) or found.st_uid not in (os.geteuid(), self.user.uid):
            raise Trouble(f"{folder} belongs to somebody else. Remove it, or choose another "
                          "state folder with --state DIR.")
        os.chmod(folder, 0o700)
        os.chown(folder, self.user.uid, self.user.gid)

    def write(self, path: pathlib.Path, text: str) -> None:
        """Writes a file that only the stack's user reads; leaves it alone if nothing changes."""
        if path.exists() and path.read_text() == text:
            return
        fresh = path.with_name(path.name + ".new")
        fresh.unlink(missing_ok=True)
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(text)
        os.chown(fresh, self.user.uid, self.user.gid)
        fresh.replace(path)

    def require_space(self) -> None:
        free = shutil.disk_usage(self.folder).free
        if free < NEEDED_BYTES:
            raise Trouble(f"only {free >> 20} MiB are free where {self.folder} is; the stack needs "
                          f"{NEEDED_BYTES >> 20}. {MAKE_ROOM}")


def locate(context: Context) -> Home:
    """The stack's home for this state folder; makes nothing."""
    user = _user()
    folder = context.state / "stack"
    mark = hashlib.sha256(str(context.state).encode()).hexdigest()[:8]
    if not _enterable(context.state, user):
        # The checkout lies below a folder such as /root that the unprivileged account may not pass.
        folder = pathlib.Path("/var/lib/guildhall") / mark
    sockets = folder / "sockets"
    if len(str(sockets)) > LONGEST_FOLDER:
        sockets = pathlib.Path(tempfile.gettempdir()) / f"guildhall-{mark}"
    return Home(folder, sockets, user)


def _user() -> User:
    if os.geteuid() != 0:
        entry = pwd.getpwuid(os.geteuid())
    else:
        try:
            entry = pwd.getpwnam(UNPRIVILEGED)
        except KeyError:
            raise Trouble(f"there is no account {UNPRIVILEGED!r} to run PostgreSQL as; the Debian "
                          "package postgresql-common makes it.") from None
    return User(entry.pw_name, entry.pw_uid, entry.pw_gid)


def _enterable(folder: pathlib.Path, user: User) -> bool:
    return subprocess.run(["test", "-x", folder], cwd="/", check=False,
                          **user.options()).returncode == 0
