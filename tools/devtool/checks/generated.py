"""Tables that are generated for reviewers are those that the code gives."""

import pathlib
import subprocess

from devtool import cmake
from devtool.context import Context

TITLE = "generated tables"
TABLE = "tests/contracts/permissions.md"


def find(context: Context) -> list[str]:
    made = _permissions(context)
    if made != (context.root / TABLE).read_text():
        return [f"{TABLE}: not what protos/ and libs/access/decide.cpp give. "
                "If the change of rights is meant, commit the new table"]
    return []


def mend(context: Context) -> None:
    (context.root / TABLE).write_text(_permissions(context))


def _permissions(context: Context) -> str:
    cmake.build(context, ["permission-table"])
    program: pathlib.Path = context.build / "tools/generators/permission-table"
    return subprocess.run([program, context.root / "protos"], capture_output=True, text=True,
                          check=True).stdout
