"""Writes a C++ header with the named character references of HTML, sorted by name.

Usage: embed_entities.py <namespace> <header>. The names are those of Python's standard library.
"""

from html.entities import html5
import pathlib
import sys


def literal(text: str) -> str:
    return '"' + "".join(f"\\{byte:03o}" for byte in text.encode()) + '"'


def main() -> None:
    space, header = sys.argv[1], pathlib.Path(sys.argv[2])
    names = sorted(name[:-1] for name in html5 if name.endswith(";"))
    lines = ["#pragma once", "", "#include <string_view>", "", f"namespace guildhall::{space} {{",
             "", "struct Entity {", "  std::string_view name;", "  std::string_view text;", "};",
             "", "inline constexpr Entity kEntities[] = {"]
    lines += [f'    {{"{name}", {literal(html5[name + ";"])}}},' for name in names]
    lines += ["};", "", f"}}  // namespace guildhall::{space}", ""]
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text("\n".join(lines), encoding="utf-8")


main()
