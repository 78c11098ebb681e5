"""run one process of a service in the foreground, with its log here

PostgreSQL, Redis and the other services must be up; the background process that it stands in for
is stopped first. `tools/dev up` starts that again.

Examples:
  tools/dev run directory
  tools/dev run discussions-2 --log_level=debug
"""

import argparse
import os

from devtool import cmake
from devtool.context import Context, Trouble
from devtool.stack import choices, processes, services
from devtool.stack import home as homes
from devtool.stack.lock import exclusive

RANK = 50


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("process", help="a service, or a process such as directory-2")
    parser.add_argument("settings", nargs=argparse.REMAINDER,
                        help="settings of the service: --name=value")


def run(context: Context, arguments: argparse.Namespace) -> None:
    home = homes.locate(context)
    stack = services.Stack(context, home, choices.load(home))
    instance = _find(stack, arguments.process)
    if not processes.find(home, "postgres"):
        raise Trouble("PostgreSQL does not run. Start everything with tools/dev up first.")
    cmake.build(context, [f"guildhall-{instance.service.name}"])
    with exclusive(context):
        program = services.program(stack, instance)
        running = processes.find(home, instance.name)
        if running:
            processes.stop(home, running)
    os.chdir(home.folder)
    _become(home.user)
    os.execv(program.command[0], [*program.command, *arguments.settings])


def _find(stack: services.Stack, name: str) -> services.Instance:
    for instance in stack.instances:
        if name in (instance.name, instance.service.name):
            return instance
    names = ", ".join(instance.name for instance in stack.instances)
    raise Trouble(f"there is no process {name}. There are: {names}")


def _become(user: homes.User) -> None:
    """Gives up the rights of root, as the processes of the stack do."""
    if os.geteuid() != user.uid:
        os.setgroups([])
        os.setgid(user.gid)
        os.setuid(user.uid)
