#include "services/directory/domain/member_search.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

using policy::reasons::kFieldInvalid;
using Words = std::vector<std::string>;

TEST_CASE("a name is its words") {
  CHECK(NameWords("jose alvarez-quist") == Words{"jose", "alvarez", "quist"});
  CHECK(NameWords(" o’neill, p.") == Words{"o", "neill", "p"});
  CHECK(NameWords("...").empty());
  CHECK(NameWords("ποσειδωναρισταγορας") == Words{"ποσειδωναρισταγορας"});
  CHECK(NameWords("a b c d e f g h i").size() == 8);
  CHECK(AskedWords("a b c d e") == Words{"a", "b", "c", "d"});
}

TEST_CASE("whole words come before beginnings") {
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

TEST_CASE("a search asks for something, and not for too much") {
  MemberQuestion question;
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  CHECK(TidyQuestion(question, true).ok());
  question.name = "-";
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  question.name = "  Ada\u00A0 Q ";
  REQUIRE(TidyQuestion(question, false).ok());
  CHECK(question.name == "Ada Q");
  question.skills.assign(11, "rye");
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
  question.skills = {""};
  CHECK(Is(TidyQuestion(question, false), kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::directory
