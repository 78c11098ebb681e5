#include "tools/import/source/pass.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "tools/import/source/load_fixture.h"

namespace guildhall::importing {
namespace {

using Lines = std::vector<std::string>;

TEST_CASE_METHOD(LoadFixture, "nothing new is written where the source is narrower than here") {
  Load();
  outline.places[0].visibility = SourceVisibility::kSecret;
  threads[0].messages[0].markdown = "edited among us";
  threads[0].messages.push_back(Message("3", "ben", 4));
  threads.push_back({.key = "spelt",
                     .place = "bread",
                     .title = "Spelt",
                     .messages = {Message("4", "ada", 5), Message("5", "ada", 6)}});
  house.written = 0;
  for (const bool dry_run : {true, false}) {
    options.dry_run = dry_run;
    const Report report = Load();
    CHECK(house.written == 0);
    CHECK(report.of(SourceKind::kMessage).refused == 4);
    CHECK(report.of(SourceKind::kMessage).stands == 1);
    CHECK(report.of(SourceKind::kThread).refused == 1);
    CHECK(report.of(SourceKind::kThread).stands == 1);
    CHECK_FALSE(report.holds());
    CHECK(absl::StartsWith(report.lines().back().what, "the place is narrower at the source"));
  }
  // Narrowed here, too.
  house.Narrow(resources::Name(BreadId()));
  const Report report = Load();
  CHECK(report.holds());
  CHECK(report.of(SourceKind::kMessage).stands == 5);
}

TEST_CASE_METHOD(LoadFixture, "a place that is narrower here than at the source is written to") {
  Load();
  house.Narrow(resources::Name(BreadId()));
  threads[0].messages.push_back(Message("3", "ben", 4));
  const Report report = Load();
  CHECK(report.holds());
  CHECK(Words(report) == Lines{"ASIDE bread"});
  CHECK(report.of(SourceKind::kMessage).created == 1);
}

TEST_CASE_METHOD(LoadFixture, "nothing new is written in a thread that was moved") {
  Load();
  const TopicId rye(ImportedUuid(absl::UnixEpoch(), "made", "topic", "rye"));
  house.results[resources::Name(rye)].set_result(v1::RESULT_ELSEWHERE);
  threads[0].messages.push_back(Message("3", "ben", 4));
  house.written = 0;
  const Report report = Load();
  CHECK(house.written == 0);
  CHECK(report.of(SourceKind::kThread).elsewhere == 1);
  CHECK(report.of(SourceKind::kMessage).stands == 2);
  CHECK(report.of(SourceKind::kMessage).refused == 1);
  CHECK_FALSE(report.holds());
}

TEST_CASE_METHOD(LoadFixture, "the first who takes part owns a new place that nobody owns") {
  Load();
  CHECK(house.RoleOf(BreadId(), Person("ada")) == directory::v1::ROLE_OWNER);
  CHECK(house.RoleOf(BreadId(), Person("ben")) == directory::v1::ROLE_MEMBER);
  // Somebody who was there before turns up, and owns nothing.
  outline.people.push_back({.key = "cyd", .name = "Cyd", .time = At(-1)});
  auto& people = outline.places[0].participations;
  people.insert(people.begin(), {.person = "cyd", .time = At(-1)});
  CHECK(Load().holds());
  CHECK(house.RoleOf(BreadId(), Person("ada")) == directory::v1::ROLE_OWNER);
  CHECK(house.RoleOf(BreadId(), Person("cyd")) == directory::v1::ROLE_MEMBER);
  // Whoever is left has no more than before.
  people.erase(people.begin() + 1);
  CHECK(Load().holds());
  CHECK(house.RoleOf(BreadId(), Person("cyd")) == directory::v1::ROLE_MEMBER);
}

TEST_CASE_METHOD(LoadFixture, "who owns a place at the source does so here, and nobody else") {
  outline.places[0].participations[1].role = SourceRole::kOwner;
  Load();
  CHECK(house.RoleOf(BreadId(), Person("ada")) == directory::v1::ROLE_MEMBER);
  CHECK(house.RoleOf(BreadId(), Person("ben")) == directory::v1::ROLE_OWNER);
}

TEST_CASE_METHOD(LoadFixture, "a place whose import ended before its members came gets an owner") {
  house.fails_at = 2;
  REQUIRE_FALSE(TryLoad().ok());
  CHECK(Load().holds());
  CHECK(house.RoleOf(BreadId(), Person("ada")) == directory::v1::ROLE_OWNER);
}

}  // namespace
}  // namespace guildhall::importing
