"""The files that the rules look at."""

import functools
import pathlib
import re

from devtool.files import all_files

# A comment, a raw string, a string or a character: whatever comes first hides what is inside it.
TOKEN = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^(\s]*)\(.*?\)(?P=mark)"|"(?:\\.|[^"\\\n])*"'
    r"|(?<![0-9a-fA-F])'(?:\\.|[^'\\\n])+'", re.DOTALL)


def is_test(name: str) -> bool:
    """Whether C++ is compiled into test programs only: tests, fuzz targets, what helps them."""
    base = name.rpartition("/")[2]
    return (base.endswith(("_test.cpp", "_fuzz.cpp", "_fixture.h")) or base.startswith("test_")
            or name.startswith(("tests/", "libs/testing/")))


class Tree:
    """Files by path relative to the root; an example is made from a dictionary of texts."""

    def __init__(self, texts: dict[str, str] | None = None, root: pathlib.Path | None = None):
        self._texts = texts
        self._root = root

    @classmethod
    def of_checkout(cls, root: pathlib.Path) -> "Tree":
        return cls(root=root)

    @functools.cached_property
    def files(self) -> tuple[str, ...]:
        """All paths, sorted."""
        return all_files(self._root) if self._texts is None else tuple(sorted(self._texts))

    @functools.cache
    def text(self, name: str) -> str:
        """The content; empty for what is no text."""
        if self._texts is not None:
            return self._texts[name]
        data = (self._root / name).read_bytes()
        return "" if b"\0" in data else data.decode(errors="replace")

    def matching(self, pattern: str) -> list[str]:
        """The paths that a regular expression matches from their beginning."""
        return [name for name in self.files if re.match(pattern, name)]

    def cpp(self, *folders: str) -> list[str]:
        """C++ files, below `folders` if there are any."""
        return [name for name in self.files
                if name.endswith((".cpp", ".h")) and (not folders or name.startswith(folders))]

    @functools.cache
    def code(self, name: str) -> str:
        """C++ without comments and with empty literals; lines stay where they are."""
        return TOKEN.sub(lambda token: _blank(token[0], keep_literals=False), self.text(name))

    @functools.cache
    def code_with_literals(self, name: str) -> str:
        """C++ without comments; lines stay where they are."""
        return TOKEN.sub(lambda token: _blank(token[0], keep_literals=True), self.text(name))

    def includes(self, name: str) -> list[tuple[int, str]]:
        """Line and path of each #include."""
        found = []
        for number, line in enumerate(self.text(name).splitlines(), start=1):
            match = re.match(r'\s*#\s*include\s*[<"]([^>"]+)[>"]', line)
            if match:
                found.append((number, match[1]))
        return found


def _blank(token: str, keep_literals: bool) -> str:
    if token.startswith("/"):
        return "\n" * token.count("\n")
    if keep_literals:
        return token
    return token[0] + "\n" * token.count("\n") + token[-1]
