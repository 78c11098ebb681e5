// What a community is founded with that its founder has not said.
#include <catch2/catch.hpp>

#include "guildhall/directory/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using resources::Name;

struct Fixture : ApiFixture {
  Fixture() { As(AddMember("Ada")); }

  absl::StatusOr<v1::Community> Found(v1::Community community) {
    std::optional<CommunityId> parent;
    if (!community.parent().empty()) {
      parent = *resources::ParseCommunity("parent", community.parent());
    }
    v1::CreateCommunityRequest request;
    *request.mutable_community() = std::move(community);
    request.mutable_community()->set_display_name("Rye " + NewRequestId());
    request.set_request_id(NewRequestId());
    return Call(Permission::kCommunityCreate, CreateCommunity, request, parent);
  }
  static v1::Community Of(v1::CommunityKind kind) {
    v1::Community community;
    community.set_kind(kind);
    return community;
  }
  v1::Charter CharterOf(const v1::Community& community) {
    v1::GetCharterRequest request;
    request.set_community(community.name());
    const auto charter = Call(Permission::kCommunityRead, GetCharter, request,
                              *resources::ParseCommunity("name", community.name()));
    REQUIRE(charter.ok());
    return *charter;
  }
};

TEST_CASE_METHOD(Fixture, "a community that is founded by its kind alone is as its template says") {
  const auto templates =
      Call(Permission::kBrowse, ListCommunityTemplates, v1::ListCommunityTemplatesRequest());
  REQUIRE(templates->templates_size() == 5);
  for (const v1::CommunityTemplate& each : templates->templates()) {
    const auto founded = Found(Of(each.kind()));
    REQUIRE(founded.ok());
    CHECK(founded->visibility() == each.visibility());
    CHECK(founded->admits() == v1::ADMITS_EMPLOYEES);
    const v1::Charter charter = CharterOf(*founded);
    CHECK(charter.welcome() == each.welcome());
    CHECK(charter.cadence() == each.cadence());
    CHECK(charter.review_time().seconds() - founded->create_time().seconds() ==
          each.review_interval().seconds());
  }
}

TEST_CASE_METHOD(Fixture, "what is left out below a narrower community is as narrow") {
  v1::Community secret = Of(v1::COMMUNITY_KIND_PROJECT);
  secret.set_visibility(v1::VISIBILITY_SECRET);
  const auto parent = Found(secret);
  v1::Community below = Of(v1::COMMUNITY_KIND_CUSTOMER);
  below.set_parent(parent->name());
  const auto founded = Found(below);
  REQUIRE(founded.ok());
  CHECK(founded->visibility() == v1::VISIBILITY_SECRET);
  CHECK(founded->admits() == v1::ADMITS_EMPLOYEES);
  below.set_admits(v1::ADMITS_EVERYONE);
  CHECK(Is(Found(below).status(), reasons::kWiderThanParent));
}

}  // namespace
}  // namespace guildhall::directory
