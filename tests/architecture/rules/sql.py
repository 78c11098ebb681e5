"""Where SQL stands and how it reads."""

import re

from architecture.rule import Found, lines_matching, rule
from architecture.tree import Tree, is_test

STATEMENT = (r'"\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET|DELETE\s+FROM\s|WITH\s+\w+\s+AS|'
             r"CREATE\s+(TABLE|INDEX)|ALTER\s+TABLE|TRUNCATE\s|LOCK\s+TABLE)")
# What follows ORDER BY, up to where the next clause or the end of the query begins.
ORDER = re.compile(r"\bORDER\s+BY\b((?:(?!\b(?:LIMIT|FOR|ON|RETURNING|UNION)\b)[^;)])*)",
                   re.IGNORECASE)
COMMENT = re.compile(r"--[^\n]*")
LITERAL = re.compile(r"\$(\w*)\$.*?\$\1\$|'(?:[^']|'')*'", re.DOTALL)


def _plain(text: str) -> str:
    """SQL without comments and literals; lines stay where they are."""
    text = COMMENT.sub("", text)
    return LITERAL.sub(lambda match: "''" + "\n" * match[0].count("\n"), text)


def _statements(tree: Tree) -> list[str]:
    return tree.matching(r"(services/[^/]+/store/sql|libs/[^/]+/sql)/[^/]+\.sql$")


@rule("Put it into store/sql/<what_it_does>.sql and run it by its constant.",
      bad={"services/x/store/a.cpp": 'Run("SELECT 1 FROM topics");\n',
           "services/x/api/b.cpp": 'Run("DELETE FROM topics");\n'},
      good={"services/x/store/a.cpp": "Run(sql::kGetTopic);\n",
            "services/x/store/a_test.cpp": 'Query("SELECT 1 FROM topics");\n',
            "libs/postgres/a.cpp": 'Run("SELECT 1");\n'})
def sql_stands_in_files(tree: Tree) -> Found:
    names = [name for name in tree.cpp("services/", "tools/") if not is_test(name)]
    yield from lines_matching(tree, names, STATEMENT, "SQL in C++ ('{}')",
                              tree.code_with_literals)
    for name in tree.matching(r".*\.sql$"):
        if not re.match(r"(services|libs)/[^/]+/(store/sql|sql|migrations)/|tests/|deploy/", name):
            yield name, 1, "SQL stands in store/sql or migrations"


@rule("Remove the file, or call it.",
      bad={"services/x/store/sql/get_topic.sql": "SELECT 1;\n", "services/x/store/a.cpp": ""},
      good={"services/x/store/sql/get_topic.sql": "SELECT 1;\n",
            "services/x/store/a.cpp": "work.One(sql::kGetTopic);\n"})
def every_statement_has_a_caller(tree: Tree) -> Found:
    for name in _statements(tree):
        owner = "/".join(name.split("/")[:2]) + "/"
        stem = name.rpartition("/")[2].removesuffix(".sql")
        constant = "k" + "".join(word.capitalize() for word in stem.split("_"))
        callers = [file for file in tree.cpp(owner) if not is_test(file)]
        if not any(re.search(rf"\b{constant}\b", tree.code(file)) for file in callers):
            yield name, 1, f"nobody runs {constant}"


@rule("Split it: one file, one statement, one name.",
      bad={"services/x/store/sql/a.sql": "SELECT 1;\nSELECT 2;\n"},
      good={"services/x/store/sql/a.sql": "-- One; only.\nSELECT ';';\n"})
def a_file_holds_one_statement(tree: Tree) -> Found:
    for name in _statements(tree):
        parts = [part for part in _plain(tree.text(name)).split(";") if part.strip()]
        if len(parts) != 1:
            yield name, 1, f"{len(parts)} statements in one file"


@rule("Page by key: WHERE (sort, id) < ($1, $2) ORDER BY … LIMIT.",
      bad={"services/x/store/sql/a.sql": "SELECT 1 FROM t ORDER BY n LIMIT 5 OFFSET $1;\n"},
      good={"services/x/store/sql/a.sql": "-- No OFFSET.\nSELECT 1 FROM t LIMIT 5;\n"})
def pages_go_by_key(tree: Tree) -> Found:
    yield from lines_matching(tree, _statements(tree), r"(?i)\boffset\b", "'{}' reads and drops "
                              "rows", lambda name: _plain(tree.text(name)))


@rule("Order by stored columns that an index holds; keep a computed one as a column.",
      bad={"services/x/store/sql/a.sql": "SELECT 1 FROM t\nORDER BY now() - made;\n"},
      good={"services/x/store/sql/a.sql": "INSERT INTO t SELECT max(n) FROM s ORDER BY made, id\n"
                                          "ON CONFLICT (id) DO NOTHING;\n"})
def order_is_by_columns(tree: Tree) -> Found:
    for name in _statements(tree):
        text = _plain(tree.text(name))
        for match in ORDER.finditer(text):
            if "(" in match[1]:
                line = text.count("\n", 0, match.start()) + 1
                yield name, line, "a function in ORDER BY"
