"""fill what runs from a source, such as an archive of another system

A second run of the same source writes nothing. Without a source the known ones are listed.

Examples:
  tools/dev import zulip ../archive.tar.xz
  tools/dev import sample 10000
"""

import argparse
import os
import pathlib

from devtool import cmake
from devtool.context import Context
from devtool.stack import choices, demo, services
from devtool.stack import home as homes

RANK = 76


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="?", help="what kind of source it is")
    parser.add_argument("path", nargs="?", type=pathlib.Path, help="where it is")


def run(context: Context, arguments: argparse.Namespace) -> None:
    cmake.build(context, [demo.IMPORTER])
    home = homes.locate(context)
    stack = services.Stack(context, home, choices.load(home))
    if arguments.source is None or arguments.path is None:
        os.execv(context.build / "tools/import" / demo.IMPORTER, [demo.IMPORTER, "--help"])
    # The sample's is a number.
    path = arguments.path.absolute() if arguments.path.exists() else arguments.path
    demo.run_importer(stack, arguments.source, str(path))
