"""compile everything, or the targets named

Examples:
  tools/dev build
  tools/dev build base_test guildhall-gateway
"""

import argparse

from devtool import cmake, packages, typescript
from devtool.context import Context

RANK = 40


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="*", help="targets of CMake (default: all)")
    parser.add_argument("--preset", default="release", choices=("release", "asan", "tsan"),
                        help="how to compile (default: release)")


def run(context: Context, arguments: argparse.Namespace) -> None:
    packages.ensure(context)
    cmake.build(context, arguments.targets, arguments.preset)
    if not arguments.targets:
        typescript.ensure(context)
