"""open psql on a service's database, as the superuser

Examples:
  tools/dev psql directory
  tools/dev psql directory -c 'SELECT count(*) FROM members'
"""

import argparse
import os
import subprocess

from devtool.context import Context, Trouble
from devtool.stack import home as homes
from devtool.stack import postgres, processes

RANK = 80


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("service", help="whose database")
    parser.add_argument("arguments", nargs=argparse.REMAINDER, help="passed on to psql")


def run(context: Context, arguments: argparse.Namespace) -> int:
    home = homes.locate(context)
    if not processes.find(home, "postgres"):
        raise Trouble("PostgreSQL does not run. Start it with tools/dev up.")
    name = postgres.role(arguments.service)
    known = postgres.query(home, "SELECT datname FROM pg_database WHERE NOT datistemplate;")
    if name not in known:
        raise Trouble(f"there is no database {name}. There are: {', '.join(sorted(known))}")
    # psql's own history and settings stay with whoever calls, not with the stack's account.
    return subprocess.run([*postgres.psql_command(home, name), *arguments.arguments], check=False,
                          cwd="/", env={**os.environ, "PSQL_HISTORY": os.devnull},
                          **home.user.options()).returncode
