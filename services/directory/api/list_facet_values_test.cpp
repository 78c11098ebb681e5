// By what members may be asked for, and what nobody is offered.
#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/resources/names.h"
#include "services/directory/api/api_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using access::Permission;
using policy::reasons::kFieldInvalid;
using policy::reasons::kPageTokenInvalid;
using Texts = std::vector<std::string>;

struct Fixture : ApiFixture {
  MemberId Add(std::string_view name, const std::string& profile,
               Affiliation affiliation = Affiliation::kEmployee) {
    const MemberId id = AddMember(name, affiliation);
    Run("UPDATE members SET " + profile + " WHERE id = '" + id.ToString() + "'");
    return id;
  }
  absl::StatusOr<v1::ListFacetValuesResponse> Ask(const v1::ListFacetValuesRequest& request) {
    return Call(Permission::kBrowse, ListFacetValues, request);
  }
  v1::ListFacetValuesResponse List(v1::Facet facet, const std::string& beginning = "") {
    v1::ListFacetValuesRequest request;
    request.set_facet(facet);
    request.set_beginning(beginning);
    const auto response = Ask(request);
    REQUIRE(response.ok());
    return *response;
  }
  Texts Values(v1::Facet facet, const std::string& beginning = "") {
    const auto response = List(facet, beginning);
    return {response.values().begin(), response.values().end()};
  }
  Texts Skills(const std::string& beginning = "") { return Values(v1::FACET_SKILL, beginning); }
  // Page by page, `size` at a time.
  Texts Paged(int size) {
    v1::ListFacetValuesRequest request;
    request.set_facet(v1::FACET_SKILL);
    request.set_page_size(size);
    Texts all;
    do {
      const auto page = Ask(request);
      REQUIRE(page.ok());
      CHECK(page->values_size() <= size);
      all.insert(all.end(), page->values().begin(), page->values().end());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return all;
  }

  const MemberId ada =
      Add("Ada", "location = 'Porto', skills = '{Rye,C++,Émaux}', interests = '{Chess}'");
  const MemberId ben = Add("Ben", "location = 'porto', skills = '{RYE,Rye bread}'");
  const MemberId carla = Add("Carla", "skills = '{Yeast}'", Affiliation::kExternal);
  const CommunityId forum = AddCommunity("Forum", Visibility::kOpen, Admits::kEveryone);
};

TEST_CASE_METHOD(Fixture, "values come by alphabet, each once whatever its case and accents") {
  As(ada);
  CHECK(Skills() == Texts{"C++", "Émaux", "Rye", "Rye bread", "Yeast"});
  CHECK(Values(v1::FACET_LOCATION) == Texts{"Porto"});
  CHECK(Values(v1::FACET_INTEREST) == Texts{"Chess"});
  CHECK(Values(v1::FACET_PROJECT).empty());
}

TEST_CASE_METHOD(Fixture, "values begin with what is typed") {
  As(ada);
  CHECK(Skills("rY") == Texts{"Rye", "Rye bread"});
  CHECK(Skills("ema") == Texts{"Émaux"});
  CHECK(Skills("bread").empty());
  CHECK(Skills("%").empty());
}

TEST_CASE_METHOD(Fixture, "what nobody has any more is offered no more") {
  As(ben);
  Run("UPDATE members SET skills = '{Rye}' WHERE display_name = 'Ben'");
  CHECK(Skills("rye") == Texts{"Rye"});
  Run("UPDATE members SET skills = '{Malt}' WHERE display_name = 'Ada'");
  CHECK(Skills("rye") == Texts{"Rye"});
  Run("UPDATE members SET skills = '{malt,Malt}'");
  CHECK(Skills() == Texts{"malt"});
  // As the members say it, and nothing else.
  CHECK(TestDirectory::Ask("SELECT count(*) FROM facet_values WHERE facet = 1") == "3");
}

TEST_CASE_METHOD(Fixture, "an external is offered what they have with whom it shares a community") {
  As(carla);
  CHECK(Skills().empty());
  AddMembership(forum, carla);
  CHECK(Skills() == Texts{"Yeast"});
  AddMembership(forum, ben);
  CHECK(Skills() == Texts{"RYE", "Rye bread", "Yeast"});
  CHECK(Skills("ry") == Texts{"RYE", "Rye bread"});
  CHECK(Values(v1::FACET_LOCATION) == Texts{"porto"});
  CHECK(!List(v1::FACET_SKILL).more_match());
}

TEST_CASE_METHOD(Fixture, "of what an external may not know nothing shows") {
  AddMembership(forum, carla);
  AddMembership(forum, ben);
  As(carla);
  const std::string before = List(v1::FACET_SKILL).SerializeAsString();
  Run("INSERT INTO members (id, display_name, skills, affiliation, create_time) "
      "SELECT gen_random_uuid(), 'Max', ARRAY['rye', 'Rye ' || n], 1, now() "
      "FROM generate_series(1, 400) n");
  CHECK(List(v1::FACET_SKILL).SerializeAsString() == before);
}

TEST_CASE_METHOD(Fixture, "of more members than an external's search counts some are looked at") {
  AddMembership(forum, carla);
  const auto add = [&](int count) {
    Run("INSERT INTO members (id, display_name, skills, affiliation, create_time, community_ids) "
        "SELECT gen_random_uuid(), 'Max', '{Malt}', 1, now(), '{" +
        forum.ToString() + "}' FROM generate_series(1, " + std::to_string(count) + ")");
  };
  As(carla);
  add(kMaxCountedMembers - 1);
  CHECK(!List(v1::FACET_SKILL).more_match());
  CHECK(Skills("m") == Texts{"Malt"});
  add(1);
  CHECK(List(v1::FACET_SKILL).more_match());
  CHECK(Skills("m") == Texts{"Malt"});
}

TEST_CASE_METHOD(Fixture, "pages hold each value once") {
  for (const MemberId each : {ada, ben, carla}) AddMembership(forum, each);
  As(ada);
  CHECK(Paged(2) == Texts{"C++", "Émaux", "Rye", "Rye bread", "Yeast"});
  As(carla);
  CHECK(Paged(1).size() == 5);
}

TEST_CASE_METHOD(Fixture, "a page token is of one caller and one question") {
  As(ada);
  v1::ListFacetValuesRequest request;
  request.set_facet(v1::FACET_SKILL);
  request.set_page_size(1);
  request.set_page_token(Ask(request)->next_page_token());
  REQUIRE(Ask(request).ok());
  As(ben);
  CHECK(Is(Ask(request).status(), kPageTokenInvalid));
  As(ada);
  request.set_beginning("r");
  CHECK(Is(Ask(request).status(), kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "a facet that has values is asked for") {
  As(ada);
  for (const int facet : {0, 5, 6, -1}) {
    v1::ListFacetValuesRequest request;
    request.set_facet(static_cast<v1::Facet>(facet));
    CHECK(Is(Ask(request).status(), kFieldInvalid));
  }
  v1::ListFacetValuesRequest request;
  request.set_facet(v1::FACET_SKILL);
  request.set_beginning(std::string(101, 'a'));
  CHECK(Is(Ask(request).status(), kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "whoever is no member of the organization is offered nothing") {
  As(MemberId());
  CHECK(Skills().empty());
}

}  // namespace
}  // namespace guildhall::directory
