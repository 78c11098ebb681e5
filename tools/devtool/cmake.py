"""The build: CMake configures, Ninja builds, a bar shows how far."""

import contextlib
import os
import pathlib
import re
import subprocess

from devtool.context import Context, Trouble
from devtool.locks import alone
from devtool.show import Progress, step

PROGRESS = re.compile(r"^\[(\d+)/(\d+)\] ")
# What Ninja and a repeated configuration say of themselves; the rest are compilers' messages.
NOISE = ("ninja: no work to do.", "ninja: Entering directory", "-- ", "--   ")


def build(context: Context, targets: list[str], preset: str = "release") -> None:
    """Configures if needed and builds `targets`, or everything."""
    tree = configure(context, preset)
    with step(f"building {' '.join(targets) or 'everything'} ({preset})"):
        _ninja(tree, targets)


def configure(context: Context, preset: str) -> pathlib.Path:
    """The build tree of a preset, configured once; Ninja repeats it when CMake's files change."""
    tree = context.state / "build" / preset
    tree.mkdir(parents=True, exist_ok=True)
    with _of_tree(tree):
        if not (tree / "build.ninja").exists():
            _cmake(context, preset, tree)
    return tree


def _of_tree(tree: pathlib.Path) -> contextlib.AbstractContextManager[int]:
    """Two that build in one tree at once would spoil its logs, even with nothing to do."""
    lock = tree / "tools-dev.lock"
    lock.touch()
    return alone(lock, f"building in {tree}")


def _cmake(context: Context, preset: str, tree: pathlib.Path) -> None:
    with step(f"configuring ({preset})"):
        result = subprocess.run(["cmake", "--preset", preset, "-B", tree], cwd=context.root,
                                capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Trouble(f"cmake could not configure:\n{result.stdout[-2000:]}{result.stderr}")


def _ninja(tree: os.PathLike[str], targets: list[str]) -> None:
    environment = {**os.environ, "NINJA_STATUS": "[%f/%t] "}
    progress = Progress()
    with (_of_tree(tree) as lock,
          subprocess.Popen(["ninja", "-C", tree, *targets], stdout=subprocess.PIPE,
                           stderr=subprocess.STDOUT, text=True, errors="replace",
                           env=environment, pass_fds=(lock,)) as ninja):
        for line in ninja.stdout:
            at = PROGRESS.match(line)
            if at:
                progress.show(int(at[1]), int(at[2]))
            elif not line.startswith(NOISE):
                progress.clear()
                print(line, end="", flush=True)
    progress.clear()
    if ninja.returncode != 0:
        raise Trouble("the build failed; what the compiler said stands above. "
                      f"To see one target alone: ninja -C {tree} <target>")
