"""What a public repository does not hold."""

from architecture.rule import Found, lines_matching, rule
from architecture.tree import Tree


@rule("Name the package; the machine's configuration knows where packages come from.",
      bad={"tools/a.py": "fetch('registry." + "npmjs.org/x')\n",
           ".npmrc": "registry=" + "https:/" + "/mirror.example/npm\n"},
      good={"tools/a.py": "run('npm', 'ci')\n"})
def no_package_registry_is_named(tree: Tree) -> Found:
    pattern = (r"registry\.npm\w+\.|pypi\.(org|python)|files\.pythonhosted|crates\.io|"
               r"proxy\.golang|repo\d*\.maven|(deb|security|ftp)\.debian\.org|"
               r"(^|\s)(registry|index-url)\s*=\s*\w+:")
    yield from lines_matching(tree, list(tree.files), pattern, "names a package registry")


@rule("Use a path relative to the checkout, or a setting.",
      bad={"tools/a.py": "open('/ho" + "me/ann/data')\n", "README.md": "cd /wo" + "rk/main\n"},
      good={"tools/a.py": "open('/etc/debian_version')\n"})
def no_path_of_one_machine_is_written(tree: Tree) -> Found:
    yield from lines_matching(tree, list(tree.files), r"(?<![\w.$}])/(home|work|root|Users)/\w",
                              "'{}…' exists on one machine only")


@rule("Make it at run time, or take it as a setting; tests make their keys themselves.",
      bad={"tests/key.pem": "-----BEGIN EC PRIVATE " + "KEY-----\n"},
      good={"tests/cert.pem": "-----BEGIN CERTIFICATE-----\n"})
def no_private_key_is_committed(tree: Tree) -> Found:
    yield from lines_matching(tree, list(tree.files), r"-----BEGIN [A-Z ]*PRIVATE KEY-----",
                              "a private key")
