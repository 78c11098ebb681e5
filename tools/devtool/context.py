"""Where things are, and how the tools say that something is wrong."""

import dataclasses
import errno
import os
import pathlib
import shutil

# So little is left when whatever needed more has failed.
FULL_BYTES = 16 << 20


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
    if not os.access(folder, os.W_OK | os.X_OK):
        raise Trouble(f"You may not write into the state folder {folder}, which belongs to "
                      f"{folder.owner()}. Choose another with --state DIR or GUILDHALL_STATE.")
    return Context(root=root, state=folder)


def explain(error: OSError) -> str:
    """What the system refused, with what to do about it."""
    where = f"{error.filename}: " if error.filename else ""
    text = f"{where}{os.strerror(error.errno) if error.errno else error}"
    if isinstance(error, PermissionError):
        text += (". Call tools/dev as whoever made this state folder, or choose another with "
                 "--state DIR or GUILDHALL_STATE.")
    return text


def advice(said: str, folder: pathlib.Path) -> str:
    """What else to tell people after a command failed with `said`; mostly nothing."""
    texts = [os.strerror(code) for code in (errno.ENOSPC, errno.EDQUOT)]
    if any(text in said for text in texts) or shutil.disk_usage(folder).free < FULL_BYTES:
        return (f"\nThe disk is full where {folder} is. Make room and repeat, or choose another "
                "disk with --state DIR.")
    return ""
