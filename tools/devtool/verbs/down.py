"""stop what `up` started, and nothing else

Services drain first. Data stays; `tools/dev up --fresh` begins anew.
"""

import argparse

from devtool.context import Context
from devtool.stack import home as homes
from devtool.stack.ending import stop_all
from devtool.stack.lock import exclusive

RANK = 20


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> None:
    with exclusive(context):
        stop_all(homes.locate(context))
