#include "libs/changelog/settled.h"

#include <nlohmann/json.hpp>

#include "changelog/statements.h"
#include "libs/changelog/log_fixture.h"

namespace guildhall::changelog {
namespace {

TEST_CASE_METHOD(TestLog, "a page holds what was appended, with everything that was said") {
  Write({{.kind = 11, .key = kTopic, .resource = kOther, .version = 7, .origin = Origin::kImport}});
  const Page page = Read(Start());
  REQUIRE(page.entries.size() == 1);
  const Entry& entry = page.entries[0];
  CHECK(entry.change.kind == 11);
  CHECK(entry.change.key == kTopic);
  CHECK(entry.change.resource == kOther);
  CHECK(entry.change.version == 7);
  CHECK(entry.change.origin == Origin::kImport);
  CHECK(entry.key_seq == 1);
  CHECK(entry.after_xid == 0);
  CHECK(entry.time > SystemClock().Now() - absl::Minutes(1));
  CHECK(page.end.place == entry.place);
  CHECK(Read(page.end).entries.empty());
}

TEST_CASE_METHOD(TestLog, "who begins now sees what is written from now on") {
  Write(kTopic, 1);
  const Page now = Read({});
  CHECK(now.entries.empty());
  CHECK(!now.reset);
  Write(kTopic, 2);
  CHECK(VersionsOf(Read(now.end).entries) == "2");
}

TEST_CASE_METHOD(TestLog, "who begins while a transaction is open sees it") {
  OpenWriter writer(*this);
  const Position now = Read({}).end;
  writer.Commit(kTopic, 1);
  CHECK(VersionsOf(Read(now).entries) == "1");
}

TEST_CASE_METHOD(TestLog, "pages follow each other without a gap or a repeat") {
  std::vector<Change> changes;
  for (int version = 1; version <= 5; ++version) changes.push_back(ChangeOf(kTopic, version));
  Write(changes);
  const Page first = Read(Start(), 2);
  CHECK(VersionsOf(first.entries) == "1 2");
  CHECK(first.more);
  CHECK(VersionsOf(Read(first.end, 4).entries) == "3 4 5");
}

TEST_CASE_METHOD(TestLog, "what stands behind an open transaction has not settled") {
  const Position start = Start();
  OpenWriter writer(*this);
  Write(kOther, 2);
  CHECK(Read(start).entries.empty());
  writer.Commit(kTopic, 1);
  CHECK(VersionsOf(Read(start).entries) == "1 2");
}

TEST_CASE_METHOD(TestLog, "a transaction that gives up leaves nothing and holds nobody up") {
  const Position start = Start();
  {
    const OpenWriter writer(*this);
    Write(kTopic, 1);
  }
  CHECK(VersionsOf(Read(start).entries) == "1");
}

TEST_CASE_METHOD(TestLog, "who begins first and gets the key last comes last") {
  const Position start = Start();
  OpenWriter writer(*this);
  Write(kTopic, 1);
  writer.Commit(kTopic, 2);
  const Page page = Read(start, 1);
  CHECK(VersionsOf(page.entries) == "1 2");
  CHECK(page.end.place == page.entries[0].place);
}

TEST_CASE_METHOD(TestLog, "a settled change waits for a predecessor that has not settled") {
  const Position start = Start();
  Write(kOther, 1);
  OpenWriter first(*this);
  OpenWriter between(*this);
  Write(kTopic, 2);
  first.Commit(kTopic, 3);
  CHECK(VersionsOf(Read(start).entries) == "1");
  between.Commit(kOther, 4);
  CHECK(VersionsOf(Read(start).entries) == "1 2 4 3");
}

TEST_CASE_METHOD(TestLog, "a page goes on beyond its limit until it is closed") {
  const Position start = Start();
  OpenWriter writer(*this);
  for (int version = 1; version <= 5; ++version) Write(kOther, version);
  Write(kTopic, 6);
  writer.Commit(kTopic, 7);
  for (int version = 8; version <= 11; ++version) Write(kOther, version);
  const Page page = Read(start, 2);
  CHECK(page.entries.size() >= 7);
  CHECK(VersionsOf(page.entries).substr(0, 13) == "6 1 2 3 4 5 7");
  CHECK(page.more);
  CHECK(Read(page.end).entries.size() + page.entries.size() == 11);
}

TEST_CASE_METHOD(TestLog, "a position of another past answers RESET and where to go on") {
  Write(kTopic, 1);
  const Position old = Read(Start()).end;
  Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  const Page page = Read(old);
  CHECK(page.reset);
  CHECK(page.end == Read({}).end);
  Write(kTopic, 2);
  CHECK(VersionsOf(Read(page.end).entries) == "2");
}

TEST_CASE_METHOD(TestLog, "a position beyond what has happened is of another past") {
  Position ahead = Read({}).end;
  ahead.place.xid += 1000;
  CHECK(Read(ahead).reset);
}

TEST_CASE_METHOD(TestLog, "a position before changes that are not kept any more answers RESET") {
  const absl::Time now = SystemClock().Now();
  REQUIRE(KeepPartitions(**this, now).ok());
  const Position start = Start();
  Write(kTopic, 1);
  const Position read = Read(start).end;
  REQUIRE(KeepPartitions(**this, now + absl::Hours(24 * 60)).ok());
  CHECK(Read(start).reset);
  CHECK_FALSE(Read(read).reset);
}

TEST_CASE_METHOD(TestLog, "rows without a partition that are dropped are told likewise") {
  const Position start = Start();
  Write(kTopic, 1);
  const Position read = Read(start).end;
  REQUIRE(KeepPartitions(**this, SystemClock().Now() + absl::Hours(24 * 60)).ok());
  CHECK(Read(start).reset);
  CHECK_FALSE(Read(read).reset);
}

TEST_CASE_METHOD(TestLog, "a page is one range of an index in each partition") {
  const absl::Time now = SystemClock().Now();
  REQUIRE(KeepPartitions(**this, now).ok());
  Run(R"sql(
    INSERT INTO change_log (xid, create_time, key, key_seq, kind, resource, version, origin)
    SELECT (n / 10)::text::xid8, now() + n % 15 * interval '1 day', gen_random_uuid(), 1, 10,
           gen_random_uuid(), 1, 1
    FROM generate_series(1, 20000) n;
    ANALYZE)sql");
  const std::string text =
      Ask("PREPARE asked(bigint, bigint, bigint) AS " + std::string(sql::kReadSettled.text) +
          "; SET plan_cache_mode = force_generic_plan;"
          "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE asked(1000, 0, 100)");
  CAPTURE(text);
  const nlohmann::json plan = nlohmann::json::parse(text)[0]["Plan"];
  CHECK(plan["Actual Rows"] == 100);
  CHECK(plan["Shared Hit Blocks"].get<int>() + plan["Shared Read Blocks"].get<int>() <= 60);
  CHECK(text.find("Seq Scan on change_log_2") == std::string::npos);
  CHECK(text.find("Merge Append") != std::string::npos);
}

TEST_CASE("entries are cut before what is not closed, and before what that opens") {
  // Each: xid and the xid that had the key before.
  const auto prefix = [](std::vector<std::pair<int, int>> rows, std::uint64_t bound) {
    std::vector<Entry> entries;
    for (const auto& [xid, after] : rows) {
      entries.push_back({.place = {static_cast<std::uint64_t>(xid), 1},
                         .after_xid = static_cast<std::uint64_t>(after)});
    }
    return ClosedPrefix(entries, bound);
  };
  CHECK(prefix({}, 9) == 0);
  CHECK(prefix({{1, 0}, {2, 1}, {3, 2}}, 4) == 3);
  CHECK(prefix({{1, 0}, {2, 3}, {3, 1}}, 4) == 3);
  CHECK(prefix({{1, 0}, {2, 9}, {3, 1}}, 9) == 1);
  // The second needs the fourth, which is cut off.
  CHECK(prefix({{1, 0}, {2, 4}, {3, 1}, {4, 9}}, 9) == 1);
}

}  // namespace
}  // namespace guildhall::changelog
