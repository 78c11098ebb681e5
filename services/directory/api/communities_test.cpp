// What becomes of communities and memberships, call by call.
#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::Community> Create(std::string name, v1::Visibility visibility,
                                       std::optional<CommunityId> parent = {},
                                       std::string request_id = NewRequestId()) {
    v1::CreateCommunityRequest request;
    request.mutable_community()->set_display_name(std::move(name));
    request.mutable_community()->set_kind(v1::COMMUNITY_KIND_PRACTICE);
    request.mutable_community()->set_visibility(visibility);
    if (parent) request.mutable_community()->set_parent(Name(*parent));
    request.set_request_id(std::move(request_id));
    return Call(Permission::kCommunityCreate, CreateCommunity, request, parent);
  }
  absl::StatusOr<v1::Community> Get(CommunityId id) {
    return Call(Permission::kCommunityRead, GetCommunity, v1::GetCommunityRequest(), id);
  }
  absl::StatusOr<v1::Membership> Join(CommunityId id, std::string request_id = NewRequestId()) {
    v1::JoinCommunityRequest request;
    request.set_name(Name(id));
    request.set_request_id(std::move(request_id));
    return Call(Permission::kCommunityJoin, JoinCommunity, request, id);
  }
  absl::StatusOr<v1::LeaveCommunityResponse> Leave(CommunityId id,
                                                   std::string request_id = NewRequestId()) {
    v1::LeaveCommunityRequest request;
    request.set_name(Name(id));
    request.set_request_id(std::move(request_id));
    return Call(Permission::kCommunityLeave, LeaveCommunity, request, id);
  }
  absl::StatusOr<v1::Community> Update(v1::Community community, std::string path) {
    v1::UpdateCommunityRequest request;
    const auto id = resources::ParseCommunity("name", community.name());
    *request.mutable_community() = std::move(community);
    request.mutable_update_mask()->add_paths(std::move(path));
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityEdit, UpdateCommunity, request, *id);
  }
  CommunityId IdOf(const v1::Community& community) {
    return *resources::ParseCommunity("name", community.name());
  }
};

TEST_CASE_METHOD(Fixture, "whoever founds a community owns it") {
  As(AddMember("Ada"));
  const auto community = Create("Bakers", v1::VISIBILITY_OPEN);
  REQUIRE(community.ok());
  CHECK(community->member_count() == 1);
  CHECK(community->admits() == v1::ADMITS_EMPLOYEES);
  CHECK(Get(IdOf(*community))->SerializeAsString() == community->SerializeAsString());
  CHECK(Is(Leave(IdOf(*community)).status(), reasons::kLastOwner));
}

TEST_CASE_METHOD(Fixture, "founding a community twice with one request id founds one") {
  As(AddMember("Ada"));
  const std::string id = NewRequestId();
  const auto first = Create("Bakers", v1::VISIBILITY_OPEN, {}, id);
  const auto repeat = Create("Bakers", v1::VISIBILITY_OPEN, {}, id);
  REQUIRE(repeat.ok());
  CHECK(repeat->name() == first->name());
  CHECK(Is(Create("Brewers", v1::VISIBILITY_OPEN, {}, id).status(),
           policy::reasons::kRequestIdReused));
  CHECK(Ask("SELECT count(*) FROM communities") == "1");
}

TEST_CASE_METHOD(Fixture, "two communities side by side have different names") {
  As(AddMember("Ada"));
  REQUIRE(Create("Bakers", v1::VISIBILITY_OPEN).ok());
  CHECK(Is(Create("BAKERS", v1::VISIBILITY_CLOSED).status(), reasons::kDisplayNameTaken));
  CHECK(Create("Bakers", v1::VISIBILITY_SECRET).ok());
}

