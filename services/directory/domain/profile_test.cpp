#include "services/directory/domain/profile.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"

namespace guildhall::directory {
namespace {

Profile Ada() { return {.display_name = "Ada Okafor", .time_zone = "Africa/Lagos"}; }

std::string FieldAtFault(Profile profile) {
  const auto details = DetailsOf(TidyProfile(profile));
  return details && !details->violations.empty() ? details->violations[0].field : "";
}

TEST_CASE("a profile needs a name and nothing else") {
  Profile profile{.display_name = "Ada"};
  CHECK(TidyProfile(profile).ok());
  CHECK(FieldAtFault({}) == "member.display_name");
}

TEST_CASE("of skills that differ only in case the first one is kept") {
  Profile profile = Ada();
  profile.skills = {" Rust", "rust ", "SQL"};
  REQUIRE(TidyProfile(profile).ok());
  CHECK(profile.skills == std::vector<std::string>{"Rust", "SQL"});
}

TEST_CASE("the texts of a profile are kept in one form") {
  Profile profile = Ada();
  profile.display_name = " Ada\u3000Okafor";
  profile.headline = "Re\u0301gisseure ";
  profile.interests = {"Caf\u0065\u0301", "Café"};
  REQUIRE(TidyProfile(profile).ok());
  CHECK(profile.display_name == "Ada Okafor");
  CHECK(profile.headline == "Régisseure");
  CHECK(profile.interests == std::vector<std::string>{"Café"});
  profile.display_name = "Ada\u2066";
  CHECK(FieldAtFault(profile) == "member.display_name");
}

TEST_CASE("a list takes so many entries and none that is blank") {
  Profile profile = Ada();
  profile.interests.assign(51, "chess");
  CHECK(FieldAtFault(profile) == "member.interests");
  profile.interests = {""};
  CHECK(FieldAtFault(profile) == "member.interests");
}

TEST_CASE("time zones and languages have the shape of theirs") {
  for (const char* zone : {"/etc/passwd", "Mars Olympus", "Europe/"}) {
    Profile profile = Ada();
    profile.time_zone = zone;
    CHECK(FieldAtFault(profile) == "member.time_zone");
  }
  for (const char* language : {"1x", "pt_BR", "a-", "overlylong1"}) {
    Profile profile = Ada();
    profile.languages = {language};
    CHECK(FieldAtFault(profile) == "member.languages");
  }
  Profile profile = Ada();
  profile.languages = {"pt-BR", "zh-Hant-TW", "en"};
  CHECK(TidyProfile(profile).ok());
}

TEST_CASE("working hours are stretches of a week, in order and apart, in somebody's time zone") {
  constexpr int kHour = 60, kDay = 24 * kHour;
  Profile profile = Ada();
  // A morning and an afternoon, a night from Tuesday on, and the end of Sunday.
  profile.working_hours = {{8 * kHour, 12 * kHour},
                           {12 * kHour, 17 * kHour},
                           {kDay + 22 * kHour, 2 * kDay + 6 * kHour},
                           {6 * kDay + 20 * kHour, 7 * kDay}};
  CHECK(TidyProfile(profile).ok());
  profile.time_zone = "";
  CHECK(FieldAtFault(profile) == "member.working_hours");
  for (const WorkingHours wrong : {WorkingHours{60, 60}, WorkingHours{120, 60},
                                   WorkingHours{-1, 60}, WorkingHours{0, 7 * kDay + 1}}) {
    profile = Ada();
    profile.working_hours = {wrong};
    CHECK(FieldAtFault(profile) == "member.working_hours");
  }
  profile = Ada();
  profile.working_hours = {{60, 120}, {119, 180}};
  CHECK(FieldAtFault(profile) == "member.working_hours");
  profile.working_hours.clear();
  for (int i = 0; i < 22; ++i) profile.working_hours.push_back({i * kHour, i * kHour + 30});
  CHECK(FieldAtFault(profile) == "member.working_hours");
}

TEST_CASE("pronouns are a short text of one's own") {
  Profile profile = Ada();
  profile.pronouns = " they/them ";
  REQUIRE(TidyProfile(profile).ok());
  CHECK(profile.pronouns == "they/them");
  profile.pronouns = std::string(41, 'x');
  CHECK(FieldAtFault(profile) == "member.pronouns");
}

}  // namespace
}  // namespace guildhall::directory
