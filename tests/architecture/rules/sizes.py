"""How long things may be."""

import ast
import re
import statistics

from architecture.rule import Found, rule
from architecture.tree import Tree

FILE_LINES = 500
MEDIAN_LINES = 120
NINE_OF_TEN_LINES = 300
FUNCTION_LINES = 60
WRITTEN = (".cpp", ".h", ".py", ".proto", ".sql", ".cmake", ".mjs", ".ts", ".yaml")

# What an opening brace outside of functions begins, told by the text before it.
SCOPE = re.compile(r"\b(namespace|class|struct|union|enum|extern)\b[^()]*$")
TABLE = re.compile(r"=\s*\w*\s*$|^[^()]*\w[^()]*$")
LABEL = re.compile(r"^.*\b(public|private|protected):", re.DOTALL)
DIRECTIVE = re.compile(r"^[ \t]*#(?:.*\\\n)*.*$", re.MULTILINE)


def written(tree: Tree) -> dict[str, int]:
    """Lines of each file that somebody wrote."""
    return {name: tree.text(name).count("\n") for name in tree.files if name.endswith(WRITTEN)}


@rule("Split it by subject.",
      bad={"libs/base/a.cpp": "int x;\n" * 501}, good={"libs/base/a.cpp": "int x;\n" * 500})
def no_file_is_over_500_lines(tree: Tree) -> Found:
    for name, lines in written(tree).items():
        if lines > FILE_LINES:
            yield name, FILE_LINES, f"{lines} lines"


@rule("Split the longest ones by subject.",
      bad={f"libs/base/{name}.cpp": "int x;\n" * 301 for name in "abcdefghij"}, finds=1,
      good={f"libs/base/{name}.cpp": "int x;\n" * 100 for name in "abcdefghij"})
def most_files_are_short(tree: Tree) -> Found:
    sizes = sorted(written(tree).values())
    if len(sizes) < 10:
        return
    median = statistics.median(sizes)
    nine_of_ten = statistics.quantiles(sizes, n=10)[-1]
    if median > MEDIAN_LINES or nine_of_ten > NINE_OF_TEN_LINES:
        yield "CMakeLists.txt", 1, (f"the median file has {median:.0f} lines (at most "
                                    f"{MEDIAN_LINES}), nine of ten have at most "
                                    f"{nine_of_ten:.0f} (at most {NINE_OF_TEN_LINES})")


def _cpp_functions(text: str):
    """First line, length and opening text of each function, told by matching braces."""
    text = DIRECTIVE.sub(lambda match: "\n" * match[0].count("\n"), text)
    scopes, header, header_start = [], "", 0
    for match in re.finditer(r"[{};]", text):
        header = LABEL.sub("", text[header_start:match.start()])
        header_start = match.end()
        if match[0] == "{":
            inside = scopes[-1][0] if scopes else "scope"
            scopes.append((_opens(header) if inside == "scope" else "inside",
                           match.start(), header.strip()))
        elif match[0] == "}" and scopes:
            kind, start, opening = scopes.pop()
            if kind == "function":
                first = text.count("\n", 0, start) - opening.count("\n") + 1
                last = text.count("\n", 0, match.start()) + 1
                yield first, last - first + 1, opening.partition("\n")[0]


def _opens(header: str) -> str:
    """What a brace outside of functions begins: a scope, a table or a function."""
    if SCOPE.search(header):
        return "scope"
    return "table" if TABLE.search(header) else "function"


def _python_functions(text: str):
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.lineno, node.end_lineno - node.lineno + 1, node.name


@rule("Give its parts names.",
      bad={"libs/base/a.cpp": "void Long() {\n" + "  if (x) {\n  }\n" * 30 + "}\n",
           "libs/base/c.h": "class X {\n  X(int a,\n    int b)\n    : a_{a}, b_(b) {\n"
                            + "    Work();\n" * 60 + "  }\n};\n",
           "tools/b.py": "def long():\n" + "    work()\n" * 60},
      good={"libs/base/a.cpp": "namespace x {\nvoid Short() {\n" + "  Work();\n" * 58 + "}\n"
                               + "int y;\n" * 60 + "int t[] = {\n" + "  1,\n" * 99
                               + "};\n}  // namespace x\n"})
def no_function_is_over_60_lines(tree: Tree) -> Found:
    for name in tree.files:
        if name.endswith(".py"):
            functions = _python_functions(tree.text(name))
        elif name.endswith((".cpp", ".h")):
            functions = _cpp_functions(tree.code(name))
        else:
            continue
        for line, length, what in functions:
            if length > FUNCTION_LINES:
                yield name, line, f"{what[:60]} has {length} lines"
