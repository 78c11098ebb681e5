"""The contracts pass buf's lint and are in its form."""

import platform
import subprocess

from devtool import node
from devtool.context import Context, Trouble

TITLE = "protos (buf)"
ARCHITECTURES = {"x86_64": "x64", "aarch64": "aarch64"}


def find(context: Context) -> list[str]:
    findings = _buf(context, "lint").splitlines()
    if _buf(context, "format", "--exit-code", "--diff"):
        findings.append("protos/: not in the form of buf format")
    return findings


def mend(context: Context) -> None:
    _buf(context, "format", "--write")


def _buf(context: Context, *arguments: str) -> str:
    """What buf has to say; empty if it is content."""
    node.ensure(context)
    package = f"@bufbuild/buf-linux-{ARCHITECTURES[platform.machine()]}"
    # The package holds the program itself, so it runs without a wrapper and an install script.
    program = context.root / "node_modules" / package / "bin/buf"
    if not program.exists():
        # npm says nothing when an optional package cannot be fetched.
        raise Trouble(f"npm did not install {package}. Is the network away? Repeat with "
                      "rm -r node_modules && tools/dev check")
    result = subprocess.run([program, *arguments, "protos"], cwd=context.root,
                            stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False)
    return result.stdout + result.stderr
