"""How PostgreSQL runs every statement, against what is on record.

The plan of each is the one for any parameters, which services get from their fifth call on. It runs
with those of which there is most and with usual ones, in a transaction that is rolled back; buffers
are those of the service's own tables and indexes, whatever triggers and functions touch included.
"""

import dataclasses
import json
import pathlib
import re

from devtool.bench import statements
from devtool.bench.house import House
from devtool.bench.statements import PLANS, Statement
from devtool.context import Trouble

SERVICES = ("identity", "directory", "discussions")
WEIGHTS = ("heavy", "usual")
# Reading all of a table of more rows than this is told.
LARGE_ROWS = 10_000
# What buffers move by without a reason: how full pages are, and which rows lie where.
SLACK, SLACK_BUFFERS = 1.5, 20
# Partitions of the change log are named by week.
WEEK = re.compile(r"change_log_(?:\d{4}w\d{2}|rest)")
MARK = "@@plan "
TOUCHED = """(SELECT sum(pg_stat_get_xact_blocks_fetched(oid)) FROM pg_class
 WHERE relnamespace IN ('public'::regnamespace, 'pg_toast'::regnamespace) AND oid >= 16384)"""


@dataclasses.dataclass
class Plan:
    """Of one statement: which tables it reads how, and what it costs."""

    # "topics by topics_pkey", "posts whole".
    ways: list[str]
    buffers: dict[str, int]
    rows: dict[str, int]

    def text(self, name: str) -> str:
        costs = "; ".join(f"{weight} {self.buffers[weight]} buffers, {self.rows[weight]} rows"
                          for weight in WEIGHTS)
        return "\n".join([f"{name}: {costs}", *(f"  {way}" for way in self.ways)])


def take(opened: House, service: str, settings: str = "") -> dict[str, Plan]:
    """The plans of all statements of a service, by name."""
    found = statements.read(opened.context, service)
    known = statements.rules(opened.context)
    subjects = {weight: _subjects(opened, service, weight) for weight in WEIGHTS}
    # As services do, whose plans these are; VACUUM, as the server does by and by.
    script = [r"\set ON_ERROR_STOP 0", "VACUUM;", "SET plan_cache_mode = force_generic_plan;",
              "SET jit = off;", settings]
    script += [_script(each, weight, known, subjects[weight])
               for each in found for weight in WEIGHTS]
    output, errors = opened.psql_output(service, "\n".join(script))
    plans, troubles = {}, []
    for each in found:
        parts = [_part(output, each.name, weight) for weight in WEIGHTS]
        if None in parts:
            troubles.append(each.name)
        else:
            plans[each.name] = _plan(*parts)
    if troubles:
        raise Trouble(f"{service}: no plan of " + ", ".join(_explained(errors, troubles)))
    return plans


def _explained(errors: str, names: list[str]) -> list[str]:
    """Each with the first that PostgreSQL said of it."""
    said = {}
    for part in errors.split(MARK)[1:]:
        name, _, rest = part.partition("\n")
        said[name] = said.get(name) or "\n".join(rest.splitlines()[:3])
    return [f"\n{name}: {said.get(name)}" for name in names]


def _subjects(opened: House, service: str, weight: str) -> dict[str, str]:
    text = (opened.context.root / PLANS / "subjects.sql").read_text()
    part = text.partition(f"-- in {service}\n")[2].partition("-- in ")[0]
    script = part.strip().replace("{heavy}", str(weight == "heavy").lower())
    return json.loads(opened.psql(service, script + ";"))


def _script(statement: Statement, weight: str, known: dict, subjects: dict[str, str]) -> str:
    """Prints a mark, the plan as JSON, and how many buffers were touched."""
    types, values = statements.arguments(statement, known, subjects)
    if re.match(r"(LOCK|SET|CREATE)\b", statement.sql):
        # No plan is made for these.
        return f"\\echo '{MARK}{statement.name} {weight}'\n\\echo '[]'\n\\echo 0 0"
    return "\n".join([
        f"\\warn {MARK}{statement.name}", "BEGIN;", f"PREPARE asked{types} AS {statement.sql};",
        # What functions compile and plan in their first call is no part of what a statement costs.
        f"SAVEPOINT first;\n\\o /dev/null\nEXECUTE asked{values};\n\\o\nROLLBACK TO first;",
        f"SELECT {TOUCHED} AS before \\gset", f"\\echo '{MARK}{statement.name} {weight}'",
        f"EXPLAIN (ANALYZE, TIMING OFF, FORMAT JSON) EXECUTE asked{values};",
        f"SELECT :before, {TOUCHED};", "ROLLBACK;", "DEALLOCATE ALL;"])


def _part(output: str, name: str, weight: str) -> tuple[list, int] | None:
    """The plan and the buffers that were printed after a mark; nothing where it failed."""
    _, mark, rest = output.partition(f"{MARK}{name} {weight}\n")
    text = rest.partition(MARK)[0].strip()
    plan, _, touched = text.rpartition("\n")
    if not mark or not plan.startswith("["):
        return None
    before, after = re.split(r"[| ]", touched)
    return json.loads(plan), int(after) - int(before)


