// Who is found by what it says of itself.
#include <catch2/catch.hpp>

#include "services/directory/api/search_fixture.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

using policy::reasons::kFieldInvalid;

struct Fixture : SearchFixture {
  static v1::SearchMembersRequest About(const std::string& words) {
    v1::SearchMembersRequest request;
    request.set_about(words);
    return request;
  }
  Names FoundAbout(const std::string& words) { return Found(About(words)); }
  Names Speaking(const std::vector<std::string>& languages) {
    v1::SearchMembersRequest request;
    *request.mutable_languages() = {languages.begin(), languages.end()};
    return Found(request);
  }

  const MemberId ada = Add("Ada",
                           "skills = '{PostgreSQL administration, Go}', location = 'Porto', "
                           "languages = '{pt-BR,en}'");
  const MemberId ben = Add("Ben",
                           "skills = '{PostgreSQL}', headline = 'Baker of rye, at night', "
                           "languages = '{pt}'");
  const MemberId cleo = Add("Cléo",
                            "interests = '{Google Cloud}', languages = '{en-GB}', "
                            "projects = '{Projekt Dämmerung}'");
  Fixture() { As(cleo); }
};

TEST_CASE_METHOD(Fixture, "members are found by the beginnings of words that they say") {
  CHECK(FoundAbout("postgres") == Names{"Ada", "Ben"});
  CHECK(FoundAbout("POSTGRESQL") == Names{"Ada", "Ben"});
  CHECK(FoundAbout("bake") == Names{"Ben"});
  CHECK(FoundAbout("port") == Names{"Ada"});
  CHECK(FoundAbout("dammer") == Names{"Cléo"});
  CHECK(FoundAbout("cloud") == Names{"Cléo"});
  CHECK(FoundAbout("gresql").empty());
  CHECK(FoundAbout("ada").empty());
}

TEST_CASE_METHOD(Fixture, "all words count, up to four, and in any order") {
  CHECK(FoundAbout("admin postgres") == Names{"Ada"});
  CHECK(FoundAbout("night rye baker postgres nowhere") == Names{"Ben"});
  CHECK(FoundAbout("porto baker").empty());
}

TEST_CASE_METHOD(Fixture, "a word of one or two letters is a whole one") {
  CHECK(FoundAbout("go") == Names{"Ada"});
  CHECK(FoundAbout("of") == Names{"Ben"});
  CHECK(FoundAbout("p").empty());
  CHECK(FoundAbout("goo") == Names{"Cléo"});
}

// Terms stand for 3 to 8 letters: what is asked is compared all the same.
TEST_CASE_METHOD(Fixture, "every letter counts, however many are asked") {
  Add("Dora", "skills = '{Internationalisation}'");
  Add("Emil", "skills = '{Internationalization}'");
  const std::string said = "internationalization";
  for (std::size_t letters = 3; letters <= said.size(); ++letters) {
    INFO(said.substr(0, letters));
    CHECK(FoundAbout(said.substr(0, letters)) ==
          (letters < said.size() - 5 ? Names{"Dora", "Emil"} : Names{"Emil"}));
  }
  CHECK(FoundAbout("inteq").empty());
  CHECK(FoundAbout("interne").empty());
  CHECK(FoundAbout("internationalizations").empty());
}

TEST_CASE_METHOD(Fixture,
                 "a long word is looked for among 300 who begin so, and more are told of") {
  Run("INSERT INTO members (id, display_name, affiliation, create_time, headline) "
      "SELECT gen_random_uuid(), 'E' || n, 1, now(), 'Engineer' FROM generate_series(1, 301) n");
  const auto found = Send(About("engineering"));
  CHECK(found->members().empty());
  CHECK(found->more_match());
  CHECK(Search(About("engineer")).members_size() == 30);
}

TEST_CASE_METHOD(Fixture, "a language finds who speaks it, wherever") {
  CHECK(Speaking({"pt"}) == Names{"Ada", "Ben"});
  CHECK(Speaking({"PT-br"}) == Names{"Ada"});
  CHECK(Speaking({"pt", "en"}) == Names{"Ada"});
  CHECK(Speaking({"e"}).empty());
  CHECK(FoundAbout("pt").empty());
}

