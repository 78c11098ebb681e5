// Who finds whom, by what, and what is counted.
#include <catch2/catch.hpp>

#include "services/directory/api/search_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;

struct Fixture : SearchFixture {
  Names Called(const std::string& query) {
    v1::SearchMembersRequest request;
    request.set_query(query);
    return NamesIn(Search(request));
  }
  v1::SearchMembersRequest In(CommunityId community) {
    v1::SearchMembersRequest request;
    request.set_community(resources::Name(community));
    return request;
  }
  // "facet value count" of each.
  static Names Counts(const v1::SearchMembersResponse& response) {
    Names counts;
    for (const v1::FacetValue& value : response.facets()) {
      counts.push_back(std::to_string(value.facet()) + " " + value.value() + " " +
                       std::to_string(value.member_count()));
    }
    return counts;
  }

  const MemberId jose = Add("José Álvarez", "location = 'Porto', skills = '{Rye,C++}'");
  const MemberId joan =
      Add("Joan Alvarez-Quist", "location = 'porto', skills = '{rye}', interests = '{Chess}'");
  const MemberId soren = Add("Søren Łuk", "location = 'Oslo', projects = '{Dawn}'");
  const MemberId carla =
      Add("Carla Quist", "skills = '{Rye}', location = 'Porto'", Affiliation::kExternal);
};

TEST_CASE_METHOD(Fixture, "a name is found by the beginnings of its words, in any order and case") {
  As(soren);
  CHECK(Called("jo") == Names{"Joan Alvarez-Quist", "José Álvarez"});
  CHECK(Called("alv JO") == Names{"Joan Alvarez-Quist", "José Álvarez"});
  CHECK(Called("quist") == Names{"Carla Quist", "Joan Alvarez-Quist"});
  CHECK(Called("varez").empty());
}

TEST_CASE_METHOD(Fixture, "accents make no difference") {
  As(soren);
  CHECK(Called("jose alvarez") == Names{"José Álvarez"});
  CHECK(Called("Söre") == Names{"Søren Łuk"});
  CHECK(Called("luk") == Names{"Søren Łuk"});
}

TEST_CASE_METHOD(Fixture, "one typo in a word is forgiven if nobody is called so") {
  As(soren);
  for (const char* typo : {"alvares jose", "alvrez jose", "alavrez jsoe", "allvarez jose"}) {
    CHECK(Called(typo) == Names{"José Álvarez"});
  }
  CHECK(Called("alvraze").empty());
  CHECK(Called("xo").empty());
  // Somebody is called as asked, so nobody is guessed.
  CHECK(Called("joan") == Names{"Joan Alvarez-Quist"});
  AddMember("Joana");
  CHECK(Called("joana") == Names{"Joana"});
}

TEST_CASE_METHOD(Fixture, "long words are compared whole") {
  As(soren);
  AddMember("Eleni Papadimitrakopoulou");
  CHECK(Called("papadmitrakopoulou") == Names{"Eleni Papadimitrakopoulou"});
  CHECK(Called("papadimitrakopoulu") == Names{"Eleni Papadimitrakopoulou"});
  CHECK(Called("papadimitrakop") == Names{"Eleni Papadimitrakopoulou"});
  CHECK(Called("papadimitrakis").empty());
}

// Each of the many has a term in common with what is asked, and two typos.
TEST_CASE_METHOD(Fixture, "those one typo away are found among many who are two away") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Maiatnax', 1, now() FROM generate_series(1, 400)");
  AddMember("Marianna");
  As(soren);
  CHECK(Called("mariatna") == Names{"Marianna"});
}

TEST_CASE_METHOD(Fixture, "whole words come first") {
  As(soren);
  AddMember("Alvar Zack");
  CHECK(Called("alvar") == Names{"Alvar Zack", "Joan Alvarez-Quist", "José Álvarez"});
}

