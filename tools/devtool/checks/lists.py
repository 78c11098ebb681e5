"""The lists of packages are sorted and name no host."""

import json
import re

from devtool.context import Context

TITLE = "lists of packages"
HOST = re.compile(r"\w+://")


def find(context: Context) -> list[str]:
    findings = []
    names = _packages(context).read_text().splitlines()
    if names != sorted(set(names)):
        findings.append("tools/packages.txt: not sorted, or a package twice")
    lock = (context.root / "package-lock.json").read_text()
    for key, entry in json.loads(lock)["packages"].items():
        if HOST.search(str(entry.get("resolved", ""))):
            findings.append(f"package-lock.json: {key} names the host it came from; "
                            ".npmrc keeps hosts out: rm package-lock.json && npm install")
    return findings


def mend(context: Context) -> None:
    path = _packages(context)
    path.write_text("".join(f"{name}\n" for name in sorted(set(path.read_text().split()))))


def _packages(context: Context):
    return context.root / "tools/packages.txt"
