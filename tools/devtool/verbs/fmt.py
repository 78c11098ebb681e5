"""bring C++, protos and text files into form"""

import argparse

from devtool import packages
from devtool.checks.all import load
from devtool.context import Context
from devtool.show import step

RANK = 70


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> None:
    packages.ensure(context)
    for check in load():
        if hasattr(check, "mend"):
            with step(check.TITLE):
                check.mend(context)
