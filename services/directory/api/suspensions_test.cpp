// What a suspended account means to the others: its member is there, and does nothing.
#include "libs/resources/names.h"
#include "services/directory/api/proposals_fixture.h"
#include "services/directory/store/suspension_store.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ProposalsFixture {
  void Set(MemberId id, bool suspended) {
    REQUIRE((**this)
                .Transact(context(),
                          [&](postgres::Work& work) {
                            LockSuspensions(work);
                            return NoteSuspensions(work, {{id, suspended}});
                          })
                .ok());
  }
  void Suspend(MemberId id) { Set(id, true); }
  void Reactivate(MemberId id) { Set(id, false); }
  absl::StatusOr<v1::Member> Get(MemberId id) {
    v1::GetMemberRequest request;
    request.set_name(Name(id));
    return Call(Permission::kMemberRead, GetMember, request);
  }
  int Found(const std::string& query, std::optional<CommunityId> in = {}) {
    v1::SearchMembersRequest request;
    request.set_query(query);
    if (in) request.set_community(Name(*in));
    const auto response = Call(Permission::kBrowse, SearchMembers, request);
    REQUIRE(response.ok());
    return response->members_size();
  }
  std::vector<std::string> Leads() {
    const auto charter =
        Call(Permission::kCommunityRead, GetCharter, v1::GetCharterRequest(), bakers);
    REQUIRE(charter.ok());
    return {charter->leads().begin(), charter->leads().end()};
  }
  absl::Status Leave(MemberId who) {
    As(who);
    v1::LeaveCommunityRequest request;
    request.set_name(Name(bakers));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityLeave, LeaveCommunity, request, bakers).status();
  }
  absl::Status StepDown(MemberId who) {
    As(who);
    v1::UpdateMembershipRequest request;
    request.mutable_membership()->set_name(resources::MembershipName(bakers, who));
    request.mutable_membership()->set_role(v1::ROLE_MEMBER);
    request.mutable_update_mask()->add_paths("role");
    request.set_request_id(NewRequestId());
    return Call(Permission::kMembershipEdit, UpdateMembership, request, bakers).status();
  }
  absl::Status Remove(MemberId removed) {
    v1::DeleteMembershipRequest request;
    request.set_name(resources::MembershipName(bakers, removed));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityModerate, DeleteMembership, request, bakers).status();
  }
  absl::Status Ban(MemberId banned) {
    v1::CreateBanRequest request;
    request.set_parent(Name(bakers));
    request.mutable_ban()->set_member(Name(banned));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityModerate, CreateBan, request, bakers).status();
  }
};

TEST_CASE_METHOD(Fixture, "a profile says that its account is suspended, to those who know it") {
  As(owner);
  const std::string etag = Get(member)->etag();
  Suspend(member);
  CHECK(Get(member)->suspended());
  CHECK(Get(member)->etag() != etag);
  CHECK_FALSE(Get(owner)->suspended());
  Reactivate(member);
  CHECK_FALSE(Get(member)->suspended());
}

TEST_CASE_METHOD(Fixture, "a customer who knows but the name is not told who is suspended") {
  const CommunityId open = AddCommunity("Open", Visibility::kOpen, Admits::kEveryone);
  AddMembership(open, member);
  Suspend(member);
  const MemberId customer = AddMember("Carla", Affiliation::kExternal);
  As(customer);
  CHECK_FALSE(Get(member)->suspended());
  AddMembership(open, customer);
  CHECK(Get(member)->suspended());
}

TEST_CASE_METHOD(Fixture, "no search finds whoever is suspended, and every one does afterwards") {
  As(owner);
  REQUIRE(Found("Mia") == 1);
  REQUIRE(Found("", bakers) == 3);
  Suspend(member);
  CHECK(Found("Mia") == 0);
  CHECK(Found("", bakers) == 2);
  Reactivate(member);
  CHECK(Found("Mia") == 1);
}

TEST_CASE_METHOD(Fixture, "whoever is suspended is not invited, and belongs where it belonged") {
  As(owner);
  Suspend(guest);
  CHECK(Is(Invite(), reasons::kMemberSuspended));
  Reactivate(guest);
  CHECK(Invite().ok());
  Suspend(member);
  const auto listed =
      Call(Permission::kMembershipList, ListMemberships, v1::ListMembershipsRequest(), bakers);
  CHECK(listed->memberships_size() == 3);
}

TEST_CASE_METHOD(Fixture, "whoever is suspended is taken in when its account is reactivated") {
  As(guest);
  REQUIRE(AskToJoin().ok());
  Suspend(guest);
  As(moderator);
  CHECK(Is(Approve().status(), reasons::kMemberSuspended));
  CHECK(Ask("SELECT count(*) FROM proposals") == "1");
  Reactivate(guest);
  const std::string request_id = NewRequestId();
  CHECK(Approve(request_id).ok());
  Suspend(guest);
  CHECK(Approve(request_id).ok());
}

TEST_CASE_METHOD(Fixture, "a charter names no lead who is suspended") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  As(owner);
  CHECK(Leads() == std::vector<std::string>{Name(owner), Name(second)});
  Suspend(owner);
  CHECK(Leads() == std::vector<std::string>{Name(second)});
}

TEST_CASE_METHOD(Fixture, "the last owner who can act stays, whoever else owns the community") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  Suspend(second);
  CHECK(Is(Leave(owner), reasons::kLastOwner));
  CHECK(Is(StepDown(owner), reasons::kLastOwner));
  As(above);
  CHECK(Is(Remove(owner), reasons::kLastOwner));
  CHECK(Is(Ban(owner), reasons::kLastOwner));
  Reactivate(second);
  CHECK(Leave(owner).ok());
}

TEST_CASE_METHOD(Fixture, "an owner who came with an import leaves nobody free to go") {
  AddMembership(bakers, AddImported("Irma"), Role::kOwner);
  CHECK(Is(Leave(owner), reasons::kLastOwner));
  CHECK(Is(StepDown(owner), reasons::kLastOwner));
  As(above);
  CHECK(Is(Ban(owner), reasons::kLastOwner));
  AddMembership(bakers, AddMember("Otto"), Role::kOwner);
  CHECK(Leave(owner).ok());
}

TEST_CASE_METHOD(Fixture, "an owner who is suspended is removed like any other") {
  const MemberId second = AddMember("Otto");
  AddMembership(bakers, second, Role::kOwner);
  Suspend(second);
  As(owner);
  CHECK(Remove(second).ok());
  Suspend(owner);
  As(above);
  CHECK(Is(Remove(owner), reasons::kLastOwner));
}

}  // namespace
}  // namespace guildhall::directory
