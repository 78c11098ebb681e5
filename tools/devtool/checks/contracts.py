"""The rules for contracts: policy, privacy, reasons, request ids, pages."""

import sys

from devtool.context import Context

TITLE = "contracts"


def find(context: Context) -> list[str]:
    # The rules live with their examples and tests in tests/contracts.
    sys.path.append(str(context.root / "tests"))
    from contracts.contracts import Contracts
    from contracts.rules import RULES
    contracts = Contracts(context.root / "protos")
    return [breach for rule in RULES for breach in rule.breaches(contracts)]
