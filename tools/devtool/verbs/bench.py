"""measure what is promised, each figure against a baseline of the same run

Brings up a stack of its own, in a state folder and on ports that no other stack has, measures,
writes tests/benchmarks/results/latest.json, and takes that stack down with its data. The stack in
use stays as it is: stop it for undisturbed figures, and do nothing else on the machine meanwhile.

Examples:
  tools/dev bench
  tools/dev bench --only echo --runs 3
  tools/dev bench --only plans --record
  tools/dev bench --archive ../zulip-archive.tar.xz
"""

import argparse
import pathlib
import tempfile

from devtool import cmake, packages
from devtool.bench import figures, imports
from devtool.bench.house import House
from devtool.bench.scenarios import Bench
from devtool.context import Context
from devtool.show import step
from devtool.stack.ending import throw_away
from devtool.stack.lock import exclusive

RANK = 78
SCENARIOS = ("echo", "engine", "cached", "reads", "writes", "crowds", "findable", "live", "starts",
             "decisions", "hostile", "memory", "size", "plans")
RESULTS = pathlib.Path("tests/benchmarks/results/latest.json")
PROGRAMS = ["guildhall-identity", "guildhall-directory", "guildhall-discussions",
            "guildhall-gateway", "guildhall-probe", "guildhall-import", "bare_echo", "engine_echo",
            "known_decisions", "live_load", "hostile_markdown"]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--only", choices=SCENARIOS, action="append",
                        help="measure this alone, and write no results")
    parser.add_argument("--runs", type=int, default=5, help="interleaved runs (default: 5)")
    parser.add_argument("--seconds", type=int, default=2, help="of each run (default: 2)")
    parser.add_argument("--record", action="store_true",
                        help="put the plans of --only plans on record")
    parser.add_argument("--archive", help="a Zulip archive to import; without one P9 is left out")


def run(context: Context, arguments: argparse.Namespace) -> None:
    packages.ensure(context)
    house = House(context)
    with exclusive(house.context):
        cmake.build(context, PROGRAMS)
        try:
            with step("opening the house"):
                # What a killed run left would be measured too.
                throw_away(house.home)
                house.open()
                house.fill()
            rows = _measure(house, arguments)
        finally:
            house.close()
    for row in rows:
        print(row.line())
    if not arguments.only:
        figures.write(context.root / RESULTS, context.root, rows)
        print(f"written to {RESULTS}")


def _measure(house: House, arguments: argparse.Namespace) -> list[figures.Figure]:
    rows = []
    with tempfile.TemporaryDirectory(prefix="guildhall-bench-") as folder:
        pathlib.Path(folder).chmod(0o755)
        bench = Bench(house, pathlib.Path(folder), arguments.runs, arguments.seconds)
        for name in arguments.only or SCENARIOS:
            with step(name):
                rows += (bench.plans(arguments.record) if name == "plans"
                         else getattr(bench, name)())
    if arguments.archive and not arguments.only:
        with step("import"):
            rows.append(imports.figure(house, str(pathlib.Path(arguments.archive).absolute())))
    return rows
