"""copy PostgreSQL's data, and keep its log from then on

`tools/dev restore` brings back any moment after a backup. The first one begins the archive of the
log; both grow until somebody removes what is old. deploy/README.md tells what an operator of a
larger installation does.
"""

import argparse

from devtool.context import Context, Trouble
from devtool.show import step
from devtool.stack import backups, processes
from devtool.stack import home as homes
from devtool.stack.lock import exclusive

RANK = 82


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> None:
    with exclusive(context):
        home = homes.locate(context)
        if not processes.find(home, "postgres"):
            raise Trouble("PostgreSQL does not run. Start it with tools/dev up.")
        with step("copying what PostgreSQL holds"):
            backup = backups.take(home)
        print(f"{backup}\nIts log is kept in {home.archive} from now on.")
