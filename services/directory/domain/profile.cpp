#include "services/directory/domain/profile.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

absl::Status TidyList(std::string_view field, std::vector<std::string>& list, int limit) {
  if (static_cast<int>(list.size()) > limit) {
    return WrongField(field, absl::StrCat("has ", list.size(), " entries; takes at most ", limit));
  }
  std::unordered_set<std::string> seen;
  std::vector<std::string> kept;
  for (const std::string& entry : list) {
    GUILDHALL_ASSIGN(std::string tidy, TidyText(field, entry, kTag));
    if (seen.insert(absl::AsciiStrToLower(tidy)).second) kept.push_back(std::move(tidy));
  }
  list = std::move(kept);
  return absl::OkStatus();
}

// Area/Location of the IANA tz database: letters, digits and _ + - in parts between slashes.
bool LooksLikeTimeZone(std::string_view zone) {
  if (zone.size() > 64 || zone.front() == '/' || zone.back() == '/') return false;
  return std::all_of(zone.begin(), zone.end(), [](unsigned char c) {
    return std::isalnum(c) || c == '/' || c == '_' || c == '+' || c == '-';
  });
}

// Subtags of RFC 5646 section 2.1: 1 to 8 letters or digits each, the first one letters.
bool LooksLikeLanguage(std::string_view tag) {
  std::size_t length = 0;
  bool first = true;
  for (unsigned char c : tag) {
    if (c == '-') {
      if (length == 0) return false;
      length = 0;
      first = false;
      continue;
    }
    if (!std::isalnum(c) || (first && !std::isalpha(c)) || ++length > 8) return false;
  }
  return length > 0;
}

absl::Status CheckWorkingHours(const Profile& profile) {
  constexpr int kWeek = 7 * 24 * 60;
  constexpr std::string_view kField = "member.working_hours";
  if (profile.working_hours.size() > kMaxWorkingTimes) {
    return WrongField(kField, absl::StrCat("takes at most ", kMaxWorkingTimes));
  }
  if (!profile.working_hours.empty() && profile.time_zone.empty()) {
    return WrongField(kField, "needs a time_zone");
  }
  int end = 0;
  for (const WorkingHours& time : profile.working_hours) {
    if (time.start_minute < end || time.end_minute <= time.start_minute ||
        time.end_minute > kWeek) {
      return WrongField(kField,
                        "holds stretches of a week of 10,080 minutes, in their order and apart");
    }
    end = time.end_minute;
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status TidyProfile(Profile& profile) {
  GUILDHALL_ASSIGN(profile.display_name,
                   TidyText("member.display_name", profile.display_name, kDisplayName));
  GUILDHALL_ASSIGN(profile.headline, TidyText("member.headline", profile.headline, kHeadline));
  GUILDHALL_ASSIGN(profile.location, TidyText("member.location", profile.location, kLocation));
  GUILDHALL_TRY(TidyList("member.skills", profile.skills, kMaxTags));
  GUILDHALL_TRY(TidyList("member.interests", profile.interests, kMaxTags));
  GUILDHALL_TRY(TidyList("member.projects", profile.projects, kMaxTags));
  GUILDHALL_TRY(TidyList("member.languages", profile.languages, kMaxLanguages));
  if (!profile.time_zone.empty() && !LooksLikeTimeZone(profile.time_zone)) {
    return WrongField("member.time_zone",
                      "is no name of the IANA tz database, such as Europe/Lisbon");
  }
  for (const std::string& language : profile.languages) {
    if (!LooksLikeLanguage(language)) {
      return WrongField("member.languages", "holds BCP 47 tags, such as pt-BR");
    }
  }
  GUILDHALL_ASSIGN(profile.pronouns, TidyText("member.pronouns", profile.pronouns, kPronouns));
  return CheckWorkingHours(profile);
}

}  // namespace guildhall::directory
