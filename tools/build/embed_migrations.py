"""Writes a C++ header with the ordered table of one service's migrations.

Usage: embed_migrations.py <namespace> <header> <0001_name.sql>...
A file is named NNNN_<what it does>.sql; numbers start at 1 and leave no gap.
"""

import pathlib
import sys


def main() -> None:
    space, header, files = sys.argv[1], pathlib.Path(sys.argv[2]), sorted(sys.argv[3:])
    lines = ["#pragma once", "", '#include "libs/postgres/migration.h"', "",
             f"namespace guildhall::{space} {{", "",
             "inline constexpr postgres::Migration kMigrations[] = {"]
    for number, file in enumerate(map(pathlib.Path, files), start=1):
        if not file.name.startswith(f"{number:04d}_"):
            sys.exit(f"{file}: expected the number {number:04d}; migrations leave no gap")
        text = file.read_text(encoding="utf-8")
        lines += [f'    {{{number}, "{file.stem}", R"sql({text})sql"}},']
    lines += ["};", "", f"}}  // namespace guildhall::{space}", ""]
    header.parent.mkdir(parents=True, exist_ok=True)
    header.write_text("\n".join(lines), encoding="utf-8")


main()