TEST_CASE_METHOD(Fixture, "facets narrow together and are counted among all who match") {
  Add("Runa", "location = 'Oslo', skills = '{Rye}'");
  Add("Pia", "location = 'Porto', skills = '{Oats}'");
  As(soren);
  v1::SearchMembersRequest request;
  request.add_skills("RYE");
  request.set_location("Porto");
  const auto found = Search(request);
  CHECK(NamesIn(found) == Names{"Carla Quist", "Joan Alvarez-Quist", "José Álvarez"});
  CHECK(found.total_size() == 3);
  CHECK(!found.more_match());
  const Names counts = Counts(found);
  REQUIRE(counts.size() == 4);
  CHECK(counts[0].ends_with(" 3"));
  CHECK(counts[1] == "1 C++ 1");
  CHECK(counts[2] == "2 Chess 1");
  CHECK(counts[3].ends_with("orto 3"));
  request.set_query("jo");
  request.add_interests("chess");
  CHECK(NamesIn(Search(request)) == Names{"Joan Alvarez-Quist"});
  request.add_projects("Dawn");
  CHECK(NamesIn(Search(request)).empty());
}

TEST_CASE_METHOD(Fixture, "an edited profile is found by what it says now") {
  As(jose);
  v1::UpdateMemberRequest update;
  update.mutable_member()->set_name("members/me");
  update.mutable_member()->set_display_name("Zoé");
  update.mutable_member()->add_skills("Spelt");
  update.mutable_update_mask()->add_paths("display_name");
  update.mutable_update_mask()->add_paths("skills");
  update.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kOwn, UpdateMember, update).ok());
  CHECK(Called("jose").empty());
  CHECK(Called("zoe") == Names{"Zoé"});
  v1::SearchMembersRequest request;
  request.add_skills("spelt");
  CHECK(NamesIn(Search(request)) == Names{"Zoé"});
}

TEST_CASE_METHOD(Fixture, "an external finds those with whom it shares a community, as they are") {
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
  AddMembership(forum, jose);
  As(carla);
  CHECK(Called("jo").empty());
  AddMembership(forum, carla);
  CHECK(Called("jo") == Names{"José Álvarez"});
  v1::SearchMembersRequest request;
  request.add_skills("rye");
  const auto found = Search(request);
  CHECK(NamesIn(found) == Names{"Carla Quist", "José Álvarez"});
  // Neither does who is hidden count, nor where else somebody belongs.
  AddMembership(AddCommunity("Inner"), jose);
  CHECK(Counts(Search(request)) ==
        Names{"1 Rye 2", "1 C++ 1", "4 Porto 2", "5 " + resources::Name(forum) + " 2"});
}

// Of those called Max it knows every other, of those called Moritz one in fifty.
TEST_CASE_METHOD(Fixture, "an external with many communities finds whom one with few finds") {
  const MemberId busy = AddMember("Bess", Affiliation::kExternal);
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
  AddMembership(forum, carla);
  AddMembership(forum, busy);
  for (int n = 0; n < kMaxCommunitiesByIndex; ++n) {
    AddMembership(AddCommunity("Forum " + std::to_string(n)), busy);
  }
  Run("INSERT INTO members (id, display_name, skills, affiliation, create_time, community_ids) "
      "SELECT gen_random_uuid(), name || ' ' || n, ARRAY['Skill ' || n % 7], 1, now(), "
      "CASE WHEN n % one_in = 0 THEN ARRAY['" +
      forum.ToString() +
      "'::uuid] ELSE '{}' END FROM generate_series(1, 700) n, "
      "(VALUES ('Max', 2), ('Moritz', 50)) called(name, one_in)");
  for (const char* query : {"max", "moritz", "m", "mortiz", "nobody"}) {
    INFO(query);
    v1::SearchMembersRequest request;
    request.set_query(query);
    request.set_page_size(100);
    const auto find = [&](MemberId caller) {
      As(caller);
      v1::SearchMembersResponse found = Search(request);
      found.clear_next_page_token();
      return found;
    };
    const auto by_index = find(carla), by_rows = find(busy);
    CHECK(by_rows.SerializeAsString() == by_index.SerializeAsString());
    CHECK(by_rows.members().empty() == (std::string_view(query) == "nobody"));
    CHECK(by_rows.more_match() ==
          (std::string_view(query).starts_with("ma") || std::string_view(query) == "m"));
  }
}

