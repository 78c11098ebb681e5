"""The files of the repository: those that git knows or would add."""

import functools
import pathlib
import subprocess


@functools.cache
def _known(root: pathlib.Path) -> tuple[str, ...]:
    # The checkout may belong to somebody else, which git refuses unless told.
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "-C", root, "ls-files", "-z", "--cached", "--others",
         "--exclude-standard"], capture_output=True, text=True, check=True)
    return tuple(sorted({name for name in listing.stdout.split("\0") if name}))


def all_files(root: pathlib.Path) -> tuple[str, ...]:
    """Paths relative to `root`, sorted; without ignored and deleted ones."""
    return tuple(name for name in _known(root) if (root / name).is_file())


def links(root: pathlib.Path) -> list[str]:
    """Symbolic links among them, wherever they lead."""
    return [name for name in _known(root) if (root / name).is_symlink()]


def ending(root: pathlib.Path, *suffixes: str) -> list[str]:
    """The files whose names end in one of `suffixes`."""
    return [name for name in all_files(root) if name.endswith(suffixes)]


def shell_scripts(root: pathlib.Path) -> list[str]:
    """Files that bash or sh runs, told by their first line."""
    return [name for name in all_files(root)
            if (root / name).open("rb").readline(64).startswith((b"#!/usr/bin/env bash",
                                                                 b"#!/bin/bash", b"#!/bin/sh"))]
