// Profiles, the creation of members, and what imports bring.
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
  absl::StatusOr<v1::Member> Get(std::string name) {
    v1::GetMemberRequest request;
    request.set_name(std::move(name));
    return Call(Permission::kMemberRead, GetMember, request);
  }
  absl::StatusOr<v1::Member> Update(const v1::Member& member, std::string path) {
    v1::UpdateMemberRequest request;
    *request.mutable_member() = member;
    request.mutable_update_mask()->add_paths(std::move(path));
    request.set_request_id(NewRequestId());
    return Call(Permission::kOwn, UpdateMember, request);
  }
};

TEST_CASE_METHOD(Fixture, "a profile is edited by its member alone") {
  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  As(ada);
  v1::Member me = *Get("members/me");
  CHECK(me.name() == Name(ada));
  me.add_skills("Sourdough");
  CHECK(Update(me, "skills")->skills(0) == "Sourdough");
  CHECK(Is(Update(*Get(Name(ben)), "skills").status(), policy::reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "the caller is members/me wherever a member is named") {
  const MemberId ada = AddMember("Ada"), ben = AddMember("Ben");
  As(ada);
  v1::Member me;
  me.set_name("members/me");
  me.set_headline("Baker");
  CHECK(Update(me, "headline")->name() == Name(ada));
  v1::BatchGetMembersRequest request;
  for (const std::string& name : {Name(ben), std::string("members/me"), Name(ada)}) {
    request.add_names(name);
  }
  const auto members = Call(Permission::kBrowse, BatchGetMembers, request);
  REQUIRE(members->members_size() == 2);
  CHECK(members->members(0).name() == Name(ben));
  CHECK(members->members(1).headline() == "Baker");
  me.set_name("members/you");
  CHECK(Is(Update(me, "headline").status(), policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "an edit needs a fresh etag and a field that is one's own to set") {
  As(AddMember("Ada"));
  v1::Member me = *Get("members/me");
  me.set_headline("Baker");
  REQUIRE(Update(me, "headline").ok());
  CHECK(Is(Update(me, "headline").status(), policy::reasons::kEtagStale));
  me.clear_etag();
  CHECK(Is(Update(me, "affiliation").status(), policy::reasons::kFieldInvalid));
  me.set_time_zone("Mars/Olympus");
  CHECK(Is(Update(me, "time_zone").status(), policy::reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "when and how somebody is spoken to is told to who knows them") {
  const CommunityId shared = AddCommunity("Ovens", Visibility::kOpen, Admits::kEveryone);
  const MemberId ada = AddMember("Ada"), carla = AddMember("Carla", Affiliation::kExternal);
  AddMembership(shared, ada);
  As(ada);
  v1::Member me = *Get("members/me");
  me.set_pronouns("she/her");
  REQUIRE(Update(me, "pronouns").ok());
  me = *Get("members/me");
  me.set_time_zone("Africa/Lagos");
  REQUIRE(Update(me, "time_zone").ok());
  me = *Get("members/me");
  v1::WorkingHours& monday = *me.add_working_hours();
  monday.set_start_minute(9 * 60);
  monday.set_end_minute(17 * 60);
  REQUIRE(Update(me, "working_hours").ok());
  // What they need keeps its time zone.
  me = *Get("members/me");
  me.clear_time_zone();
  CHECK(Is(Update(me, "time_zone").status(), policy::reasons::kFieldInvalid));

  // Carla reads her name beside her posts, and shares no community with her.
  As(carla);
  CHECK(Get(Name(ada))->pronouns().empty());
  CHECK(Get(Name(ada))->working_hours_size() == 0);
  AddMembership(shared, carla);
  CHECK(Get(Name(ada))->pronouns() == "she/her");
  REQUIRE(Get(Name(ada))->working_hours_size() == 1);
  CHECK(Get(Name(ada))->working_hours(0).end_minute() == 17 * 60);
}

TEST_CASE_METHOD(Fixture, "whom an external member may not know is not found") {
  const MemberId stranger = AddMember("Stella");
  As(AddMember("Carla", Affiliation::kExternal));
  CHECK(Get(Name(stranger)).status() == Get(Name(MemberId())).status());
  CHECK(Update(v1::Member(), "headline").status().code() == absl::StatusCode::kInvalidArgument);
}

TEST_CASE_METHOD(Fixture, "the first question about an account creates its member") {
  v1::BatchGetAccessFactsRequest request;
  const MemberId ada(NewUuidV7(SystemClock().Now(), SystemRandom()));
  v1::AccessQuestion& question = *request.add_questions();
  question.set_member_id(std::string(ada.uuid().bytes.begin(), ada.uuid().bytes.end()));
  question.set_display_name("Ada");
  question.set_affiliation(v1::AFFILIATION_EMPLOYEE);
  As(AddMember("Anybody"));
  for (int call = 0; call < 2; ++call) {
    const auto facts = Call(Permission::kBrowse, BatchGetAccessFacts, request);
    REQUIRE(facts.ok());
    CHECK(facts->facts(0).affiliation() == v1::AFFILIATION_EMPLOYEE);
    CHECK(facts->facts(0).visibility() == v1::VISIBILITY_UNSPECIFIED);
  }
  CHECK(Ask("SELECT count(*) FROM change_log WHERE kind = 1") == "1");
}

TEST_CASE_METHOD(Fixture, "an import writes what is new and nothing twice") {
  As(AddMember("Anybody"));
  v1::ImportMembersRequest members;
  v1::Member& member = *members.add_members();
  const MemberId id(ImportedUuid(absl::FromUnixSeconds(1), "test", "member", "ada"));
  member.set_name(Name(id));
  member.set_display_name("Ada");
  member.add_skills("Sourdough");
  member.set_pronouns("she/her");
  member.set_affiliation(v1::AFFILIATION_EMPLOYEE);
  member.mutable_create_time()->set_seconds(1600000000);
  CHECK(Call(Permission::kBrowse, ImportMembers, members)->created_count() == 1);
  CHECK(Call(Permission::kBrowse, ImportMembers, members)->created_count() == 0);
  CHECK(Get(Name(id))->skills(0) == "Sourdough");
  CHECK(Get(Name(id))->pronouns() == "she/her");
  CHECK(Ask("SELECT origin FROM change_log WHERE kind = 1") == "2");
}

TEST_CASE_METHOD(Fixture, "an import brings trees and counts those who belong") {
  const MemberId ada = AddMember("Ada");
  As(ada);
  v1::ImportCommunitiesRequest communities;
  std::vector<CommunityId> ids;
  for (const char* name : {"Top", "Middle", "Leaf"}) {
    v1::Community& community = *communities.add_communities();
    if (!ids.empty()) community.set_parent(Name(ids.back()));
    ids.push_back(CommunityId(ImportedUuid(absl::FromUnixSeconds(1), "test", "community", name)));
    community.set_name(Name(ids.back()));
    community.set_display_name(name);
    community.set_kind(v1::COMMUNITY_KIND_INTEREST);
    community.set_visibility(v1::VISIBILITY_OPEN);
    community.mutable_create_time()->set_seconds(1600000000);
  }
  CHECK(Call(Permission::kBrowse, ImportCommunities, communities)->created_count() == 3);
  CHECK(Call(Permission::kBrowse, ImportCommunities, communities)->created_count() == 0);

  v1::ImportMembershipsRequest memberships;
  v1::ImportedMembership& membership = *memberships.add_memberships();
  membership.set_community(Name(ids.back()));
  membership.set_member(Name(ada));
  membership.set_role(v1::ROLE_OWNER);
  membership.mutable_create_time()->set_seconds(1600000000);
  CHECK(Call(Permission::kBrowse, ImportMemberships, memberships)->created_count() == 1);
  CHECK(Call(Permission::kBrowse, ImportMemberships, memberships)->created_count() == 0);
  CHECK(Ask("SELECT cardinality(ancestor_ids) || '/' || member_count FROM communities "
            "WHERE display_name = 'Leaf'") == "2/1");
}

TEST_CASE_METHOD(Fixture, "an import founds only where a founder could") {
  As(AddMember("Ada"));
  const CommunityId staff = AddCommunity("Staff", Visibility::kClosed);
  v1::ImportCommunitiesRequest request;
  v1::Community& community = *request.add_communities();
  community.set_name(
      Name(CommunityId(ImportedUuid(absl::FromUnixSeconds(1), "test", "community", "Guests"))));
  community.set_parent(Name(staff));
  community.set_display_name("Guests");
  community.set_kind(v1::COMMUNITY_KIND_CUSTOMER);
  community.set_visibility(v1::VISIBILITY_OPEN);
  community.mutable_create_time()->set_seconds(1600000000);
  const auto import = [&] {
    return Call(Permission::kBrowse, ImportCommunities, request).status();
  };
  CHECK(Is(import(), reasons::kWiderThanParent));
  community.set_visibility(v1::VISIBILITY_CLOSED);
  community.set_parent(Name(CommunityId()));
  CHECK(Is(import(), policy::reasons::kFieldInvalid));
  CHECK(Ask("SELECT count(*) FROM communities") == "1");

  community.set_parent(Name(staff));
  CHECK(import().ok());
  // What stands is left as it is, whatever became of what is above.
  Run("UPDATE communities SET visibility = 3 WHERE display_name = 'Staff'");
  CHECK(import().ok());
  community.set_name(
      Name(CommunityId(ImportedUuid(absl::FromUnixSeconds(1), "test", "community", "Others"))));
  CHECK(Is(import(), reasons::kWiderThanParent));
}

}  // namespace
}  // namespace guildhall::directory
