"""make PostgreSQL's data what it was at a moment

All services stop. The last backup before that moment is copied, its log replayed up to it, and
PostgreSQL started with that, so that somebody may look at it; `tools/dev up` opens the doors again.
What was there before is put aside. deploy/README.md tells what an operator has to know afterwards.

Examples:
  tools/dev restore
  tools/dev restore --to 2026-11-23T14:05:00Z
  tools/dev restore --to '2026-11-23 15:05+01:00'
"""

import argparse
import datetime

from devtool.context import Context
from devtool.show import step
from devtool.stack import backups, postgres, processes
from devtool.stack import home as homes
from devtool.stack.ending import stop_all
from devtool.stack.lock import exclusive

RANK = 83

TOLD = """
What was there before lies in {aside}; the next restore removes it.
Look at what is there now with tools/dev psql; then open the doors: tools/dev up
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--to", type=past, metavar="TIME",
                        help="the moment, in UTC unless it says otherwise (default: the end of the "
                             "log)")
    parser.add_argument("--leave-running", action="store_true",
                        help="stop PostgreSQL alone: everybody else notices by themselves")


def moment(text: str) -> datetime.datetime:
    """A moment as people and machines write it (ISO 8601)."""
    found = datetime.datetime.fromisoformat(text)
    return found if found.tzinfo else found.replace(tzinfo=datetime.UTC)


def past(text: str) -> datetime.datetime:
    """A moment that has been; to one that is yet to come no recovery ends."""
    found = moment(text)
    if found > datetime.datetime.now(datetime.UTC):
        raise argparse.ArgumentTypeError(f"{text} is yet to come")
    return found


def run(context: Context, arguments: argparse.Namespace) -> None:
    with exclusive(context):
        home = homes.locate(context)
        # Refused before anybody is stopped.
        backups.newest(home, arguments.to)
        if not arguments.leave_running:
            stop_all(home)
        elif running := processes.find(home, "postgres"):
            processes.stop(home, running)
        with step("recovering PostgreSQL"):
            aside = backups.restore(home, arguments.to)
        with step("PostgreSQL"):
            postgres.ensure(home)
    print(TOLD.format(aside=aside))
