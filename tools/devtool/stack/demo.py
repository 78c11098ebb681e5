"""The demo organization: importing it, and the accounts with which to look at it."""

import dataclasses
import hashlib
import json
import os
import pathlib
import re
import subprocess

from devtool import cmake
from devtool.context import Context, Trouble
from devtool.stack import processes
from devtool.stack.services import Stack, config_text

FOLDER = "deploy/demo"
IMPORTER = "guildhall-import"
ACCOUNT = re.compile(r"^- name: (?P<name>.*)$(?:(?!^## ).*\n)*?^- email: (?P<email>.*)\n"
                     r"- password: (?P<password>.*)$", re.MULTILINE)


@dataclasses.dataclass(frozen=True)
class Account:
    """Somebody who can sign in to the demo."""

    name: str
    email: str
    password: str


def accounts(context: Context) -> list[Account]:
    """Those of deploy/demo/members.md, in its order."""
    text = (context.root / FOLDER / "members.md").read_text()
    return [Account(**match.groupdict()) for match in ACCOUNT.finditer(text)]


def run_importer(stack: Stack, *arguments: str, **further: str) -> None:
    """Runs guildhall-import against the stack's services; it says what it does.

    `further` are settings of it beside the services' addresses and key.
    """
    config = stack.home.configs / "import.conf"
    values = {f"{name}_address": stack.addresses(name)
              for name in ("identity", "directory", "discussions")}
    values["service_key"] = stack.secret("service-key", 32)
    values |= further
    stack.home.write(config, config_text(values))
    program = stack.context.build / "tools/import" / IMPORTER
    # All settings are in the file; GUILDHALL_STATE is ours and would be refused as one of them.
    environment = {name: value for name, value in os.environ.items()
                   if not name.startswith("GUILDHALL_")}
    command = processes.bound([program, *arguments, f"--config={config}"])
    result = subprocess.run(command, cwd=stack.context.root, env=environment, check=False)
    if result.returncode < 0:
        raise Trouble(f"signal {-result.returncode} ended the import: repeat it as it was, and it "
                      "goes on from what is there.")
    if result.returncode > 0:
        raise Trouble("the import is not complete: what it said stands above. Where a service is "
                      "away, tools/dev up brings it back and tools/dev logs shows what it said.")


def load(stack: Stack) -> list[dict]:
    """Imports the demo organization; what exists is left as it is.

    Answers what is left for its members to do: deeds.py does it.
    """
    cmake.build(stack.context, [IMPORTER])
    deeds = stack.home.folder / "deeds.json"
    run_importer(stack, "demo", FOLDER, demo_deeds=str(deeds))
    return json.loads(deeds.read_text())


def mark_seeded(stack: Stack) -> None:
    """Remembers that all of it is there."""
    stack.home.write(_mark(stack), _digest(stack.context))


def is_seeded(stack: Stack) -> bool:
    """Whether just this demo organization was loaded into this stack."""
    mark = _mark(stack)
    return mark.exists() and mark.read_text() == _digest(stack.context)


def _mark(stack: Stack) -> pathlib.Path:
    return stack.home.folder / "seeded"


def _digest(context: Context) -> str:
    digest = hashlib.sha256()
    for file in sorted((context.root / FOLDER).rglob("*.md")):
        digest.update(file.read_bytes())
    return digest.hexdigest()
