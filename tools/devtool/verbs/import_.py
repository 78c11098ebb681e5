"""fill what runs from a source, such as an archive of another system

A second run of the same source writes nothing, a run of a later one the difference. Without a
source the known ones are listed, with their settings.

Examples:
  tools/dev import zulip ../archive.tar.xz dry_run=true report=dry.tsv
  tools/dev import zulip ../archive.tar.xz report=import.tsv redirects=redirects.tsv
  tools/dev import sample 10000
"""

import argparse
import os
import pathlib

from devtool import cmake
from devtool.context import Context, Trouble
from devtool.stack import choices, demo, services
from devtool.stack import home as homes

RANK = 76

# Settings that name files: the importer runs in the root of the tree.
FILES = ("report", "redirects", "demo_deeds")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("source", nargs="?", help="what kind of source it is")
    parser.add_argument("path", nargs="?", type=pathlib.Path, help="where it is")
    parser.add_argument("settings", nargs="*", metavar="setting=value",
                        help="of the importer; files are where you are")


def run(context: Context, arguments: argparse.Namespace) -> None:
    cmake.build(context, [demo.IMPORTER])
    home = homes.locate(context)
    stack = services.Stack(context, home, choices.load(home))
    if arguments.source is None or arguments.path is None:
        os.execv(context.build / "tools/import" / demo.IMPORTER, [demo.IMPORTER, "--help"])
    # The sample's is a number.
    path = arguments.path.absolute() if arguments.path.exists() else arguments.path
    demo.run_importer(stack, arguments.source, str(path), **_settings(arguments.settings))


def _settings(given: list[str]) -> dict[str, str]:
    settings = {}
    for setting in given:
        name, equals, value = setting.partition("=")
        if not equals:
            raise Trouble(f"{setting}: settings are written as name=value.")
        settings[name] = str(pathlib.Path(value).absolute()) if name in FILES else value
    return settings