TEST_CASE_METHOD(Fixture, "only its owners found a community below another") {
  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  As(ada);
  const CommunityId parent = IdOf(*Create("Bakers", v1::VISIBILITY_CLOSED));
  CHECK(Create("Rye", v1::VISIBILITY_SECRET, parent)->parent() == Name(parent));
  CHECK(Is(Create("Rye", v1::VISIBILITY_OPEN, parent).status(), reasons::kWiderThanParent));
  As(ben);
  CHECK(
      Is(Create("Wheat", v1::VISIBILITY_CLOSED, parent).status(), policy::reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "joining counts once, leaving counts back") {
  const CommunityId bakers = AddCommunity("Bakers");
  As(AddMember("Ada"));
  REQUIRE(Join(bakers).ok());
  REQUIRE(Join(bakers).ok());
  CHECK(Get(bakers)->member_count() == 1);
  REQUIRE(Leave(bakers).ok());
  CHECK(Get(bakers)->member_count() == 0);
  CHECK(Is(Leave(bakers).status(), policy::reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "leaving a secret community twice with one request id answers alike") {
  const CommunityId secret = AddCommunity("Merger", Visibility::kSecret);
  const MemberId ada = AddMember("Ada");
  AddMembership(secret, ada);
  As(ada);
  const std::string id = NewRequestId();
  CHECK(Leave(secret, id).ok());
  CHECK(Leave(secret, id).ok());
  CHECK(Is(Leave(secret).status(), policy::reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "a closed community is not joined without being asked") {
  const CommunityId closed = AddCommunity("Board", Visibility::kClosed);
  As(AddMember("Ada"));
  CHECK(Is(Join(closed).status(), reasons::kJoinByRequest));
}

TEST_CASE_METHOD(Fixture, "a secret community answers like one that does not exist") {
  const CommunityId secret = AddCommunity("Merger", Visibility::kSecret);
  const CommunityId nothing(NewUuidV7(SystemClock().Now(), SystemRandom()));
  As(AddMember("Ada"));
  CHECK(Get(secret).status() == Get(nothing).status());
  CHECK(Join(secret).status() == Join(nothing).status());
  CHECK(Leave(secret).status() == Leave(nothing).status());
  CHECK(Is(Get(secret).status(), policy::reasons::kNotFound));
  CHECK(Create("Below", v1::VISIBILITY_SECRET, secret).status() ==
        Create("Below", v1::VISIBILITY_SECRET, nothing).status());
}

TEST_CASE_METHOD(Fixture, "an edit needs the etag of what stands") {
  As(AddMember("Ada"));
  v1::Community community = *Create("Bakers", v1::VISIBILITY_OPEN);
  community.set_description("Bread.");
  const auto edited = Update(community, "description");
  REQUIRE(edited.ok());
  CHECK(edited->description() == "Bread.");
  CHECK(edited->etag() != community.etag());
  CHECK(Is(Update(community, "description").status(), policy::reasons::kEtagStale));
  CHECK(Is(Update(*edited, "member_count").status(), policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an owner says what a community is for, by which it is listed then") {
  As(AddMember("Ada"));
  v1::Community community = *Create("Bakers", v1::VISIBILITY_OPEN);
  v1::ListCommunitiesRequest projects;
  projects.set_kind(v1::COMMUNITY_KIND_PROJECT);
  const auto listed = [&] {
    return Call(Permission::kBrowse, ListCommunities, projects)->communities_size();
  };
  CHECK(listed() == 0);
  community.set_kind(v1::COMMUNITY_KIND_PROJECT);
  const auto edited = Update(community, "kind");
  REQUIRE(edited.ok());
  CHECK(edited->kind() == v1::COMMUNITY_KIND_PROJECT);
  CHECK(edited->visibility() == v1::VISIBILITY_OPEN);
  CHECK(Get(IdOf(community))->SerializeAsString() == edited->SerializeAsString());
  CHECK(listed() == 1);
  community = *edited;
  community.set_kind(v1::COMMUNITY_KIND_UNSPECIFIED);
  CHECK(Is(Update(community, "kind").status(), policy::reasons::kFieldInvalid));
  As(AddMember("Ben"));
  CHECK(Is(Update(*edited, "kind").status(), policy::reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "an edit keeps the tree narrow towards its leaves") {
  As(AddMember("Ada"));
  const v1::Community parent = *Create("Bakers", v1::VISIBILITY_OPEN);
  v1::Community child = *Create("Rye", v1::VISIBILITY_CLOSED, IdOf(parent));
  v1::Community narrowed = parent;
  narrowed.set_visibility(v1::VISIBILITY_SECRET);
  CHECK(Is(Update(narrowed, "visibility").status(), reasons::kNarrowerThanChild));
  child.set_admits(v1::ADMITS_EVERYONE);
  CHECK(Is(Update(child, "admits").status(), reasons::kWiderThanParent));
}

TEST_CASE_METHOD(Fixture, "a community is not closed to customers who belong to it") {
  const MemberId ada = AddMember("Ada"), carla = AddMember("Carla", Affiliation::kExternal);
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kOpen, Admits::kEveryone);
  AddMembership(bakers, ada, Role::kOwner);
  As(carla);
  REQUIRE(Join(bakers).ok());
  As(ada);
  v1::Community community = *Get(bakers);
  community.set_admits(v1::ADMITS_EMPLOYEES);
  CHECK(Is(Update(community, "admits").status(), reasons::kExternalsBelong));
  CHECK(Get(bakers)->admits() == v1::ADMITS_EVERYONE);
  As(carla);
  REQUIRE(Leave(bakers).ok());
  As(ada);
  community.set_etag("");
  CHECK(Update(community, "admits")->admits() == v1::ADMITS_EMPLOYEES);
}

TEST_CASE_METHOD(Fixture, "what a customer founds takes the customer in") {
  const CommunityId bakers = AddCommunity("Bakers", Visibility::kOpen, Admits::kEveryone);
  const MemberId carla = AddMember("Carla", Affiliation::kExternal);
  AddMembership(bakers, carla, Role::kOwner);
  As(carla);
  CHECK(Create("Rye", v1::VISIBILITY_OPEN, bakers)->admits() == v1::ADMITS_EVERYONE);
  v1::CreateCommunityRequest request;
  request.mutable_community()->set_display_name("Wheat");
  request.mutable_community()->set_kind(v1::COMMUNITY_KIND_PRACTICE);
  request.mutable_community()->set_admits(v1::ADMITS_EMPLOYEES);
  request.mutable_community()->set_parent(Name(bakers));
  request.set_request_id(NewRequestId());
  CHECK(Is(Call(Permission::kCommunityCreate, CreateCommunity, request, bakers).status(),
           reasons::kNotAdmitted));
}

TEST_CASE_METHOD(Fixture, "a community tells what stands above it, the topmost first") {
  As(AddMember("Ada"));
  const CommunityId guild = IdOf(*Create("Guild", v1::VISIBILITY_OPEN));
  const CommunityId bakers = IdOf(*Create("Bakers", v1::VISIBILITY_OPEN, guild));
  const CommunityId rye = IdOf(*Create("Rye", v1::VISIBILITY_OPEN, bakers));
  CHECK(Get(guild)->ancestors().empty());
  v1::Community renamed = *Get(bakers);
  renamed.set_display_name("Brewers");
  REQUIRE(Update(renamed, "display_name").ok());
  const v1::Community told = *Get(rye);
  REQUIRE(told.ancestors_size() == 2);
  CHECK(told.ancestors(0).name() == Name(guild));
  CHECK(told.ancestors(0).display_name() == "Guild");
  CHECK(told.ancestors(1).name() == told.parent());
  CHECK(told.ancestors(1).display_name() == "Brewers");
}

TEST_CASE_METHOD(Fixture, "what somebody may not know above a community leaves no trace in it") {
  const CommunityId guild = AddCommunity("Guild");
  const CommunityId merger = AddCommunity("Merger", Visibility::kSecret, Admits::kEmployees, guild);
  const CommunityId legal = AddCommunity("Legal", Visibility::kSecret, Admits::kEmployees, merger);
  const CommunityId taxes = AddCommunity("Taxes", Visibility::kSecret, Admits::kEmployees, legal);
  const MemberId ines = AddMember("Ines");
  AddMembership(taxes, ines);
  AddMembership(legal, ines);
  As(ines);
  const v1::Community told = *Get(taxes);
  CHECK(!kept());
  CHECK(told.parent() == Name(legal));
  REQUIRE(told.ancestors_size() == 2);
  CHECK(told.ancestors(0).display_name() == "Guild");
  CHECK(told.ancestors(1).display_name() == "Legal");
  Run("DELETE FROM memberships WHERE community_id = '" + legal.ToString() + "'");
  CHECK(Get(taxes)->parent().empty());
  CHECK(Get(taxes)->ancestors_size() == 1);
  Run("UPDATE members SET affiliation = 2");
  CHECK(Get(taxes)->ancestors().empty());
}

TEST_CASE_METHOD(Fixture, "a batch tells of each community what it tells alone") {
  const CommunityId guild = AddCommunity("Guild");
  const CommunityId merger = AddCommunity("Merger", Visibility::kSecret, Admits::kEmployees, guild);
  const CommunityId legal = AddCommunity("Legal", Visibility::kSecret, Admits::kEmployees, merger);
  const MemberId ines = AddMember("Ines");
  AddMembership(legal, ines);
  As(ines);
  const auto batched = [&](Affiliation affiliation) {
    Run("UPDATE members SET affiliation = " + std::to_string(static_cast<int>(affiliation)));
    v1::BatchGetCommunitiesRequest request;
    for (const CommunityId id : {legal, merger, guild}) request.add_names(Name(id));
    return *Call(Permission::kBrowse, BatchGetCommunities, request);
  };
  const auto told = batched(Affiliation::kEmployee);
  REQUIRE(told.communities_size() == 2);
  CHECK(told.communities(0).ancestors_size() == 1);
  CHECK(told.communities(0).SerializeAsString() == Get(legal)->SerializeAsString());
  CHECK(told.communities(1).SerializeAsString() == Get(guild)->SerializeAsString());
  CHECK(batched(Affiliation::kExternal).communities(0).ancestors().empty());
}

TEST_CASE_METHOD(Fixture, "every change is in the log, ordered by its community") {
  As(AddMember("Ada"));
  const CommunityId bakers = IdOf(*Create("Bakers", v1::VISIBILITY_OPEN));
  As(AddMember("Ben"));
  REQUIRE(Join(bakers).ok());
  REQUIRE(Leave(bakers).ok());
  CHECK(Ask("SELECT string_agg(kind::text, ',' ORDER BY key_seq) FROM change_log WHERE key = '" +
            bakers.ToString() + "'") == "3,5,5,6");
}

}  // namespace
}  // namespace guildhall::directory
