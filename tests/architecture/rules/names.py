"""Where things stand and what they are called."""

import re

from architecture.rule import Found, rule
from architecture.tree import Tree

TOP = frozenset((
    "CMakeLists.txt", "CMakePresets.json", "README.md", "LICENSE", ".ci", "protos", "libs",
    "services", "deploy", "helm", "tools", "tests",
    # What tools insist on.
    ".clang-format", ".editorconfig", ".gitattributes", ".gitignore", ".npmrc",
    "package.json", "package-lock.json"))
CATCH_ALL = frozenset(("common", "doc", "docs", "helper", "helpers", "include", "misc", "shared",
                       "src", "stuff", "util", "utils"))
ROOMS = frozenset(("api", "domain", "store", "migrations", "workers", "clients"))
# Beside the rooms; settings.cpp holds the lines that read settings.h.
HALL = frozenset(("README.md", "CMakeLists.txt", "main.cpp", "settings.h", "settings.cpp",
                  "settings_test.cpp"))


@rule("Put it into one of the folders of the plan.",
      bad={"docs/guide.md": ""}, good={"libs/base/README.md": "", "README.md": ""})
def top_level_names_are_those_of_the_plan(tree: Tree) -> Found:
    for name in sorted({name.partition("/")[0] for name in tree.files} - TOP):
        yield name, 1, f"'{name}' is no top-level name of the plan"


@rule("Put it into the folder that it is about.",
      bad={"libs/NOTE.txt": "", "services/main.cpp": ""}, good={"libs/CMakeLists.txt": ""})
def libs_and_services_hold_folders(tree: Tree) -> Found:
    for name in tree.matching(r"(libs|services)/[^/]+$"):
        if not name.endswith(("CMakeLists.txt", "README.md")):
            yield name, 1, "a file outside of any library or service"


@rule("Name the folder after what it holds; a document lives in the README of what it explains.",
      bad={"libs/utils/strings.h": ""}, good={"libs/base/strings.h": ""})
def no_folder_is_a_catch_all(tree: Tree) -> Found:
    for name in tree.files:
        for folder in CATCH_ALL.intersection(name.split("/")[:-1]):
            yield name, 1, f"the folder '{folder}' says nothing about what it holds"


@rule("Use api, domain, store, migrations, workers or clients; logic does not lie in the hall.",
      bad={"services/x/logic/a.cpp": "", "services/x/engine.cpp": "", "services/x/store/deep/a.cpp":
           ""},
      good={"services/x/main.cpp": "", "services/x/store/sql/get.sql": "",
            "services/x/domain/corpus/markdown/list": "", "services/web/src/a.ts": ""})
def services_have_the_rooms_of_the_plan(tree: Tree) -> Found:
    for name in tree.matching(r"services/(?!web/)[^/]+/"):
        place = name.split("/")[2:]
        if len(place) == 1:
            if place[0] not in HALL:
                yield name, 1, "this file belongs into a room"
        elif place[0] not in ROOMS:
            yield name, 1, f"'{place[0]}' is no room of a service"
        elif len(place) > 2 and place[:2] != ["store", "sql"] and place[1] != "corpus":
            yield name, 1, "rooms have no rooms but store/sql and corpus"


@rule("Write half a page to a page: purpose, what it owns, what it leaves out, limits, cost.",
      bad={"services/x/main.cpp": "", "libs/y/a.h": ""}, finds=2,
      good={"services/x/main.cpp": "", "services/x/README.md": "# x\n"})
def every_service_and_library_has_a_readme(tree: Tree) -> Found:
    for folder in sorted({"/".join(name.split("/")[:2])
                          for name in tree.matching(r"(services|libs)/[^/]+/")}):
        if f"{folder}/README.md" not in tree.files:
            yield f"{folder}/README.md", 1, "there is no README"


@rule("Spell it snake_case, and end C++ in .cpp or .h.",
      bad={"libs/base/HttpServer.cpp": "", "libs/base/a.cc": ""},
      good={"libs/base/http_server.cpp": "", "tools/dev": ""})
