// What it means that a community is archived, and for those below it.
#include "services/directory/api/bans_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kCommunityArchived;
using policy::reasons::kNotFound;
using policy::reasons::kNotPermitted;
using Names = std::vector<std::string>;

struct Fixture : BansFixture {
  template <typename Request>
  static Request About(CommunityId id, const std::string& request_id) {
    Request request;
    request.set_name(resources::Name(id));
    request.set_request_id(request_id);
    return request;
  }
  absl::StatusOr<v1::Community> Archive(CommunityId id,
                                        const std::string& request_id = NewRequestId()) {
    return Call(Permission::kCommunityArchive, ArchiveCommunity,
                About<v1::ArchiveCommunityRequest>(id, request_id), id);
  }
  absl::StatusOr<v1::Community> Restore(CommunityId id) {
    return Call(Permission::kCommunityArchive, RestoreCommunity,
                About<v1::RestoreCommunityRequest>(id, NewRequestId()), id);
  }
  std::function<absl::Status()> Founding(CommunityId parent) {
    v1::CreateCommunityRequest request;
    request.mutable_community()->set_parent(resources::Name(parent));
    request.mutable_community()->set_display_name("Sourdough");
    request.mutable_community()->set_kind(v1::COMMUNITY_KIND_PRACTICE);
    request.mutable_community()->set_visibility(v1::VISIBILITY_OPEN);
    request.set_request_id(NewRequestId());
    return LetIn(Permission::kCommunityCreate, CreateCommunity, request, parent);
  }
  // Who rests, from the top: m by a mark of its own, b by one above, - not at all.
  std::string Resting() {
    return Ask(
        "SELECT string_agg(CASE WHEN archive_time IS NOT NULL THEN 'm' WHEN archived THEN 'b' "
        "ELSE '-' END, ' ' ORDER BY cardinality(ancestor_ids)) FROM communities");
  }
  // "kind community version" of what the log says of communities, in order.
  std::string Told() {
    return Ask(
        "SELECT string_agg(change.kind || ' ' || display_name || ' ' || change.version, ', ' "
        "ORDER BY n) FROM change_log change JOIN communities ON communities.id = resource");
  }
  Names Listed(bool archived) {
    v1::ListCommunitiesRequest request;
    request.set_show_archived(archived);
    const auto page = Call(Permission::kBrowse, ListCommunities, request);
    REQUIRE(page.ok());
    Names names;
    for (const v1::Community& each : page->communities()) {
      names.push_back(each.display_name());
    }
    return names;
  }
};

TEST_CASE_METHOD(Fixture, "what came below unknown to who archived rests when that is repeated") {
  REQUIRE(Archive(bakers).ok());
  Ask("WITH woken AS (UPDATE communities SET archived = false WHERE archive_time IS NULL RETURNING "
      "id) "
      "SELECT count(*) FROM woken");
  REQUIRE(Archive(bakers).ok());
  CHECK(Resting() == "- m b");
}

TEST_CASE_METHOD(Fixture, "what is below an archived community rests with it") {
  const auto archived = Archive(bakers);
  REQUIRE(archived.ok());
  CHECK(held());
  CHECK(archived->archived());
  CHECK(archived->has_archive_time());
  CHECK(Resting() == "- m b");
  v1::GetCommunityRequest request;
  const auto below = Call(Permission::kCommunityRead, GetCommunity, request, rye);
  CHECK(below->archived());
  CHECK_FALSE(below->has_archive_time());
  CHECK(Call(Permission::kCommunityRead, GetCommunity, request, bakers)->etag() ==
        archived->etag());
  CHECK(Told() == "4 Bakers 2, 4 Rye 2");
  CHECK(Noted() == "3 " + bakers.ToString() + ", 3 " + rye.ToString());
}

TEST_CASE_METHOD(Fixture, "owners archive and restore, of it or of one above, and nobody else") {
  for (const MemberId caller : {moderator, member, other}) {
    As(caller);
    CHECK(Is(Archive(bakers).status(), kNotPermitted));
    CHECK(Is(Restore(bakers).status(), kNotPermitted));
  }
  Run("UPDATE communities SET visibility = 3 WHERE display_name <> 'Guild'");
  CHECK(Is(Archive(bakers).status(), kNotFound));
  As(above);
  REQUIRE(Archive(bakers).ok());
  As(owner);
  CHECK(Restore(bakers).ok());
}

