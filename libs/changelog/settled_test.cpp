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
  CHECK(VersionsOf(Read(start).entries) == "1 2");
}

TEST_CASE_METHOD(TestLog, "a change takes along what came before it, wherever that stands") {
  const Position start = Start();
  OpenWriter last(*this);
  OpenWriter third(*this);
  Write(kTopic, 1);
  Write(kOther, 9);
  Write(kTopic, 2);
  third.Commit(kTopic, 3);
  last.Commit(kTopic, 4);
  // The last one's row is the first.
  const Page first = Read(start, 1);
  CHECK(VersionsOf(first.entries) == "1 2 3 4");
  for (const Entry& entry : first.entries) CHECK(entry.place == first.end.place);
  CHECK(first.more);
  // What was taken along is passed by at its own place, from wherever somebody reads on.
  Page page = first;
  std::string rest;
  while (page.more) {
    page = Read(page.end, 1);
    rest += VersionsOf(page.entries);
  }
  CHECK(rest == "9");
  CHECK(VersionsOf(Read(first.end).entries) == "9");
  CHECK(VersionsOf(Read(start).entries) == "1 2 3 4 9");
}

TEST_CASE_METHOD(TestLog, "a settled change does not wait for a predecessor that has not settled") {
  const Position start = Start();
  OpenWriter first(*this);
  OpenWriter between(*this);
  Write(kTopic, 1);
  first.Commit(kTopic, 2);
  const Page page = Read(start);
  CHECK(VersionsOf(page.entries) == "1 2");
  between.Commit(kOther, 3);
  Write(kTopic, 4);
  CHECK(VersionsOf(Read(page.end).entries) == "3 4");
}

TEST_CASE_METHOD(TestLog, "writers that overlap without end hold no reader up") {
  // Each begins before the one before it has ended, and gets the key after the next one.
  Position read = Start();
  auto open = std::make_unique<OpenWriter>(*this);
  for (int version = 1; version < 20; version += 2) {
    auto next = std::make_unique<OpenWriter>(*this);
    Write(kTopic, version);
    open->Commit(kTopic, version + 1);
    open = std::move(next);
    const Page page = Read(read);
    CHECK(VersionsOf(page.entries) == std::to_string(version) + " " + std::to_string(version + 1));
    read = page.end;
  }
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

TEST_CASE("the log of a database that was restored is another one, for everybody the same") {
  testing::PrivatePostgres server;
  testing::TestDatabase database({{"changelog", kMigrations}}, server);
  const auto read = [&](const Position& from) {
    return ReadSettled(*database, TestLog::context(), from).value();
  };
  const Position old = read({}).end;
  server.Stop();
  server.Start();
  CHECK_FALSE(read(old).reset);
  server.Restore();
  const Page page = read(old);
  CHECK(page.reset);
  CHECK(page.end.incarnation != old.incarnation);
  CHECK_FALSE(read(page.end).reset);
  CHECK(read({}).end.incarnation == page.end.incarnation);
}

TEST_CASE_METHOD(TestLog, "a log of which it is said that it was restored is another one") {
  const Position old = Read({}).end;
  Run("UPDATE change_log_head SET history = ''");
  const Page page = Read(old);
  CHECK(page.reset);
  CHECK_FALSE(Read(page.end).reset);
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

}  // namespace
}  // namespace guildhall::changelog
