#include "services/directory/domain/profile_removal.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"

namespace guildhall::directory {
namespace {

using Fields = std::vector<std::string>;

const Profile kBefore{.display_name = "Rude Rudi",
                      .headline = "Rude",
                      .location = "Rudeness",
                      .time_zone = "Rude/Zone",
                      .skills = {"Baking", "Rudeness"},
                      .interests = {"Rye", "Rudeness"},
                      .projects = {"Oven", "Rudeness"},
                      .languages = {"de", "rude"},
                      .pronouns = "rude",
                      .working_hours = {{0, 60}, {120, 180}}};

bool Refuses(const Profile& after, const std::string& field) {
  const auto fields = FieldsTakenOut(kBefore, after);
  return Is(fields.status(), policy::reasons::kFieldInvalid) &&
         DetailsOf(fields.status())->violations[0].field == "member." + field;
}

TEST_CASE("an administrator empties texts, shortens lists and gives another name") {
  const Profile after{.display_name = "Somebody",
                      .skills = {"Baking"},
                      .interests = {"Rye"},
                      .projects = {"Oven"},
                      .languages = {"de"}};
  CHECK(*FieldsTakenOut(kBefore, after) == Fields{"display_name", "headline", "location",
                                                  "time_zone", "skills", "interests", "projects",
                                                  "languages", "pronouns", "working_hours"});
}

TEST_CASE("of a profile that loses one thing, one field is told") {
  Profile after = kBefore;
  after.headline.clear();
  CHECK(*FieldsTakenOut(kBefore, after) == Fields{"headline"});
  after = kBefore;
  after.skills.pop_back();
  CHECK(*FieldsTakenOut(kBefore, after) == Fields{"skills"});
}

TEST_CASE("an administrator says nothing in a member's name") {
  Profile after = kBefore;
  after.headline = "Polite";
  CHECK(Refuses(after, "headline"));
  after = kBefore;
  after.pronouns = "they/them";
  CHECK(Refuses(after, "pronouns"));
  after = kBefore;
  after.skills = {"Baking", "Politeness"};
  CHECK(Refuses(after, "skills"));
  after = kBefore;
  after.working_hours = {{0, 61}};
  CHECK(Refuses(after, "working_hours"));
}

TEST_CASE("a profile that stays as it is loses nothing") {
  CHECK(FieldsTakenOut(kBefore, kBefore)->empty());
}

TEST_CASE("an administrator puts nothing first that its member put second, and nothing twice") {
  Profile after = kBefore;
  std::swap(after.skills[0], after.skills[1]);
  CHECK(Refuses(after, "skills"));
  after = kBefore;
  after.interests = {"Rye", "Rye"};
  CHECK(Refuses(after, "interests"));
}

}  // namespace
}  // namespace guildhall::directory