TEST_CASE_METHOD(Fixture, "an archived community takes nobody and nothing, and wakes again") {
  REQUIRE(Archive(bakers).ok());
  As(other);
  CHECK(Is(Join(rye), kCommunityArchived));
  CHECK(Get(rye).ok());
  As(owner);
  const auto restored = Restore(bakers);
  REQUIRE(restored.ok());
  CHECK_FALSE(restored->archived());
  CHECK_FALSE(restored->has_archive_time());
  CHECK(Resting() == "- - -");
  As(other);
  CHECK(Join(rye).ok());
}

TEST_CASE_METHOD(Fixture, "what was archived by itself stays so when the one above is restored") {
  REQUIRE(Archive(rye).ok());
  REQUIRE(Archive(bakers).ok());
  CHECK(Resting() == "- m m");
  CHECK(Is(Restore(rye).status(), reasons::kParentArchived));
  REQUIRE(Restore(bakers).ok());
  CHECK(Resting() == "- - m");
  REQUIRE(Restore(rye).ok());
  CHECK(Resting() == "- - -");
}

TEST_CASE_METHOD(Fixture, "a mark below an archived community is made, to outlast the other") {
  REQUIRE(Archive(bakers).ok());
  REQUIRE(Archive(rye).ok());
  REQUIRE(Restore(bakers).ok());
  CHECK(Resting() == "- - m");
}

TEST_CASE_METHOD(Fixture, "what is archived is archived once, and what is not is restored so") {
  const std::string id = NewRequestId();
  const auto first = Archive(bakers, id);
  const auto repeated = Archive(bakers, id), again = Archive(bakers);
  REQUIRE(again.ok());
  CHECK(repeated->SerializeAsString() == first->SerializeAsString());
  CHECK(again->SerializeAsString() == first->SerializeAsString());
  REQUIRE(Restore(bakers).ok());
  const std::string told = Told();
  REQUIRE(Restore(bakers).ok());
  CHECK(Told() == told);
}

TEST_CASE_METHOD(Fixture, "a community that is founded meanwhile rests, or is not founded") {
  const auto archive = LetIn(Permission::kCommunityArchive, ArchiveCommunity,
                             About<v1::ArchiveCommunityRequest>(bakers, NewRequestId()), bakers);
  const auto [archived, founded] = AtOnce(archive, Founding(bakers));
  REQUIRE(archived.ok());
  CHECK((founded.ok() || Is(founded, kCommunityArchived)));
  CHECK(Ask("SELECT count(*) FROM communities WHERE NOT archived") == "1");
}

TEST_CASE_METHOD(Fixture, "communities below that are marked at once keep their marks") {
  const auto both =
      AtOnce(LetIn(Permission::kCommunityArchive, ArchiveCommunity,
                   About<v1::ArchiveCommunityRequest>(bakers, NewRequestId()), bakers),
             LetIn(Permission::kCommunityArchive, ArchiveCommunity,
                   About<v1::ArchiveCommunityRequest>(rye, NewRequestId()), rye));
  REQUIRE((both.first.ok() && both.second.ok()));
  CHECK(Resting() == "- m m");
}

TEST_CASE_METHOD(Fixture, "archived communities are listed and found when they are asked for") {
  REQUIRE(Archive(bakers).ok());
  CHECK(Listed(false) == Names{"Guild"});
  CHECK(Listed(true) == Names{"Bakers", "Guild", "Rye"});
  v1::SearchCommunitiesRequest search;
  search.set_query("rye");
  CHECK(Call(Permission::kBrowse, SearchCommunities, search)->communities_size() == 0);
  search.set_show_archived(true);
  CHECK(Call(Permission::kBrowse, SearchCommunities, search)->communities_size() == 1);
  const auto mine = Call(Permission::kOwn, ListMyCommunities, v1::ListMyCommunitiesRequest());
  CHECK(mine->communities_size() == 2);
}

TEST_CASE_METHOD(Fixture, "what is imported below an archived community rests, too") {
  REQUIRE(Archive(bakers).ok());
  v1::ImportCommunitiesRequest request;
  v1::Community& imported = *request.add_communities();
  imported.set_name("communities/018f0000-0000-8000-8000-000000000001");
  imported.set_parent(resources::Name(bakers));
  imported.set_display_name("Sourdough");
  imported.set_kind(v1::COMMUNITY_KIND_PRACTICE);
  imported.set_visibility(v1::VISIBILITY_OPEN);
  imported.mutable_create_time()->set_seconds(1'600'000'000);
  REQUIRE(Call(Permission::kBrowse, ImportCommunities, request)->created_count() == 1);
  CHECK(Ask("SELECT archived FROM communities WHERE display_name = 'Sourdough'") == "t");
}

}  // namespace
}  // namespace guildhall::directory
