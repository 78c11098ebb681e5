"""show the end of the logs, or follow them

Examples:
  tools/dev logs
  tools/dev logs gateway-1 -f
"""

import argparse
import subprocess

from devtool.context import Context, Trouble
from devtool.stack import home as homes

RANK = 90


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("names", nargs="*", metavar="name",
                        help="beginnings of names of processes (default: all)")
    parser.add_argument("-f", "--follow", action="store_true", help="go on until Ctrl-C")
    parser.add_argument("-n", "--lines", type=int, default=20, help="lines of each (default: 20)")


def run(context: Context, arguments: argparse.Namespace) -> int:
    home = homes.locate(context)
    files = sorted(home.logs.glob("*.log"))
    chosen = [file for file in files
              if not arguments.names or file.stem.startswith(tuple(arguments.names))]
    if not chosen:
        raise Trouble("there is no such log. There are: "
                      + (", ".join(file.stem for file in files) or "none; tools/dev up first"))
    follow = ["--follow=name", "--retry"] if arguments.follow else []
    return subprocess.run(["tail", f"--lines={arguments.lines}", *follow, *chosen],
                          check=False).returncode
