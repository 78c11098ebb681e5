#include "services/directory/domain/profile.h"

#include <catch2/catch.hpp>

#include "guildhall/policy/v1/reasons.h"

namespace guildhall::directory {
namespace {

Profile Ada() { return {.display_name = "Ada Okafor", .time_zone = "Africa/Lagos"}; }

std::string FieldAtFault(const Profile& profile) {
  const auto details = DetailsOf(CheckProfile(profile));
  return details && !details->violations.empty() ? details->violations[0].field : "";
}

TEST_CASE("a profile needs a name and nothing else") {
  CHECK(CheckProfile({.display_name = "Ada"}).ok());
  CHECK(FieldAtFault({}) == "member.display_name");
}

TEST_CASE("of skills that differ only in case the first one is kept") {
  Profile profile = Ada();
  profile.skills = {" Rust", "rust ", "SQL"};
  Tidy(profile);
  CHECK(profile.skills == std::vector<std::string>{"Rust", "SQL"});
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
  CHECK(CheckProfile(profile).ok());
}

}  // namespace
}  // namespace guildhall::directory
