"""stop what `up` started, and nothing else

Services drain first. Data stays; `tools/dev up --fresh` begins anew.
"""

import argparse

from devtool.context import Context
from devtool.show import step
from devtool.stack import home as homes
from devtool.stack import processes
from devtool.stack.lock import exclusive

RANK = 20


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> None:
    with exclusive(context):
        stop_all(homes.locate(context))


def stop_all(home: homes.Home) -> None:
    """Stops every process of the stack, dependants first."""
    running = processes.records(home)
    if not running:
        print("nothing runs")
    for record in running:
        with step(f"stopping {record.name}"):
            if not processes.stop(home, record):
                print(f"   it did not end within {record.stop_seconds} s and was killed; "
                      f"its log is {home.logs}/{record.name}.log")
