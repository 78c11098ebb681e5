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

TEST_CASE("spaces and accents of a profile are kept in one form, hidden characters refused") {
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

TEST_CASE("a list of a profile takes no blank entry") {
  Profile profile = Ada();
  profile.interests.assign(51, "chess");
  CHECK(FieldAtFault(profile) == "member.interests");
  profile.interests = {""};
  CHECK(FieldAtFault(profile) == "member.interests");
}

TEST_CASE("a profile takes a name of 100 characters, a headline of 200, pronouns of 40") {
  const auto most = [](std::string Profile::*text) {
    int length = 0;
    for (Profile profile = Ada(); length < 1000; ++length) {
      profile.*text = std::string(length + 1, 'x');
      if (!TidyProfile(profile).ok()) break;
    }
    return length;
  };
  CHECK(most(&Profile::display_name) == 100);
  CHECK(most(&Profile::headline) == 200);
  CHECK(most(&Profile::location) == 100);
  CHECK(most(&Profile::pronouns) == 40);
}

TEST_CASE("a profile takes 50 skills, interests and projects each, and 20 languages") {
  const auto takes = [](std::vector<std::string> Profile::*list, int entries, int length) {
    Profile profile = Ada();
    profile.*list = std::vector<std::string>(entries, std::string(length, 'x'));
    return FieldAtFault(profile);
  };
  using Lists = std::vector<std::pair<std::vector<std::string> Profile::*, std::string>>;
  for (const auto& [list, field] : Lists{{&Profile::skills, "member.skills"},
                                         {&Profile::interests, "member.interests"},
                                         {&Profile::projects, "member.projects"}}) {
    CHECK(takes(list, 50, 50) == "");
    CHECK(takes(list, 51, 1) == field);
    CHECK(takes(list, 1, 51) == field);
  }
  CHECK(takes(&Profile::languages, 20, 8) == "");
  CHECK(takes(&Profile::languages, 21, 8) == "member.languages");
}

TEST_CASE("a time zone is a name of the IANA database, a language a tag of BCP 47") {
  for (const std::string& zone : {std::string("/etc/passwd"), std::string("Mars Olympus"),
                                  std::string("Europe/"), std::string(65, 'x')}) {
    Profile profile = Ada();
    profile.time_zone = zone;
    CHECK(FieldAtFault(profile) == "member.time_zone");
  }
  for (const char* language : {"1x", "pt_BR", "a-", "-a", "a--b", "ninechars", "a-ninechars"}) {
    Profile profile = Ada();
    profile.languages = {language};
    CHECK(FieldAtFault(profile) == "member.languages");
  }
  Profile profile = Ada();
  profile.languages = {"pt-BR", "zh-Hant-TW", "en", "es-419", "eightlet-12345678"};
  CHECK(TidyProfile(profile).ok());
  for (const std::string& zone : {std::string("Etc/GMT+1"), std::string("America/Port-au-Prince"),
                                  std::string("America/St_Johns"), std::string(64, 'x')}) {
    profile.time_zone = zone;
    CHECK(TidyProfile(profile).ok());
  }
}

TEST_CASE("working hours are up to 21 stretches of a week, in order and apart, in a time zone") {
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
  for (int i = 0; i < 21; ++i) profile.working_hours.push_back({i * kHour, i * kHour + 30});
  CHECK(TidyProfile(profile).ok());
  profile.working_hours.push_back({kDay, kDay + 30});
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
