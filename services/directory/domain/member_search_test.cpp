#include "services/directory/domain/member_search.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

using policy::reasons::kFieldInvalid;
using Words = std::vector<std::string>;

TEST_CASE("a name is found by its first 8 words, a question asks by its first 4") {
  CHECK(NameWords("jose alvarez-quist") == Words{"jose", "alvarez", "quist"});
  CHECK(NameWords(" o’neill, p.") == Words{"o", "neill", "p"});
  CHECK(NameWords("...").empty());
  CHECK(NameWords("ποσειδωναρισταγορας") == Words{"ποσειδωναρισταγορας"});
  CHECK(NameWords("a b c d e f g h i").size() == 8);
  CHECK(AskedWords("a b c d e") == Words{"a", "b", "c", "d"});
}

TEST_CASE("who is called as asked comes before whose name begins so") {
  CHECK(RankOf(Words{"anna"}, "anna quist") == 0);
  CHECK(RankOf(Words{"ann"}, "anna quist") == 1);
  CHECK(RankOf(Words{"quist", "anna"}, "anna quist") == 0);
  CHECK(RankOf(Words{}, "anna quist") == 0);
}

TEST_CASE("what members have is counted by facet, the most frequent first") {
  const Match ada{"ada", {{Facet::kSkill, "rye", "Rye"}, {Facet::kLocation, "porto", "Porto"}}};
  const Match ben{"ben", {{Facet::kSkill, "rye", "rye"}, {Facet::kSkill, "ale", "Ale"}}};
  const Match* const both[] = {&ada, &ben};
  const auto counts = CountFacets(both, 20);
  REQUIRE(counts.size() == 3);
  CHECK(counts[0].label.said == "Rye");
  CHECK(counts[0].members == 2);
  CHECK(counts[1].label.key == "ale");
  CHECK(counts[2].label.facet == Facet::kLocation);
  const auto top = CountFacets(both, 1);
  REQUIRE(top.size() == 2);
  CHECK(top[0].label.key == "rye");
  CHECK(top[1].label.key == "porto");
}

TEST_CASE("a search for members asks for something, or for all of a community") {
  MemberQuestion question;
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  CHECK(TidyQuestion(question, true).ok());
  question.name = "-";
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  question.name = "  Ada\u00A0 Q ";
  REQUIRE(TidyQuestion(question, false).ok());
  CHECK(question.name == "Ada Q");
}

TEST_CASE("a search asks by any part of a profile, by 100 characters or 10 entries of it") {
  for (const auto text :
       {&MemberQuestion::name, &MemberQuestion::location, &MemberQuestion::about}) {
    MemberQuestion question;
    question.*text = " São\u00A0 Paulo ";
    REQUIRE(TidyQuestion(question, false).ok());
    CHECK(question.*text == "São Paulo");
    question.*text = std::string(100, 'x');
    CHECK(TidyQuestion(question, false).ok());
    question.*text += 'x';
    CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  }
  for (const auto tags : {&MemberQuestion::skills, &MemberQuestion::interests,
                          &MemberQuestion::projects, &MemberQuestion::languages}) {
    MemberQuestion question;
    question.*tags = Words(10, " rye  bread ");
    REQUIRE(TidyQuestion(question, false).ok());
    CHECK(question.*tags == Words(10, "rye bread"));
    for (const Words& wrong : {Words(11, "rye"), Words{""}, Words{std::string(51, 'x')}}) {
      question.*tags = wrong;
      CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
    }
  }
}

TEST_CASE("a search by what members say of themselves needs a word in it") {
  MemberQuestion question{.about = "-"};
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
}

TEST_CASE("the values of a facet are listed by key, each once, from where a page ends") {
  const Match ada{"ada", {{Facet::kSkill, "rye", "Rye"}, {Facet::kInterest, "ale", "Ale"}}};
  const Match ben{"ben", {{Facet::kSkill, "rust", "Rust"}, {Facet::kSkill, "rye", "rye"}}};
  const Match cem{"cem", {{Facet::kSkill, "sql", "SQL"}}};
  const Match* const all[] = {&ada, &ben, &cem};
  const auto list = [&](const ValuesAsked& asked) {
    Words said;
    for (const Label& label : ValuesOf(all, asked)) said.push_back(label.said);
    return said;
  };
  CHECK(list({.facet = Facet::kSkill, .most = 9}) == Words{"Rust", "Rye", "SQL"});
  CHECK(list({.facet = Facet::kSkill, .beginning = "r", .most = 9}) == Words{"Rust", "Rye"});
  CHECK(list({.facet = Facet::kSkill, .most = 1}) == Words{"Rust"});
  CHECK(list({.facet = Facet::kSkill, .after = "rust", .most = 9}) == Words{"Rye", "SQL"});
  CHECK(list({.facet = Facet::kInterest, .most = 9}) == Words{"Ale"});
  CHECK(list({.facet = Facet::kProject, .most = 9}).empty());
}

}  // namespace
}  // namespace guildhall::directory
