"""Ends a stack: what it started, and what it kept."""

import shutil

from devtool.show import step
from devtool.stack import processes
from devtool.stack.home import Home


def stop_all(home: Home) -> None:
    """Stops every process of the stack, dependants first."""
    running = processes.records(home)
    if not running:
        print("nothing runs")
    for record in running:
        with step(f"stopping {record.name}"):
            if not processes.stop(home, record):
                print(f"   it did not end within {record.stop_seconds} s and was killed; "
                      f"its log is {home.logs}/{record.name}.log")
    processes.forget_ended(home)


def throw_away(home: Home) -> None:
    """Stops every process of the stack and removes all that it kept."""
    stop_all(home)
    with step(f"throwing away {home.folder}"):
        for folder in (home.folder, home.sockets):
            shutil.rmtree(folder, ignore_errors=True)
