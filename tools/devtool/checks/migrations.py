"""Migrations are numbered without a gap and go forward only."""

import collections
import re
import subprocess

from devtool.context import Context
from devtool.files import ending

TITLE = "migrations"
FILE = re.compile(r"^(?P<owner>(?:services|libs)/\w+)/migrations/"
                  r"(?P<number>\d{4})_[a-z0-9_]+\.sql$")
# The runner wraps each file in a transaction of its own.
TRANSACTION = re.compile(r"^\s*(BEGIN|COMMIT|ROLLBACK)\s*;", re.MULTILINE | re.IGNORECASE)


def find(context: Context) -> list[str]:
    names = [name for name in ending(context.root, ".sql") if "/migrations/" in name]
    texts = {name: (context.root / name).read_text() for name in names}
    return numbering(names) + transactions(texts) + _changed_since_release(context, names)


def numbering(names: list[str]) -> list[str]:
    """Each owner's files are 0001_…, 0002_… without a gap or a number twice."""
    findings, numbers = [], collections.defaultdict(list)
    for name in names:
        match = FILE.match(name)
        if match:
            numbers[match["owner"]].append(int(match["number"]))
        else:
            findings.append(f"{name}: a migration is called migrations/0001_what_it_does.sql")
    for owner, found in numbers.items():
        if sorted(found) != list(range(1, len(found) + 1)):
            findings.append(f"{owner}/migrations: numbers are {sorted(found)}; "
                            "they start at 1, without a gap or a number twice")
    return findings


def transactions(texts: dict[str, str]) -> list[str]:
    """No file begins or ends a transaction."""
    return [f"{name}: begins or ends a transaction; the runner does that for each file"
            for name, text in texts.items() if TRANSACTION.search(text)]


def _changed_since_release(context: Context, names: list[str]) -> list[str]:
    """A migration that was released has run somewhere: it never changes again."""
    git = ["git", "-c", "safe.directory=*", "-C", str(context.root)]
    tag = subprocess.run([*git, "describe", "--tags", "--abbrev=0", "--match=v*"],
                         capture_output=True, text=True, check=False).stdout.strip()
    if not tag or not names:
        return []
    changed = subprocess.run([*git, "diff", "--name-only", "--diff-filter=MDR", tag, "--",
                              "services/*/migrations/*", "libs/*/migrations/*"],
                             capture_output=True, text=True, check=True).stdout.split()
    return [f"{name}: changed since {tag}; write another migration instead" for name in changed]
