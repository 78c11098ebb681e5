"""Debian packages: installs what tools/packages.txt names and the machine lacks."""

import contextlib
import os
import pathlib
import re
import shutil
import subprocess
from collections.abc import Iterator

from devtool.context import Context, Trouble
from devtool.show import Progress, step

POLICY = pathlib.Path("/usr/sbin/policy-rc.d")
# Told from another's by its words: a killed run leaves it behind.
NO_SERVICES = "#!/bin/sh\n# Written by tools/dev while it installs packages.\nexit 101\n"
# "pmstatus:<package>:<percent>:<what>" and "dlstatus:…", as apt's README.progress-reporting says.
STATUS = re.compile(r"^(dl|pm)status:[^:]*(?::[a-z0-9]+)?:([\d.]+):")
CLUSTER_DEFAULTS = "/etc/postgresql-common/createcluster.conf"
# Packages with a service of the same name; the tools run private instances instead.
SERVICES = ("prometheus", "redis-server")


def wanted(context: Context) -> list[str]:
    """The packages of tools/packages.txt: one a line, sorted."""
    return (context.root / "tools/packages.txt").read_text().split()


def missing(names: list[str]) -> list[str]:
    """Those of `names` that are not installed."""
    found = subprocess.run(
        ["dpkg-query", "--show", "--showformat=${db:Status-Status} ${Package}\n", *names],
        capture_output=True, text=True, check=False)
    installed = {line.split()[1] for line in found.stdout.splitlines()
                 if line.startswith("installed ")}
    return [name for name in names if name not in installed]


def ensure(context: Context, extra: tuple[str, ...] = ()) -> None:
    """Installs what is missing of tools/packages.txt and `extra`; at once if nothing is."""
    lacking = missing([*wanted(context), *extra])
    if not lacking:
        return
    prefix = _as_root(lacking)
    with step(f"installing {len(lacking)} Debian packages: {' '.join(lacking)}"):
        with _no_services(prefix, lacking):
            # Finishes what an interrupted run left; apt-get would refuse to work on it.
            subprocess.run([*prefix, "dpkg", "--configure", "--pending"], check=False,
                           stdin=subprocess.DEVNULL, capture_output=True)
            _apt(prefix, "update", "-qq")
            with _no_cluster(prefix, lacking):
                _install(prefix, lacking)


def _as_root(lacking: list[str]) -> list[str]:
    if os.geteuid() == 0:
        return []
    sudo = shutil.which("sudo")
    if sudo and subprocess.run([sudo, "-n", "true"], capture_output=True,
                               check=False).returncode == 0:
        return [sudo, "-n"]
    raise Trouble("Debian packages are missing and need root. Run this once, then repeat:\n"
                  f"  sudo apt-get install --no-install-recommends {' '.join(lacking)}")


def _apt(prefix: list[str], *arguments: str) -> None:
    """Runs apt-get with a bar; what it said appears when it fails."""
    command = [*prefix, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get",
               # Another apt-get may be running: wait for it rather than fail.
               "-o", "DPkg::Lock::Timeout=300", "-o", "APT::Status-Fd=1", *arguments]
    progress, said = Progress(), []
    with subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                          stderr=subprocess.STDOUT, text=True, errors="replace") as apt:
        for line in apt.stdout:
            status = STATUS.match(line)
            if status:
                # Fetching is the first half of the bar, unpacking and setting up the second.
                half = 0 if status[1] == "dl" else 50
                progress.show(half + int(float(status[2]) / 2), 100)
            else:
                said.append(line)
    progress.clear()
    if apt.returncode != 0:
        raise Trouble(f"apt-get {arguments[0]} failed:\n{''.join(said)[-4000:]}\n"
                      "Is the disk full, or the network away?")


def _install(prefix: list[str], names: list[str]) -> None:
    _apt(prefix, "install", "-qq", "-y", "--no-install-recommends", *names)


@contextlib.contextmanager
def _no_services(prefix: list[str], lacking: list[str]) -> Iterator[None]:
    """Keeps new packages from starting servers, now (policy-rc.d) and at the next boot."""
    ours = not POLICY.exists() or POLICY.read_text() == NO_SERVICES
    if ours:
        subprocess.run([*prefix, "install", "-m", "755", "/dev/stdin", str(POLICY)],
                       input=NO_SERVICES, text=True, check=True)
    try:
        yield
    finally:
        if ours:
            subprocess.run([*prefix, "rm", "-f", str(POLICY)], check=True)
        units = [name for name in lacking if name in SERVICES]
        if units and shutil.which("systemctl"):
            subprocess.run([*prefix, "systemctl", "disable", "--quiet", *units],
                           capture_output=True, check=False)


@contextlib.contextmanager
def _no_cluster(prefix: list[str], lacking: list[str]) -> Iterator[None]:
    """Keeps a new PostgreSQL package from making a cluster on port 5432."""
    if "postgresql-15" not in lacking:
        yield
        return
    _install(prefix, ["postgresql-common"])
    setting = [*prefix, "pg_conftool", CLUSTER_DEFAULTS]
    chosen = subprocess.run([*setting, "show", "create_main_cluster"],
                            capture_output=True, check=False).returncode == 0
    if not chosen:
        subprocess.run([*setting, "set", "create_main_cluster", "false"], check=True)
    try:
        yield
    finally:
        if not chosen:
            subprocess.run([*setting, "remove", "create_main_cluster"], check=True)