def source_files_are_snake_case(tree: Tree) -> Found:
    for name in tree.files:
        base = name.rpartition("/")[2]
        if base.endswith((".cc", ".cxx", ".hpp", ".hh")):
            yield name, 1, "C++ files end in .cpp and .h"
        elif base.endswith((".cpp", ".h", ".py", ".sql", ".proto")):
            if not re.fullmatch(r"[a-z0-9_]+\.[a-z]+", base):
                yield name, 1, "the name is not snake_case"


@rule("Put it beside the x.cpp or x.h that it tests, as x_test.cpp.",
      bad={"services/x/domain/more_test.cpp": ""},
      good={"services/x/domain/a.h": "", "services/x/domain/a_test.cpp": "",
            "services/x/domain/domain_test.cpp": "", "services/x/api/lists_test.cpp": ""})
def rules_have_their_tests_beside_them(tree: Tree) -> Found:
    files = set(tree.files)
    # Elsewhere a test may tell a story through several files; it is named after its subject.
    for name in tree.matching(r"services/[^/]+/domain/.*_test\.cpp$"):
        stem = name.removesuffix("_test.cpp")
        if not {f"{stem}.cpp", f"{stem}.h"} & files and not stem.endswith("/domain"):
            yield name, 1, "there is no file of that name beside it"


@rule("Put x_fuzz.cpp beside the x.cpp or x.h whose parser it tries, and inputs to begin with into "
      "corpus/x beside it: hand-written ones, and each that was once found not to hold.",
      bad={"services/x/domain/a.h": "", "services/x/domain/a_fuzz.cpp": "",
           "libs/y/b_fuzz.cpp": "", "libs/y/corpus/b/one": "", "libs/y/corpus/c/one": ""}, finds=3,
      good={"services/x/domain/a.h": "", "services/x/domain/a_fuzz.cpp": "",
            "services/x/domain/corpus/a/one": "",
            "libs/testing/fuzz/planted_fuzz.cpp": ""})
def fuzz_targets_have_a_parser_and_a_corpus(tree: Tree) -> Found:
    files = set(tree.files)
    parts = [name.split("/") for name in tree.matching(r".*/corpus/[^/]+/[^/]+$")]
    corpora = {("/".join(part[:-3]), part[-2]) for part in parts}
    targets = set()
    # What the targets have in common is in libs/testing/fuzz, and one that shows that they bite.
    for name in tree.matching(r"(?!libs/testing/fuzz/).*_fuzz\.cpp$"):
        stem = name.removesuffix("_fuzz.cpp")
        folder, _, subject = stem.rpartition("/")
        targets.add((folder, subject))
        if not {f"{stem}.cpp", f"{stem}.h"} & files:
            yield name, 1, "there is no parser of that name beside it"
        if (folder, subject) not in corpora:
            yield name, 1, f"there is no input in corpus/{subject}"
    for folder, subject in sorted(corpora - targets):
        yield f"{folder}/corpus/{subject}", 1, f"there is no {subject}_fuzz.cpp"


@rule("Name the file after its RPC (create_topic.cpp); what several RPCs share has a header, and "
      "rules belong into domain/.",
      bad={"services/x/api/logic.cpp": "",
           "protos/guildhall/x/v1/a.proto": "  rpc GetIt(A) returns (B) {"},
      good={"services/x/api/get_it.cpp": "", "services/x/api/get_it_test.cpp": "",
            "services/x/api/convert.cpp": "", "services/x/api/convert.h": "",
            "services/x/api/register.cpp": "",
            "protos/guildhall/x/v1/a.proto": "  rpc GetIt(A) returns (B) {"})
def api_has_one_file_per_rpc(tree: Tree) -> Found:
    methods = {snake_case(method) for proto in tree.matching(r"protos/guildhall/.*\.proto$")
               for method in re.findall(r"^\s*rpc (\w+)", tree.text(proto), re.MULTILINE)}
    for name in tree.matching(r"services/[^/]+/api/[^/]+(?<!_test)(?<!_fuzz)\.cpp$"):
        stem = name.removesuffix(".cpp")
        base = stem.rpartition("/")[2]
        # register.cpp hands the handlers to the engine.
        if base not in methods and base != "register" and f"{stem}.h" not in tree.files:
            yield name, 1, f"no RPC is called {base}"


def snake_case(name: str) -> str:
    """GetTopic -> get_topic."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", name).lower()
