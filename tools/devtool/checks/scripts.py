"""Shell scripts pass shellcheck, Python passes pyflakes and keeps to 100 columns."""

import subprocess

from devtool.context import Context
from devtool.files import ending, shell_scripts

TITLE = "scripts"
COLUMNS = 100


def find(context: Context) -> list[str]:
    return _shell(context) + _python(context)


def _shell(context: Context) -> list[str]:
    names = shell_scripts(context.root)
    if not names:
        return []
    result = subprocess.run(["shellcheck", "--format=gcc", *names], cwd=context.root,
                            capture_output=True, text=True, check=False)
    return (result.stdout + result.stderr).splitlines()


def _python(context: Context) -> list[str]:
    names = ending(context.root, ".py")
    result = subprocess.run(["/usr/bin/python3", "-m", "pyflakes", *names], cwd=context.root,
                            capture_output=True, text=True, check=False)
    findings = (result.stdout + result.stderr).splitlines()
    for name in names:
        for number, line in enumerate((context.root / name).read_text().splitlines(), start=1):
            if len(line) > COLUMNS:
                findings.append(f"{name}:{number}: longer than {COLUMNS} columns")
    return findings
