#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/feeds/wire.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using feeds::BytesOf;
using resources::Name;

struct Fixture : ApiFixture {
  Fixture() { As(ada); }

  static void Ask(change::v1::LoadItemsRequest& request, change::v1::Kind kind, const Uuid& key,
                  const Uuid& resource) {
    auto& ref = *request.add_refs();
    ref.set_kind(kind);
    ref.set_key(BytesOf(key));
    ref.set_resource(BytesOf(resource));
  }
  absl::StatusOr<change::v1::LoadItemsResponse> Load(const change::v1::LoadItemsRequest& request) {
    return Call(access::Permission::kBrowse, LoadItems, request);
  }
  // The kinds of the changes of a community, in order.
  std::string Changes(CommunityId community) {
    return ApiFixture::Ask(
        "SELECT string_agg(kind::text, ',' ORDER BY n) FROM change_log "
        "WHERE key = '" +
        community.ToString() + "'");
  }
  void Edit(Visibility visibility) {
    v1::UpdateCommunityRequest request;
    request.mutable_community()->set_name(Name(bakers));
    request.mutable_community()->set_visibility(static_cast<v1::Visibility>(visibility));
    request.mutable_update_mask()->add_paths("visibility");
    request.set_request_id(NewRequestId());
    REQUIRE(Call(access::Permission::kCommunityEdit, UpdateCommunity, request, bakers).ok());
  }

  MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  CommunityId guild = AddCommunity("Guild", Visibility::kSecret);
  CommunityId bakers = AddCommunity("Bakers", Visibility::kSecret, Admits::kEmployees, guild);
};

TEST_CASE_METHOD(Fixture, "items come in the order asked, whoever may see them") {
  AddMembership(bakers, ada, Role::kOwner);
  change::v1::LoadItemsRequest request;
  Ask(request, change::v1::KIND_MEMBERSHIP_CREATED, bakers.uuid(), ada.uuid());
  Ask(request, change::v1::KIND_COMMUNITY_UPDATED, bakers.uuid(), bakers.uuid());
  Ask(request, change::v1::KIND_MEMBERSHIP_DELETED, bakers.uuid(), ben.uuid());
  Ask(request, change::v1::KIND_COMMUNITY_UPDATED, ada.uuid(), ada.uuid());
  Ask(request, change::v1::KIND_MEMBER_UPDATED, ada.uuid(), ada.uuid());
  const auto response = Load(request);
  REQUIRE(response.ok());
  REQUIRE(response->items_size() == 5);

  v1::Membership membership;
  CHECK(membership.ParseFromString(response->items(0).resource()));
  CHECK(membership.member() == Name(ada));
  CHECK(membership.role() == v1::ROLE_OWNER);
  v1::Community community;
  CHECK(community.ParseFromString(response->items(1).resource()));
  CHECK(community.member_count() == 1);
  CHECK(response->items(1).parent() == BytesOf(guild.uuid()));
  CHECK(response->items(2).community() == BytesOf(bakers.uuid()));
  CHECK(response->items(2).resource().empty());
  CHECK(response->items(3).community().empty());
  CHECK(response->items(4).community().empty());
}

TEST_CASE_METHOD(Fixture, "a membership with another role is told as it stands") {
  AddMembership(bakers, ada, Role::kModerator);
  change::v1::LoadItemsRequest request;
  Ask(request, change::v1::KIND_MEMBERSHIP_UPDATED, bakers.uuid(), ada.uuid());
  Ask(request, change::v1::KIND_MEMBERSHIP_UPDATED, bakers.uuid(), ben.uuid());
  const auto response = Load(request);
  REQUIRE(response.ok());
  v1::Membership membership;
  CHECK(membership.ParseFromString(response->items(0).resource()));
  CHECK(membership.role() == v1::ROLE_MODERATOR);
  // Has ended since.
  CHECK(response->items(1).community() == BytesOf(bakers.uuid()));
  CHECK(response->items(1).resource().empty());
}

TEST_CASE_METHOD(Fixture, "the revision of facts grows with what changes them") {
  const auto before = Load({});
  REQUIRE(before.ok());
  AddMembership(bakers, ada, Role::kOwner);
  Edit(Visibility::kSecret);
  CHECK(Load({})->access_revision() == before->access_revision());
  v1::LeaveCommunityRequest leave;
  AddMembership(bakers, ben, Role::kOwner);
  leave.set_name(Name(bakers));
  leave.set_request_id(NewRequestId());
  REQUIRE(Call(access::Permission::kCommunityLeave, LeaveCommunity, leave, bakers).ok());
  CHECK(Load({})->access_revision() > before->access_revision());
}

TEST_CASE_METHOD(Fixture, "too many items and ids that are none are refused") {
  change::v1::LoadItemsRequest request;
  request.add_refs()->set_key("short");
  CHECK(Is(Load(request).status(), policy::reasons::kFieldInvalid));
  request.clear_refs();
  for (int i = 0; i < 1001; ++i) {
    Ask(request, change::v1::KIND_COMMUNITY_UPDATED, ada.uuid(), ada.uuid());
  }
  CHECK(Is(Load(request).status(), policy::reasons::kFieldInvalid));
}

TEST_CASE("an edit that narrows or widens a community is told beside the edit") {
  Fixture it;
  it.bakers = it.AddCommunity("Millers", Visibility::kOpen);
  it.AddMembership(it.bakers, it.ada, Role::kOwner);
  it.Edit(Visibility::kClosed);
  CHECK(it.Changes(it.bakers) == "4,17");
  it.Edit(Visibility::kOpen);
  CHECK(it.Changes(it.bakers) == "4,17,4,19");
  it.Edit(Visibility::kOpen);
  CHECK(it.Changes(it.bakers) == "4,17,4,19,4");
}

}  // namespace
}  // namespace guildhall::directory
