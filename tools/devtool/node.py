"""Node.js of at least version 22 and the npm packages of the repository."""

import hashlib
import os
import pathlib
import platform
import shutil
import subprocess

from devtool import packages
from devtool.context import Context, Trouble
from devtool.locks import alone
from devtool.show import step

OLDEST = 22
# The npm package holds the very binary of the Node.js project; long-term support until 2028.
PINNED = "24.18.1"
ARCHITECTURES = {"x86_64": "x64", "aarch64": "arm64"}


def ensure(context: Context) -> None:
    """Makes node, npm and node_modules/ ready; at once if they are.

    Puts a newer Node.js first on this process's PATH where the machine's is too old. npm itself
    runs on the machine's own: that one knows the machine's certificates.
    """
    if not shutil.which("npm"):
        packages.ensure(context, extra=("npm",))
    # `npm ci` throws node_modules/ away before it fills it anew.
    with alone(context.root / "package-lock.json", "installing npm packages"):
        _install_modules(context)
        if _major("node") < OLDEST:
            _prepend(_private_node(context))


def _major(node: str) -> int:
    """The major version of a node program; 0 if it does not run."""
    try:
        answer = subprocess.run([node, "--version"], capture_output=True, text=True, check=False)
        return int(answer.stdout.lstrip("v").partition(".")[0] or 0)
    except (OSError, ValueError):
        return 0


def _private_node(context: Context) -> pathlib.Path:
    """The folder of our own node program, fetched if it is not there yet."""
    architecture = ARCHITECTURES.get(platform.machine())
    if architecture is None:
        raise Trouble(f"Node.js is older than {OLDEST} and there is no package for "
                      f"{platform.machine()}: install Node.js {OLDEST} or newer by hand.")
    name = f"node-linux-{architecture}"
    folder = context.node_folder / PINNED
    programs = folder / "node_modules" / name / "bin"
    if _major(str(programs / "node")) < OLDEST:
        with step(f"installing Node.js {PINNED}"):
            folder.mkdir(parents=True, exist_ok=True)
            npm(context, "install", "--prefix", folder, "--no-save", f"{name}@{PINNED}")
    return programs


def _prepend(folder: pathlib.Path) -> None:
    os.environ["PATH"] = f"{folder}{os.pathsep}{os.environ['PATH']}"


def npm(context: Context, *arguments: object) -> None:
    """Runs npm quietly in the checkout; its output appears when it fails."""
    result = subprocess.run(["npm", *map(str, arguments), "--no-audit", "--no-fund"],
                            cwd=context.root, stdin=subprocess.DEVNULL, capture_output=True,
                            text=True, check=False)
    if result.returncode != 0:
        raise Trouble(f"npm {arguments[0]} failed:\n{result.stdout[-1000:]}"
                      f"{result.stderr[-3000:]}")


def _install_modules(context: Context) -> None:
    lock = context.root / "package-lock.json"
    mark = context.root / "node_modules" / ".guildhall-lock"
    digest = hashlib.sha256(lock.read_bytes()).hexdigest()
    if mark.exists() and mark.read_text() == digest:
        return
    with step("installing npm packages"):
        npm(context, "ci")
        mark.write_text(digest)
