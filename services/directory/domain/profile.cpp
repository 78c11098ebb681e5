#include "services/directory/domain/profile.h"

#include <algorithm>
#include <cctype>
#include <string_view>
#include <unordered_set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

void TidyList(std::vector<std::string>& list) {
  std::unordered_set<std::string> seen;
  std::vector<std::string> kept;
  for (std::string& entry : list) {
    absl::StripAsciiWhitespace(&entry);
    if (seen.insert(absl::AsciiStrToLower(entry)).second) kept.push_back(std::move(entry));
  }
  list = std::move(kept);
}

absl::Status Wrong(std::string_view field, std::string description) {
  return Refusal(policy::reasons::kFieldInvalid, "A field is not as it should be.")
      .Field(std::string(field), std::move(description));
}

absl::Status CheckList(std::string_view field, const std::vector<std::string>& list, int limit) {
  if (static_cast<int>(list.size()) > limit) {
    return Wrong(field, absl::StrCat("has ", list.size(), " entries; takes at most ", limit));
  }
  for (const std::string& entry : list) GUILDHALL_TRY(CheckText(field, entry, kTag));
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

}  // namespace

void Tidy(Profile& profile) {
  for (auto* list : {&profile.skills, &profile.interests, &profile.projects, &profile.languages}) {
    TidyList(*list);
  }
}

absl::Status CheckProfile(const Profile& profile) {
  GUILDHALL_TRY(CheckText("member.display_name", profile.display_name, kDisplayName));
  GUILDHALL_TRY(CheckText("member.headline", profile.headline, kHeadline));
  GUILDHALL_TRY(CheckText("member.location", profile.location, kLocation));
  GUILDHALL_TRY(CheckList("member.skills", profile.skills, kMaxTags));
  GUILDHALL_TRY(CheckList("member.interests", profile.interests, kMaxTags));
  GUILDHALL_TRY(CheckList("member.projects", profile.projects, kMaxTags));
  GUILDHALL_TRY(CheckList("member.languages", profile.languages, kMaxLanguages));
  if (!profile.time_zone.empty() && !LooksLikeTimeZone(profile.time_zone)) {
    return Wrong("member.time_zone", "is no name of the IANA tz database, such as Europe/Lisbon");
  }
  for (const std::string& language : profile.languages) {
    if (!LooksLikeLanguage(language)) {
      return Wrong("member.languages", "holds BCP 47 tags, such as pt-BR");
    }
  }
  return absl::OkStatus();
}

}  // namespace guildhall::directory
