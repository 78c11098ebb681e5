"""C++ is laid out by clang-format."""

import subprocess

from devtool.context import Context
from devtool.files import ending

TITLE = "C++ layout"
TOOL = "clang-format-14"


def find(context: Context) -> list[str]:
    return sorted({line.partition(":")[0] + ": not in the form of clang-format"
                   for line in _format(context, "--dry-run", "-Werror").splitlines()
                   if "clang-format-violations" in line})


def mend(context: Context) -> None:
    _format(context, "-i")


def _format(context: Context, *options: str) -> str:
    files = ending(context.root, ".cpp", ".h")
    if not files:
        return ""
    return subprocess.run(["xargs", "-0", "-P2", "-n20", TOOL, *options], cwd=context.root,
                          input="\0".join(files), capture_output=True, text=True,
                          check=False).stderr
