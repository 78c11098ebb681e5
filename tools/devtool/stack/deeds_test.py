"""Deeds that are done once are remembered, with what they made."""

import pathlib
import tempfile
import types
import unittest

from devtool.stack.deeds import Journal

ONCE = {"id": "0190", "request": {}}


class JournalTest(unittest.TestCase):
    """What one run did, the next one knows."""

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        home = types.SimpleNamespace(folder=pathlib.Path(folder.name),
                                     write=pathlib.Path.write_text)
        self._stack = types.SimpleNamespace(home=home)

    def test_a_deed_is_done_once(self):
        self.assertFalse(Journal(self._stack).has(ONCE))
        Journal(self._stack).add(ONCE, {})
        self.assertTrue(Journal(self._stack).has(ONCE))

    def test_a_later_request_names_what_was_made(self):
        Journal(self._stack).add(ONCE, {"name": "topics/7"})
        request = {"parent": "${0190}", "post": {"markdown": "see [it](${0190})"}}
        self.assertEqual(Journal(self._stack).filled_in(request),
                         {"parent": "topics/7", "post": {"markdown": "see [it](topics/7)"}})

    def test_what_was_never_made_cannot_be_named(self):
        with self.assertRaises(KeyError):
            Journal(self._stack).filled_in({"parent": "${0191}"})


if __name__ == "__main__":
    unittest.main()
