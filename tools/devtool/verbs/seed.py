"""load the demo organization into what runs; what exists is left as it is

The organization is written in deploy/demo.
"""

import argparse

from devtool.context import Context
from devtool.stack import choices, seeding, services
from devtool.stack import home as homes
from devtool.stack.lock import exclusive

RANK = 75


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> None:
    with exclusive(context):
        home = homes.locate(context)
        seeding.seed(services.Stack(context, home, choices.load(home)))
