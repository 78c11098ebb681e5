"""Every statement of every service, on a small organization: that it runs as it is described, is on
record, and has an index where its table grows. What it costs among a million posts is on record in
tests/benchmarks/plans and compared by `tools/dev bench --only plans`."""

import unittest

from devtool.bench import kept, plans
from devtool.bench.house import House
from devtool.context import Context
from devtool.stack.ending import throw_away
from journeys.up_case import ROOT, STATE

POSTS = 3000
# Whatever grows, these do not: one row, one of each process, three keys at most.
SMALL = {"access_head", "access_leases", "change_log_head", "change_relay", "community_word_fill",
         "facet_fill", "key_rotation", "search_progress", "signing_keys", "word_progress"}
# A row of each community, or of each of its few owners, made to be walked through: some 100 pages
# of 5,000 communities.
OF_EACH_COMMUNITY = {"community_activity", "community_catalog", "community_owners",
                     "group_mentions", "kind_activity"}
# A table that is read whole in spite of it has no index that serves.
BY_INDEX = "SET enable_seqscan = off;"


class PlansTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls) -> None:
        house = House(Context(ROOT, STATE), "plans")
        throw_away(house.home)
        cls.addClassCleanup(house.close)
        house.open()
        kept.fill(house, POSTS)
        cls.plans = {service: plans.take(house, service, BY_INDEX) for service in plans.SERVICES}

    def test_each_statement_is_on_record(self) -> None:
        for service, taken in self.plans.items():
            self.assertEqual(set(plans.load(ROOT, service)), set(taken),
                             "tools/dev bench --only plans --record")

    def test_no_statement_reads_all_of_a_table_that_grows(self) -> None:
        whole = {(name, way.removesuffix(" whole"))
                 for taken in self.plans.values() for name, plan in taken.items()
                 for way in plan.ways if way.endswith(" whole")}
        self.assertEqual({(name, table) for name, table in whole
                          if table not in SMALL | OF_EACH_COMMUNITY}, set())


if __name__ == "__main__":
    unittest.main()
