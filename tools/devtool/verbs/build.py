"""compile everything, or the targets named

Examples:
  tools/dev build
  tools/dev build base_test guildhall-gateway
  tools/dev build typescript
"""

import argparse

from devtool import cmake, packages, typescript
from devtool.context import Context

RANK = 40
TYPESCRIPT = "typescript"


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("targets", nargs="*",
                        help="targets of CMake, or typescript, the npm package (default: all)")
    parser.add_argument("--preset", default="release", choices=("release", "asan", "tsan"),
                        help="how to compile (default: release)")


def run(context: Context, arguments: argparse.Namespace) -> None:
    packages.ensure(context)
    targets = [target for target in arguments.targets if target != TYPESCRIPT]
    if targets or not arguments.targets:
        cmake.build(context, targets, arguments.preset)
    if TYPESCRIPT in arguments.targets or not arguments.targets:
        typescript.ensure(context)
