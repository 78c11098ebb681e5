"""The command's own words: the list of verbs, and what it says when something is wrong."""

import contextlib
import io
import unittest

from devtool import packages
from devtool.__main__ import load_verbs, main


class MainTest(unittest.TestCase):
    def said(self, *arguments: str) -> tuple[int, str]:
        out = io.StringIO()
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
            code = main(list(arguments))
        return code, out.getvalue()

    def test_without_a_verb_all_are_listed_with_a_line_each(self) -> None:
        code, text = self.said()
        self.assertEqual(code, 0)
        for verb in ("up", "down", "test", "build", "check", "fmt"):
            self.assertRegex(text, rf"(?m)^  {verb} +\S")

    def test_an_unknown_verb_is_refused(self) -> None:
        code, text = self.said("upp")
        self.assertEqual(code, 2)
        self.assertIn("no verb 'upp'", text)

    def test_a_state_folder_that_cannot_be_made_is_told(self) -> None:
        code, text = self.said("logs", "--state", "/dev/null/x")
        self.assertEqual(code, 1)
        self.assertIn("Choose another with --state DIR", text)

    def test_no_two_verbs_have_one_rank(self) -> None:
        ranks = [module.RANK for module in load_verbs().values()]
        self.assertEqual(len(ranks), len(set(ranks)))


class PackagesTest(unittest.TestCase):
    def test_the_progress_of_apt_is_read(self) -> None:
        lines = {"dlstatus:1:5.55:Downloading": ("dl", "5.55"),
                 "pmstatus:libc6:amd64:33.33:Installing libc6": ("pm", "33.33"),
                 "pmstatus:dpkg-exec:100.0000:Running dpkg": ("pm", "100.0000")}
        for line, expected in lines.items():
            self.assertEqual(packages.STATUS.match(line).groups(), expected)

    def test_what_is_not_installed_is_missing(self) -> None:
        self.assertEqual(packages.missing(["dpkg", "no-such-package-here"]),
                         ["no-such-package-here"])


if __name__ == "__main__":
    unittest.main()
