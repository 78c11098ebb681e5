#include "services/discussions/store/change_looks.h"

#include <functional>
#include <nlohmann/json.hpp>
#include <set>

#include "discussions/statements.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

struct Fixture : TestForum {
  cache::Look Look(std::optional<std::uint64_t> from) {
    const auto look = LookAtChanges(open, from, Deadline::After(absl::Seconds(20)));
    INFO(look.status());
    REQUIRE(look.ok());
    return *look;
  }
  static void Append(postgres::Work& work, TopicId topic) {
    changelog::Append(work, {.kind = 8, .key = topic.uuid(), .resource = topic.uuid()});
  }
};

TEST_CASE_METHOD(Fixture, "a look finds what was committed since the one before, by its tags") {
  Open(TopicNumber(1), Community(1), Member(1));
  const cache::Look start = Look(std::nullopt);
  CHECK(start.changes.empty());
  CHECK(start.horizon > 0);
  CHECK(Look(start.horizon).changes.empty());
  Do([](postgres::Work& work) {
    Append(work, TopicNumber(1));
    Append(work, TopicNumber(9));
  });
  const cache::Look look = Look(start.horizon);
  REQUIRE(look.changes.size() == 2);
  CHECK(look.changes[0].tags == cache::Tags{TopicNumber(1).uuid(), Community(1).uuid()});
  CHECK(look.changes[1].tags == cache::Tags{TopicNumber(9).uuid()});
  CHECK(look.changes[0].n != look.changes[1].n);
  CHECK(look.server == start.server);
  CHECK(Look(look.horizon).changes.empty());
}

TEST_CASE_METHOD(Fixture, "a look finds where a topic was that has moved, and where it is") {
  Open(TopicNumber(1), Community(2), Member(1));
  const cache::Look start = Look(std::nullopt);
  Do([](postgres::Work& work) {
    changelog::Append(work, {.kind = change::v1::KIND_TOPIC_LEFT,
                             .key = TopicNumber(1).uuid(),
                             .resource = Community(1).uuid()});
    changelog::Append(work, {.kind = change::v1::KIND_TOPIC_MOVED,
                             .key = TopicNumber(1).uuid(),
                             .resource = TopicNumber(1).uuid()});
  });
  const cache::Look look = Look(start.horizon);
  REQUIRE(look.changes.size() == 2);
  CHECK(look.changes[0].tags == cache::Tags{TopicNumber(1).uuid(), Community(1).uuid()});
  CHECK(look.changes[1].tags == cache::Tags{TopicNumber(1).uuid(), Community(2).uuid()});
}

TEST_CASE_METHOD(Fixture, "a look finds what is committed although an older writer is still open") {
  const cache::Look start = Look(std::nullopt);
  Do([&](postgres::Work& older) {
    REQUIRE(older.Run(postgres::Statement{"take_id", "SELECT pg_current_xact_id()"}).ok());
    Do([](postgres::Work& younger) { Append(younger, TopicNumber(1)); });
    const cache::Look look = Look(start.horizon);
    REQUIRE(look.changes.size() == 1);
    CHECK(look.changes[0].xid > look.horizon);
    CHECK(Look(look.horizon).changes.size() == 1);
    Append(older, TopicNumber(2));
  });
  CHECK(Look(start.horizon).changes.size() == 2);
}

TEST_CASE_METHOD(Fixture, "a look among many changes is a range of an index") {
  database.Run(
      "INSERT INTO change_log (xid, n, key, key_seq, kind, resource, version, origin) "
      "SELECT n::text::xid8, n, gen_random_uuid(), 1, 10, gen_random_uuid(), 1, 1 "
      "FROM generate_series(1, 100000) n;"
      "INSERT INTO topics SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
      "gen_random_uuid(), now(), now(), NULL, 1, 1, 1, 0, 'x' FROM generate_series(1, 10000);"
      "ANALYZE change_log, topics");
  const std::string plan =
      database.Ask("PREPARE asked(bigint, int) AS " + std::string(sql::kLookAtChanges.text) +
                   "; SET plan_cache_mode = force_generic_plan;"
                   "EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) EXECUTE asked(99990, 5001)");
  const nlohmann::json top = nlohmann::json::parse(plan)[0]["Plan"];
  INFO(plan);
  CHECK(top["Actual Rows"].get<int>() == 11);
  CHECK(top["Shared Hit Blocks"].get<int>() + top["Shared Read Blocks"].get<int>() <= 80);
  // But for the one row that tells which log this is.
  std::set<std::string> whole;
  const std::function<void(const nlohmann::json&)> walk = [&](const nlohmann::json& node) {
    if (node["Node Type"] == "Seq Scan") whole.insert(node["Relation Name"].get<std::string>());
    for (const auto& below : node.value("Plans", nlohmann::json::array())) walk(below);
  };
  walk(top);
  whole.erase("change_log_head");
  CHECK(whole == std::set<std::string>());
}

TEST_CASE_METHOD(Fixture, "a log that was restored is another one, whichever server answers") {
  const cache::Look before = Look(std::nullopt);
  CHECK(Look(std::nullopt).server == before.server);
  database.Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Look(std::nullopt).server != before.server);
}

}  // namespace
}  // namespace guildhall::discussions
