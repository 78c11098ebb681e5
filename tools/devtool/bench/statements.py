"""The statements of store/sql and of the libraries, and what their parameters are for a plan."""

import dataclasses
import pathlib
import re

from devtool.context import Context, Trouble

PLANS = pathlib.Path("tests/benchmarks/plans")
# Whose statements run in a service's database beside its own.
LIBRARIES = {"identity": ("changelog", "feeds", "idempotency"),
             "directory": ("changelog", "feeds", "idempotency"),
             "discussions": ("changelog", "idempotency")}
PARAMETER = re.compile(r"\$(\d+) (.*?)(?=,? (?:and )?\$\d|$)")
SAME_LENGTH = " (arrays of the same length)"
UNNEST = re.compile(r"unnest\(((?:[^()]|\([^()]*\))*)\)")
SUBJECT = re.compile(r"\{([a-z_]+)(?::([^{}]*))?\}")
TEN = 10


@dataclasses.dataclass(frozen=True)
class Rule:
    """What stands for a word: the type of the parameter, or nothing, and an expression."""

    type: str
    expression: str


@dataclasses.dataclass(frozen=True)
class Statement:
    """A file of store/sql."""

    name: str
    sql: str
    # What the comment calls each parameter; arrays in brackets.
    words: tuple[str, ...]


def read(context: Context, service: str) -> list[Statement]:
    """All that run in a service's database, by name."""
    folders = [context.root / "services" / service / "store/sql",
               *(context.root / "libs" / library / "sql" for library in LIBRARIES[service])]
    return sorted((parse(file.stem, file.read_text()) for folder in folders
                   for file in folder.glob("*.sql")), key=lambda found: found.name)


def parse(name: str, text: str) -> Statement:
    """A statement of its text; fails where the comment leaves out a parameter."""
    lines = text.splitlines()
    head = " ".join(line[2:].strip() for line in lines if line.startswith("--"))
    sql = "\n".join(line for line in lines if not line.lstrip().startswith("--")).strip()
    count = max((int(number) for number in re.findall(r"\$(\d+)", sql)), default=0)
    begin = head.rfind("$1 ")
    told: dict[int, str] = {}
    for number, word in PARAMETER.findall(head[begin:] if begin >= 0 else ""):
        # What says of another what it has to do with this one says no more of this one.
        told.setdefault(int(number), word.strip(" ,."))
    words = []
    for number in range(1, count + 1):
        if number not in told:
            raise Trouble(f"{name}.sql: its comment does not say what ${number} is")
        word = re.sub(r", (?:at most \d+|all different)$", "", told[number])
        word = word.removesuffix(SAME_LENGTH)
        words.append(f"[{word}]" if _is_list(number, sql) else word)
    return Statement(name, sql, tuple(words))


def _is_list(number: int, sql: str) -> bool:
    mention = re.compile(rf"\${number}\b")
    return (any(mention.search(inside) for inside in UNNEST.findall(sql))
            or re.search(rf"\bany\s*\(\s*\${number}\b", sql, re.IGNORECASE) is not None)


def rules(context: Context) -> dict[str, Rule]:
    """By word, or by statement and word."""
    found = {}
    for line in (context.root / PLANS / "parameters.txt").read_text().splitlines():
        if not line or line.startswith("#"):
            continue
        word, kind, expression = (part.strip() for part in line.split("|", 2))
        if word in found:
            raise Trouble(f"parameters.txt: two rows for {word!r}")
        found[word] = Rule(kind, expression)
    return found


def arguments(statement: Statement, known: dict[str, Rule],
              subjects: dict[str, str]) -> tuple[str, str]:
    """The types for PREPARE and the values for EXECUTE, each in parentheses, or nothing."""
    types, values = [], []
    for word in statement.words:
        rule = known.get(f"{statement.name}: {word}") or known.get(word)
        if rule is None:
            raise Trouble(f"{statement.name}.sql has a parameter {word!r} of which "
                          f"{PLANS}/parameters.txt knows nothing: say there what stands for it")
        types.append(rule.type or "unknown")
        value = SUBJECT.sub(lambda match: _value(match, statement, subjects), rule.expression)
        values.append(f"({value})::{rule.type}" if rule.type else value)
    return (f"({', '.join(types)})", f"({', '.join(values)})") if types else ("", "")


def _value(match: re.Match, statement: Statement, subjects: dict[str, str]) -> str:
    name, inside = match.groups()
    if name == "ten":
        return f"ARRAY[{', '.join([inside] * TEN)}]"
    if name not in subjects:
        raise Trouble(f"{statement.name}.sql asks for {{{name}}}, which {PLANS}/subjects.sql "
                      "does not choose in this service's database")
    return subjects[name]
