#include "services/directory/store/change_looks.h"

#include <catch2/catch.hpp>

#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/change_log.h"
#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  cache::Look Look(std::optional<std::uint64_t> from) {
    const auto look = LookAtChanges(**this, from, Deadline::After(absl::Seconds(20)));
    REQUIRE(look.ok());
    return *look;
  }
};

TEST_CASE_METHOD(Fixture,
                 "a look finds what was committed since, and edits concern all communities") {
  const Uuid community = AddCommunity("Bakers").uuid(), member = AddMember("Ada").uuid();
  const cache::Look start = Look(std::nullopt);
  CHECK(start.changes.empty());
  const absl::Status written = (**this).Transact(context(), [&](postgres::Work& work) {
    changelog::Append(
        work, {.kind = change::v1::KIND_MEMBERSHIP_CREATED, .key = community, .resource = member});
    changelog::Append(
        work,
        {.kind = change::v1::KIND_COMMUNITY_UPDATED, .key = community, .resource = community});
    changelog::Append(work,
                      {.kind = change::v1::KIND_MEMBER_UPDATED, .key = member, .resource = member});
    return absl::OkStatus();
  });
  REQUIRE(written.ok());
  const cache::Look look = Look(start.horizon);
  REQUIRE(look.changes.size() == 3);
  CHECK(look.changes[0].tags == cache::Tags{community});
  CHECK(look.changes[1].tags == cache::Tags{community, kAnyCommunity});
  CHECK(look.changes[2].tags == cache::Tags{member});
  CHECK(Look(look.horizon).changes.empty());
}

TEST_CASE_METHOD(Fixture, "a log that was restored is another one, whichever server answers") {
  const cache::Look before = Look(std::nullopt);
  CHECK(Look(std::nullopt).server == before.server);
  Run("UPDATE change_log_head SET incarnation = gen_random_uuid()");
  CHECK(Look(std::nullopt).server != before.server);
}

}  // namespace
}  // namespace guildhall::directory
