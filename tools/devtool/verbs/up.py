"""start a private PostgreSQL and Redis, with a database for each service

Installs what is missing first. A second run changes nothing that is as it should be.
`tools/dev down` stops it all.

Examples:
  tools/dev up
  tools/dev up --fresh
"""

import argparse
import shutil

from devtool import packages
from devtool.context import Context
from devtool.show import step
from devtool.stack import home as homes
from devtool.stack import postgres, redis, services
from devtool.stack.lock import exclusive
from devtool.verbs.down import stop_all

RANK = 10


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true",
                        help="stop everything and throw its data away first")


def run(context: Context, arguments: argparse.Namespace) -> None:
    packages.ensure(context)
    with exclusive(context):
        home = homes.locate(context)
        if arguments.fresh:
            _forget(home)
        home.make()
        home.require_space()
        _start(context, home)


def _start(context: Context, home: homes.Home) -> None:
    with step("PostgreSQL"):
        postgres.ensure(home)
        postgres.ensure_databases(home, [service.name for service in services.standing(context)
                                         if service.database])
    with step("Redis"):
        redis.ensure(home)


def _forget(home: homes.Home) -> None:
    stop_all(home)
    with step(f"throwing away {home.folder}"):
        for folder in (home.folder, home.sockets):
            shutil.rmtree(folder, ignore_errors=True)
