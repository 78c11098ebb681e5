"""Each check here bites on a bad example."""

import pathlib
import subprocess
import tempfile
import unittest

from devtool import node, typescript
from devtool.checks import cpp_format, lists, migrations, scripts, text
from devtool.context import Context, locate


class ChecksTest(unittest.TestCase):
    def setUp(self) -> None:
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.root = pathlib.Path(folder.name)
        self.context = Context(self.root, self.root / ".state")
        subprocess.run(["git", "init", "-q", self.root], check=True)

    def write(self, name: str, content: str) -> None:
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(content)

    def test_badly_laid_out_cpp_is_found_and_mended(self) -> None:
        self.write(".clang-format", "BasedOnStyle: Google\n")
        self.write("a.cpp", "int  x ;\n")
        self.assertEqual(cpp_format.find(self.context), ["a.cpp: not in the form of clang-format"])
        cpp_format.mend(self.context)
        self.assertEqual((self.root / "a.cpp").read_text(), "int x;\n")

    def test_blanks_at_line_ends_are_found_and_mended(self) -> None:
        self.write("a.md", "one\ntwo  \n")
        self.assertRegex(text.find(self.context)[0], r"^a\.md:2: a blank")
        text.mend(self.context)
        self.assertEqual(text.find(self.context), [])

    def test_a_missing_line_feed_at_the_end_is_found(self) -> None:
        self.write("a.md", "one")
        self.assertEqual(len(text.find(self.context)), 1)

    def test_a_symbolic_link_is_found(self) -> None:
        (self.root / "node_modules").symlink_to("/nowhere")
        self.assertRegex(text.find(self.context)[0], r"^node_modules: a symbolic link")

    def test_a_shell_script_with_a_fault_is_found(self) -> None:
        self.write("run", "#!/bin/bash\nrm $1\n")
        self.assertTrue(any("SC2086" in line for line in scripts.find(self.context)))

    def test_an_unused_import_and_a_long_line_are_found(self) -> None:
        self.write("a.py", "import os\n" + "x = 1  # " + "long " * 20 + "\n")
        self.assertEqual(len(scripts.find(self.context)), 2)

    def test_a_lock_file_that_names_a_host_is_found(self) -> None:
        self.write("tools/packages.txt", "a\nb\n")
        self.write("package-lock.json",
                   '{"packages": {"x": {"resolved": "https:' + '//host.example/x.tgz"}}}')
        self.assertRegex(lists.find(self.context)[0], "names the host")

    def test_an_unsorted_list_of_packages_is_found(self) -> None:
        self.write("tools/packages.txt", "b\na\n")
        self.write("package-lock.json", '{"packages": {}}')
        self.assertRegex(lists.find(self.context)[0], "not sorted")

    def test_a_gap_in_the_numbers_of_migrations_is_found(self) -> None:
        names = ["services/x/migrations/0001_a.sql", "services/x/migrations/0003_b.sql"]
        self.assertRegex(migrations.numbering(names)[0], r"numbers are \[1, 3\]")

    def test_a_wrong_type_is_found(self) -> None:
        checkout = locate(None)
        node.ensure(checkout)
        config = (checkout.root / typescript.PACKAGE / "tsconfig.json").read_text()
        self.write("tsconfig.json", config)
        self.write("package.json", '{"type": "module"}')
        self.write("a.ts", "export const a: number = 'one';\n")
        found = typescript.compile_project(checkout, self.root)
        self.assertRegex(found[0], r"a\.ts\(1,14\): error TS2322")

    def test_two_migrations_with_one_number_are_found(self) -> None:
        names = ["services/x/migrations/0001_a.sql", "services/x/migrations/0001_b.sql"]
        self.assertEqual(len(migrations.numbering(names)), 1)

    def test_a_migration_with_a_wrong_name_is_found(self) -> None:
        self.assertEqual(len(migrations.numbering(["services/x/migrations/down.sql"])), 1)

    def test_a_migration_that_commits_by_itself_is_found(self) -> None:
        self.assertEqual(len(migrations.transactions({"m.sql": "SELECT 1;\nCOMMIT;\n"})), 1)

    def test_a_migration_that_changed_after_its_release_is_found(self) -> None:
        self.write("services/x/migrations/0001_a.sql", "SELECT 1;\n")
        git = ["git", "-C", str(self.root), "-c", "user.name=x", "-c", "user.email=x@x.example"]
        subprocess.run([*git, "add", "."], check=True)
        subprocess.run([*git, "commit", "-qm", "x"], check=True)
        subprocess.run([*git, "tag", "v1.0"], check=True)
        self.assertEqual(migrations.find(self.context), [])
        self.write("services/x/migrations/0001_a.sql", "SELECT 2;\n")
        self.assertRegex(migrations.find(self.context)[0], "changed since v1.0")


if __name__ == "__main__":
    unittest.main()