TEST_CASE_METHOD(Fixture, "members are found by a community whose members one may see") {
  const CommunityId open = AddCommunity("Open"),
                    closed = AddCommunity("Closed", Visibility::kClosed),
                    secret = AddCommunity("Secret", Visibility::kSecret);
  for (const CommunityId each : {open, closed, secret}) AddMembership(each, jose);
  As(soren);
  CHECK(NamesIn(Search(In(open))) == Names{"José Álvarez"});
  CHECK(Search(In(closed)).SerializeAsString() == Search(In(CommunityId())).SerializeAsString());
  CHECK(Search(In(secret)).SerializeAsString() == Search(In(CommunityId())).SerializeAsString());
  // What one does not belong to is not counted.
  CHECK(Counts(Search(In(open))) == Names{"1 C++ 1", "1 Rye 1", "4 Porto 1"});
  As(jose);
  CHECK(NamesIn(Search(In(secret))) == Names{"José Álvarez"});
  CHECK(Counts(Search(In(secret))).size() == 6);
}

TEST_CASE_METHOD(Fixture, "who joins is found, and who leaves is not, at once") {
  const CommunityId open = AddCommunity("Open");
  AddMembership(open, soren, Role::kOwner);
  As(jose);
  v1::JoinCommunityRequest join;
  join.set_name(resources::Name(open));
  join.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kCommunityJoin, JoinCommunity, join, open).ok());
  CHECK(NamesIn(Search(In(open))) == Names{"José Álvarez", "Søren Łuk"});
  v1::LeaveCommunityRequest leave;
  leave.set_name(resources::Name(open));
  leave.set_request_id(NewRequestId());
  REQUIRE(Call(Permission::kCommunityLeave, LeaveCommunity, leave).ok());
  CHECK(NamesIn(Search(In(open))) == Names{"Søren Łuk"});
}

TEST_CASE_METHOD(Fixture, "who founds or is imported is found by the community") {
  As(jose);
  v1::CreateCommunityRequest found;
  found.mutable_community()->set_display_name("Bakers");
  found.mutable_community()->set_kind(v1::COMMUNITY_KIND_PRACTICE);
  found.mutable_community()->set_visibility(v1::VISIBILITY_OPEN);
  found.set_request_id(NewRequestId());
  const auto bakers = Call(Permission::kCommunityCreate, CreateCommunity, found);
  REQUIRE(bakers.ok());
  v1::ImportMembershipsRequest import;
  for (const MemberId id : {joan, soren}) {
    v1::ImportedMembership& membership = *import.add_memberships();
    membership.set_community(bakers->name());
    membership.set_member(resources::Name(id));
    membership.set_role(v1::ROLE_MEMBER);
    membership.mutable_create_time()->set_seconds(1'600'000'000);
  }
  REQUIRE(Call(Permission::kBrowse, ImportMemberships, import).ok());
  v1::SearchMembersRequest request;
  request.set_community(bakers->name());
  CHECK(Search(request).total_size() == 3);
}

TEST_CASE_METHOD(Fixture, "more than can be counted are not, and say so") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Max ' || n, 1, now() FROM generate_series(1, 300) n");
  As(soren);
  v1::SearchMembersRequest request;
  request.set_query("max");
  request.set_page_size(100);
  CHECK(Search(request).total_size() == 300);
  std::set<std::string> found;
  do {
    const auto page = Search(request);
    for (const v1::Member& member : page.members()) found.insert(member.name());
    request.set_page_token(page.next_page_token());
  } while (!request.page_token().empty());
  CHECK(found.size() == 300);

  AddMember("Max");
  request.clear_page_token();
  const auto many = Search(request);
  CHECK(many.more_match());
  CHECK(many.total_size() == 0);
  CHECK(many.facets().empty());
  CHECK(many.members_size() == 100);
}

TEST_CASE_METHOD(Fixture, "a search asks for something that there may be") {
  As(soren);
  const auto refused = [&](const v1::SearchMembersRequest& request) {
    return Is(Call(Permission::kBrowse, SearchMembers, request).status(), kFieldInvalid);
  };
  v1::SearchMembersRequest request;
  CHECK(refused(request));
  request.set_community("topics/1");
  CHECK(refused(request));
}

}  // namespace
}  // namespace guildhall::directory
