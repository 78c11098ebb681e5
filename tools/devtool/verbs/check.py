"""check form, lint, layers, contracts and migrations

This and `tools/dev test` are what CI runs. `tools/dev fmt` repairs what is a matter of form.
"""

import argparse
import time

from devtool import packages
from devtool.checks.all import load
from devtool.context import Context
from devtool.show import duration

RANK = 60


def configure(parser: argparse.ArgumentParser) -> None:
    del parser


def run(context: Context, _: argparse.Namespace) -> int:
    packages.ensure(context)
    bad = 0
    for check in load():
        start = time.monotonic()
        findings = check.find(context)
        took = duration(time.monotonic() - start)
        print(f"-- {check.TITLE}: {f'{len(findings)} found' if findings else 'ok'}, {took}",
              flush=True)
        for finding in findings:
            print(f"   {finding}")
        if findings and hasattr(check, "mend"):
            print("   repair: tools/dev fmt")
        bad += len(findings)
    print("check: nothing found" if not bad else f"check: {bad} found", flush=True)
    return 1 if bad else 0