TEST_CASE_METHOD(Fixture, "words narrow together with all else, and are counted with it") {
  v1::SearchMembersRequest request = About("postgres");
  request.set_query("be");
  CHECK(Found(request) == Names{"Ben"});
  request.set_query("bem");
  CHECK(Found(request).empty());
  request.clear_query();
  request.add_skills("go");
  CHECK(Found(request) == Names{"Ada"});
  CHECK(Search(request).facets_size() == 3);
  request.clear_skills();
  const CommunityId bakers = AddCommunity("Bakers");
  AddMembership(bakers, ben);
  request.set_community(resources::Name(bakers));
  CHECK(Found(request) == Names{"Ben"});
  const CommunityId hidden = AddCommunity("Hidden", Visibility::kSecret);
  AddMembership(hidden, ben);
  request.set_community(resources::Name(hidden));
  CHECK(Found(request).empty());
}

TEST_CASE_METHOD(Fixture, "by words an external finds whom it knows, with any communities") {
  const MemberId carla = Add("Carla", "headline = 'Buyer'", Affiliation::kExternal);
  As(carla);
  CHECK(FoundAbout("postgres").empty());
  for (int n = 0; n <= kMaxCommunitiesByIndex; ++n) {
    const CommunityId shared =
        AddCommunity("Shared " + std::to_string(n), Visibility::kClosed, Admits::kEveryone);
    AddMembership(shared, carla);
    if (n == 0) AddMembership(shared, ben);
    if (n == 0 || n == kMaxCommunitiesByIndex) CHECK(FoundAbout("postgres") == Names{"Ben"});
  }
  CHECK(FoundAbout("buyer") == Names{"Carla"});
}

TEST_CASE_METHOD(Fixture, "what somebody says now finds it, unless it is suspended") {
  Run("UPDATE members SET headline = 'Miller' WHERE display_name = 'Ben'");
  CHECK(FoundAbout("baker").empty());
  CHECK(FoundAbout("mill") == Names{"Ben"});
  Run("UPDATE members SET suspended = true WHERE display_name = 'Ben'");
  CHECK(FoundAbout("mill").empty());
}

TEST_CASE_METHOD(Fixture, "a hundred words of a member count") {
  std::string skills;
  for (int n = 0; n < 50; ++n) {
    skills += "w" + std::to_string(n) + "a w" + std::to_string(n) + "b v" + std::to_string(n) + ",";
  }
  skills.pop_back();
  Add("Dora", "headline = 'Juggler', skills = '{" + skills + "}', projects = '{Lastly}'");
  CHECK(FoundAbout("juggler w0a") == Names{"Dora"});
  CHECK(FoundAbout("w32b") == Names{"Dora"});
  CHECK(FoundAbout("lastly").empty());
}

TEST_CASE_METHOD(Fixture, "pages of words hold each once; what is too much or nothing is refused") {
  v1::SearchMembersRequest request = About("postgres");
  request.set_page_size(1);
  const auto first = Send(request);
  request.set_page_token(first->next_page_token());
  const auto second = Send(request);
  CHECK(first->members(0).display_name() == "Ada");
  CHECK(second->members(0).display_name() == "Ben");
  CHECK(second->next_page_token().empty());
  for (const char* nothing : {"", " ", "-/-", "’"}) {
    CHECK(Is(Send(About(nothing)).status(), kFieldInvalid));
  }
  CHECK(Is(Send(About(std::string(101, 'x'))).status(), kFieldInvalid));
  for (const char* strange : {"%", "a:b", "x' OR 'x' = 'x", "\\", "{}", "🥖"}) {
    CHECK(FoundAbout(strange).empty());
  }
  v1::SearchMembersRequest languages;
  for (int n = 0; n <= kMaxSearchTags; ++n) languages.add_languages("en");
  CHECK(Is(Send(languages).status(), kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
