"""Where things are, and how the tools say that something is wrong."""

import dataclasses
import os
import pathlib


class Trouble(Exception):
    """What stops a command: a sentence for people that says what to do."""


@dataclasses.dataclass(frozen=True)
class Context:
    """The checkout and the folder for everything that the tools make."""

    root: pathlib.Path
    state: pathlib.Path

    @property
    def build(self) -> pathlib.Path:
        """The release build tree."""
        return self.state / "build" / "release"

    @property
    def node_folder(self) -> pathlib.Path:
        """Where a newer Node.js is kept if the machine's is too old."""
        return self.state / "node"

    @property
    def in_ci(self) -> bool:
        """Whether nobody is watching."""
        return os.environ.get("CI") == "true"


def locate(state: str | None) -> Context:
    """Finds the checkout that this file is part of; `state` is a folder or None for .state/."""
    root = pathlib.Path(__file__).resolve().parents[2]
    chosen = state or os.environ.get("GUILDHALL_STATE") or str(root / ".state")
    folder = pathlib.Path(chosen).absolute()
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise Trouble(f"The state folder {folder} cannot be made ({error.strerror}). "
                      "Choose another with --state DIR or GUILDHALL_STATE.") from error
    return Context(root=root, state=folder)
