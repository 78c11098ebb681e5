// Imports beside those who archive: everybody holds parents before children, so nobody waits in a
// ring, and whatever is imported below what is archived rests.
#include <thread>

#include "directory/statements.h"
#include "libs/testing/eventually.h"
#include "services/directory/api/bans_fixture.h"
#include "services/directory/store/community_writes.h"

namespace guildhall::directory {
namespace {

using access::Permission;

struct Fixture : BansFixture {
  // Communities below one whose id comes after theirs.
  Fixture() {
    Run("INSERT INTO communities (id, display_name, kind, visibility, admits, create_time) VALUES "
        "('ffffffff-0000-7000-8000-000000000000', 'Last', 1, 1, 1, now());"
        "INSERT INTO communities (id, parent_id, ancestor_ids, display_name, kind, visibility, "
        "admits, create_time) SELECT ('00000000-0000-7000-8000-00000000000' || n)::uuid, id, "
        "ARRAY[id], 'First ' || n, 1, 1, 1, now() FROM communities, generate_series(1, 9) n "
        "WHERE display_name = 'Last'");
    AddMembership(last, owner, Role::kOwner);
  }
  std::function<absl::Status()> Archiving() {
    v1::ArchiveCommunityRequest request;
    request.set_name(resources::Name(last));
    request.set_request_id(NewRequestId());
    return LetIn(Permission::kCommunityArchive, ArchiveCommunity, request, last);
  }
  // Somebody new, into all of them.
  std::function<absl::Status()> Importing() {
    const std::string member = resources::Name(AddMember("Gus"));
    v1::ImportMembershipsRequest request;
    for (int n = 0; n <= 9; ++n) {
      v1::ImportedMembership& each = *request.add_memberships();
      each.set_community(n == 0
                             ? resources::Name(last)
                             : absl::StrCat("communities/00000000-0000-7000-8000-00000000000", n));
      each.set_member(member);
      each.set_role(v1::ROLE_MEMBER);
      each.mutable_create_time()->set_seconds(1'600'000'000);
    }
    return LetIn(Permission::kCommunityRead, ImportMemberships, request, last);
  }
  std::function<absl::Status()> Founding(int n) {
    v1::ImportCommunitiesRequest request;
    v1::Community& imported = *request.add_communities();
    imported.set_name(absl::StrCat("communities/018f0000-0000-8000-8000-00000000000", n));
    imported.set_parent(resources::Name(last));
    imported.set_display_name(absl::StrCat("Imported ", n));
    imported.set_kind(v1::COMMUNITY_KIND_PRACTICE);
    imported.set_visibility(v1::VISIBILITY_OPEN);
    imported.mutable_create_time()->set_seconds(1'600'000'000);
    return LetIn(Permission::kCommunityRead, ImportCommunities, request, last);
  }
  static CommunityId Native(int n) {
    return *CommunityId::Parse(absl::StrCat("018f0000-0000-7000-8000-00000000000", n));
  }
  // How many of those below nobody holds, while `call` waits for the one above.
  std::string FreeWhileWaiting(const std::function<absl::Status()>& call) {
    std::string free;
    std::thread thread;
    absl::Status ended;
    const absl::Status held =
        (**this).Transact(context(), [&](postgres::Work& work) -> absl::Status {
          const absl::Status locked = work.Run(sql::kLockCommunity, last).status();
          thread = std::thread([&] { ended = call(); });
          CHECK(testing::Eventually([&] { return SomebodyWaits(); }));
          free = Ask("WITH free AS (SELECT FROM communities WHERE parent_id = '" + last.ToString() +
                     "' FOR UPDATE SKIP LOCKED) SELECT count(*) FROM free");
          return locked;
        });
    thread.join();
    CHECK(held.ok());
    CHECK(ended.ok());
    return free;
  }

  const CommunityId last =
      *resources::ParseCommunity("name", "communities/ffffffff-0000-7000-8000-000000000000");
};

TEST_CASE_METHOD(Fixture, "a name that somebody takes at the same moment is refused alone") {
  v1::ImportCommunitiesRequest request;
  request.set_follow_source(true);
  const auto add = [&](int n, const char* name) {
    v1::Community& imported = *request.add_communities();
    imported.set_name(absl::StrCat("communities/018f0000-0000-8000-8000-00000000000", n));
    imported.set_display_name(name);
    imported.set_kind(v1::COMMUNITY_KIND_PRACTICE);
    imported.set_visibility(v1::VISIBILITY_OPEN);
    imported.set_admits(v1::ADMITS_EMPLOYEES);
    imported.mutable_create_time()->set_seconds(1'600'000'000);
  };
  add(1, "Bread");
  add(2, "Rye");
  const auto import = [&] { return Call(Permission::kBrowse, ImportCommunities, request); };
  REQUIRE(import().ok());
  // The name of one that follows, and that of one that is new.
  request.mutable_communities(0)->set_display_name("Taken");
  request.mutable_communities(1)->set_display_name("Oats");
  add(3, "Also taken");
  std::thread thread;
  absl::StatusOr<v1::ImportCommunitiesResponse> imported;
  const absl::Status took = (**this).Transact(context(), [&](postgres::Work& work) -> absl::Status {
    Community other{.id = Native(1), .profile = {.display_name = "Taken"}};
    absl::Status took = InsertCommunity(work, other, {}, owner);
    other.id = Native(2);
    other.profile.display_name = "Also taken";
    took.Update(InsertCommunity(work, other, {}, owner));
    thread = std::thread([&] { imported = import(); });
    CHECK(testing::Eventually([&] { return SomebodyWaits(); }));
    return took;
  });
  thread.join();
  CHECK(took == absl::OkStatus());
  REQUIRE(imported.status() == absl::OkStatus());
  CHECK(imported->outcomes(0).result() == importing::v1::RESULT_REFUSED);
  CHECK(imported->outcomes(1).result() == importing::v1::RESULT_UPDATED);
  CHECK(imported->outcomes(2).result() == importing::v1::RESULT_REFUSED);
}

TEST_CASE_METHOD(Fixture, "an import of memberships waits for parents before it holds children") {
  CHECK(FreeWhileWaiting(Importing()) == "9");
  CHECK(FreeWhileWaiting(Archiving()) == "9");
}

TEST_CASE_METHOD(Fixture, "what is imported below a community that is being archived rests") {
  for (int n = 0; n < 5; ++n) {
    Run("UPDATE communities SET archived = false, archive_time = NULL");
    const auto both = AtOnce(Archiving(), Founding(n));
    CHECK(both.first == absl::OkStatus());
    CHECK(both.second == absl::OkStatus());
    CHECK(Ask("SELECT bool_and(archived) FROM communities WHERE parent_id = '" + last.ToString() +
              "'") == "t");
  }
}

}  // namespace
}  // namespace guildhall::directory
