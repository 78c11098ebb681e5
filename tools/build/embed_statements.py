"""Writes a C++ header with one postgres::Statement per .sql file, named after the file.

Usage: embed_statements.py <namespace> <header> <file.sql>...
"""

import pathlib
import sys


def main() -> None:
    space, header, files = sys.argv[1], pathlib.Path(sys.argv[2]), sys.argv[3:]
    lines = ["#pragma once", "", '#include "libs/postgres/statement.h"', "",
             f"namespace guildhall::{space}::sql {{", ""]
    for file in map(pathlib.Path, files):
        constant = "k" + "".join(word.capitalize() for word in file.stem.split("_"))
        text = file.read_text(encoding="utf-8")
        lines += [f'inline constexpr postgres::Statement {constant}{{"{file.stem}", '
                  f'R"sql({text})sql"}};', ""]
    lines += [f"}}  // namespace guildhall::{space}::sql", ""]
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text("\n".join(lines), encoding="utf-8")


main()