def _plan(heavy: tuple[list, int], usual: tuple[list, int]) -> Plan:
    ways, rows = [], {}
    for weight, (plan, _) in zip(WEIGHTS, (heavy, usual)):
        if plan:
            _walk(plan[0]["Plan"], ways)
            rows[weight] = _rows(plan[0]["Plan"])
        else:
            rows[weight] = 0
    return Plan(sorted(set(ways)), dict(zip(WEIGHTS, (heavy[1], usual[1]))), rows)


def _rows(top: dict) -> int:
    """What is answered or, of what answers nothing, written."""
    if top["Node Type"] == "ModifyTable" and not top["Actual Rows"]:
        return int(top["Plans"][0]["Actual Rows"])
    return int(top["Actual Rows"])


def _walk(node: dict, ways: list[str]) -> None:
    table = WEEK.sub("change_log", node.get("Relation Name", ""))
    index = WEEK.sub("change_log", node.get("Index Name", ""))
    kind = node["Node Type"]
    if kind == "Seq Scan":
        ways.append(f"{table} whole")
    elif kind == "Bitmap Index Scan":
        ways.append(f"bitmap of {index}{_unbounded(node)}")
    elif index:
        ways.append(f"{table} by {index}{_unbounded(node)}")
    elif kind == "ModifyTable":
        ways.append(f"{node['Operation'].lower()} {table}")
    elif kind in ("Sort", "Incremental Sort"):
        ways.append(f"{kind.lower()} of {', '.join(node['Sort Key'])}"[:90].strip())
    for inner in node.get("Plans", []):
        _walk(inner, ways)


def _unbounded(node: dict) -> str:
    return "" if "Index Cond" in node else ", from end to end"


def check(opened: House, record: bool) -> None:
    """Compares all plans with the record, or puts them on record; fails where one is worse."""
    told = []
    for service in SERVICES:
        taken = take(opened, service)
        if record:
            write(opened.context.root, service, taken)
        else:
            told += differences(load(opened.context.root, service), taken,
                                large_tables(opened, service))
    if told:
        raise Trouble("plans are worse than on record; if that is meant, tools/dev bench --only "
                      "plans --record writes it anew:\n" + "\n".join(told))


def record_path(root: pathlib.Path, service: str) -> pathlib.Path:
    return root / PLANS / f"{service}.txt"


def write(root: pathlib.Path, service: str, plans: dict[str, Plan]) -> None:
    """Puts plans on record."""
    text = "\n".join(plan.text(name) for name, plan in sorted(plans.items()))
    record_path(root, service).write_text(
        "# Written by tools/dev bench --only plans --record: statement, cost, how tables are "
        f"read.\n{text}\n")


def load(root: pathlib.Path, service: str) -> dict[str, Plan]:
    """What is on record."""
    plans: dict[str, Plan] = {}
    line_of = re.compile(r"(\w+): heavy (-?\d+) buffers, (\d+) rows; usual (-?\d+) buffers, "
                         r"(\d+) rows")
    path = record_path(root, service)
    for line in path.read_text().splitlines() if path.exists() else []:
        if match := line_of.fullmatch(line):
            name, *numbers = match.groups()
            heavy, heavy_rows, usual, usual_rows = map(int, numbers)
            plans[name] = Plan([], {"heavy": heavy, "usual": usual},
                               {"heavy": heavy_rows, "usual": usual_rows})
        elif line.startswith("  "):
            plans[name].ways.append(line.strip())
    return plans


def differences(recorded: dict[str, Plan], taken: dict[str, Plan],
                large: set[str]) -> list[str]:
    """What is worse than on record, a sentence each; `large` are tables that are read whole at a
    price."""
    told = [f"{name} is on record and runs no more" for name in sorted(recorded.keys() - taken)]
    for name, plan in sorted(taken.items()):
        if name not in recorded:
            told.append(f"{name} is not on record")
            continue
        known = recorded[name]
        # Of two indexes that serve as well the planner takes now one and now the other.
        dearer = any(plan.buffers[weight] > known.buffers[weight] + SLACK_BUFFERS
                     for weight in WEIGHTS)
        told += [f"{name}: reads {way}, which it did not" for way in plan.ways
                 if way not in known.ways and _matters(way, large)
                 and (dearer or way.endswith(" whole"))]
        told += [f"{name}: {plan.buffers[weight]} buffers for the {weight} one, where "
                 f"{known.buffers[weight]} are on record" for weight in WEIGHTS
                 if plan.buffers[weight] > known.buffers[weight] * SLACK + SLACK_BUFFERS]
    return told


def _matters(way: str, large: set[str]) -> bool:
    if way.endswith(" whole"):
        return way.removesuffix(" whole") in large
    table, by, _ = way.partition(" by ")
    return not by or table in large


def large_tables(opened: House, service: str) -> set[str]:
    """Of more than LARGE_ROWS rows."""
    answer = opened.psql(service, "SELECT relname FROM pg_class WHERE relkind IN ('r', 'p') AND "
                         f"relnamespace = 'public'::regnamespace AND reltuples > {LARGE_ROWS};")
    return {WEEK.sub("change_log", name) for name in answer.split()}
