"""Text files end in one line feed and have no blanks at the ends of lines (.editorconfig).

Links are not committed: they lead elsewhere in another checkout.
"""

import pathlib
import re

from devtool.context import Context
from devtool.files import all_files, links

TITLE = "blanks, line ends, links"
UNTIDY = re.compile(r"[ \t\r]+$", re.MULTILINE)
# What a program wrote or recorded is kept byte for byte.
AS_IT_IS = ("package-lock.json", ".svg", ".golden")
# Inputs of fuzz targets, too: line ends are part of them.
INPUTS = "/corpus/"


def find(context: Context) -> list[str]:
    findings = [f"{name}: a symbolic link: commit the file itself, or ignore the name"
                for name in links(context.root)]
    for name in _texts(context):
        text = (context.root / name).read_text()
        if text != tidy(text):
            line = 1 + sum(1 for _ in _common_lines(text, tidy(text)))
            findings.append(f"{name}:{line}: a blank at the end of a line, or not one line feed "
                            "at the end of the file")
    return findings


def mend(context: Context) -> None:
    for name in _texts(context):
        path: pathlib.Path = context.root / name
        text = path.read_text()
        if text != tidy(text):
            path.write_text(tidy(text))


def tidy(text: str) -> str:
    """`text` as it should be; an empty file may stay without a line."""
    return UNTIDY.sub("", text).rstrip("\n") + "\n" if text else ""


def _common_lines(one: str, other: str) -> list[str]:
    pairs = zip(one.split("\n"), other.split("\n"))
    lines = []
    for left, right in pairs:
        if left != right:
            break
        lines.append(left)
    return lines


def _texts(context: Context) -> list[str]:
    names = []
    for name in all_files(context.root):
        if name.endswith(AS_IT_IS) or INPUTS in name:
            continue
        data = (context.root / name).read_bytes()
        if b"\0" in data:
            continue
        try:
            data.decode()
        except UnicodeDecodeError:
            continue
        names.append(name)
    return names
