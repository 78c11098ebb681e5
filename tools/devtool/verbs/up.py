"""start everything: PostgreSQL, Redis, the services, the gateway

Installs and builds what is missing first, loads the demo organization and goes once through the
whole house. A second run changes nothing that is as it should be; choices such as --port and
--origin hold until others are made. `tools/dev down` stops it all.

Examples:
  tools/dev up
  tools/dev up --port 9000 --processes 2
  tools/dev up --processes discussions=2 --processes gateway=1
  tools/dev up --origin http://localhost:5173
  tools/dev up --fresh
"""

import argparse

from devtool import cmake, packages
from devtool.context import Context
from devtool.show import step
from devtool.stack import choices as choosing
from devtool.stack import demo, postgres, processes, redis, seeding, services, smoke
from devtool.stack import home as homes
from devtool.stack.ending import throw_away
from devtool.stack.lock import exclusive

RANK = 10

# As many accounts are told: an administrator, a member, a customer.
TOLD = 3

TRY = """
Guildhall runs: http://127.0.0.1:{port}/

Sign in as one of these (everybody knows their passwords); the first administers the organization,
the third is a customer, {more} more stand in deploy/demo/members.md:
{accounts}

Try next:
  TOKEN=$(curl -s http://127.0.0.1:{port}/guildhall.identity.v1.IdentityService/SignIn \\
    -H 'content-type: application/json' -d '{{"email": "{email}",
    "password": "{password}", "delivery": "SESSION_DELIVERY_BEARER",
    "requestId": "'$(cat /proc/sys/kernel/random/uuid)'"}}' | jq -r .sessionSecret)
  curl -s http://127.0.0.1:{port}/guildhall.directory.v1.DirectoryService/ListMyCommunities \\
    -H 'content-type: application/json' -H "authorization: Bearer $TOKEN" -d '{{}}' | jq
  tools/dev psql directory
  tools/dev logs -f
  tools/dev down

Letters (invitations, resets of passwords, changes of addresses) lie in {mail}
"""


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--fresh", action="store_true",
                        help="stop everything and throw its data away first")
    parser.add_argument("--port", type=int, metavar="N",
                        help=f"port of the gateway (default: {choosing.PORT}); "
                             "further gateways take the next ones")
    parser.add_argument("--admin-port", type=int, metavar="N",
                        help="first of the ports for metrics and health, one per process "
                             f"(default: {choosing.ADMIN_PORT})")
    parser.add_argument("--processes", action="append", default=[], metavar="[SERVICE=]N",
                        help="processes of a service, or of each (default: 1)")
    parser.add_argument("--origin", action="append", default=[], metavar="URL",
                        help="where pages come from that may call beside the gateway's own, as a "
                             "front end's own server in development; repeated for several, '' for "
                             "none (default)")


def run(context: Context, arguments: argparse.Namespace) -> None:
    packages.ensure(context)
    with exclusive(context):
        home = homes.locate(context)
        if arguments.fresh:
            throw_away(home)
        home.make()
        processes.forget_ended(home)
        home.require_space()
        stack = _choose(context, home, arguments)
        cmake.build(context, [f"guildhall-{service.name}" for service in stack.services])
        changed = _start(stack)
        accounts = demo.accounts(context)
        if not demo.is_seeded(stack):
            with step("loading the demo organization"):
                seeding.seed(stack)
            changed = True
        if changed:
            with step("going once through the house"):
                smoke.journey(stack.choices.port, accounts[0])
        _tell(stack, accounts)


def _choose(context: Context, home: homes.Home, arguments: argparse.Namespace) -> services.Stack:
    """The stack as it is to be; refused before anything changes if a port is not to be had."""
    choices = choosing.load(home)
    choices.port = arguments.port or choices.port
    choices.admin_port = arguments.admin_port or choices.admin_port
    choosing.set_processes(choices, arguments.processes,
                           [service.name for service in services.SERVICES])
    choosing.set_origins(choices, arguments.origin)
    stack = services.Stack(context, home, choices)
    ours = services.taken_ports(home)
    for instance in stack.instances:
        for port, option in stack.ports(instance).items():
            if port not in ours:
                choosing.require_free(port, option)
    choosing.save(home, choices)
    return stack


def _start(stack: services.Stack) -> bool:
    """Starts what does not run as it should; ends what should not run. True if anything did."""
    changed = _end_surplus(stack)
    with step("PostgreSQL"):
        changed |= postgres.ensure(stack.home)
        postgres.ensure_databases(stack.home, [service.name for service in stack.services
                                               if service.database])
    with step("Redis"):
        changed |= redis.ensure(stack.home)
    for instance in stack.instances:
        with step(instance.name):
            changed |= services.ensure(stack, instance)
    return changed


def _end_surplus(stack: services.Stack) -> bool:
    """Stops processes of which there are to be fewer now."""
    wanted = {"postgres", "redis", *(instance.name for instance in stack.instances)}
    surplus = [record for record in processes.records(stack.home) if record.name not in wanted]
    for record in surplus:
        with step(f"stopping {record.name}"):
            processes.stop(stack.home, record)
    return bool(surplus)


def _tell(stack: services.Stack, accounts: list[demo.Account]) -> None:
    lines = [f"  {account.email:<32} {account.password}" for account in accounts[:TOLD]]
    print(TRY.format(port=stack.choices.port, accounts="\n".join(lines),
                     more=len(accounts) - len(lines), mail=stack.home.mail,
                     email=accounts[0].email, password=accounts[0].password))
