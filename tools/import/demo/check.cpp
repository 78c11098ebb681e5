#include "tools/import/demo/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"
#include "tools/import/demo/findings.h"
#include "tools/import/demo/lately.h"

namespace guildhall::demo {
namespace {

using directory::v1::ADMITS_EVERYONE;
using directory::v1::AFFILIATION_EXTERNAL;
using directory::v1::ROLE_OWNER;

// The limits of protos/guildhall/{directory,discussions,identity}/v1.
constexpr TextRule kName{.min_length = 1, .max_length = 100};
constexpr TextRule kHeadline{.min_length = 1, .max_length = 200};
constexpr TextRule kLocation{.max_length = 100};
constexpr TextRule kPronouns{.max_length = 40};
constexpr TextRule kTag{.min_length = 1, .max_length = 50};
constexpr TextRule kDescription{.min_length = 1, .max_length = 2000, .shape = TextRule::kLines};
constexpr int kMaxTags = 50;
constexpr int kMaxLanguages = 20;
constexpr int kMaxDepth = 5;
constexpr int kMinPasswordCharacters = 15;

class Checker {
 public:
  explicit Checker(const Organization& organization) : organization_(organization) {}

  std::vector<std::string> Run() && {
    for (const Member& member : organization_.members) CheckMember(member);
    for (const Community& community : organization_.communities) CheckCommunity(community);
    CheckUnique();
    return std::move(findings_).Take();
  }

 private:
  void CheckTags(const Member& member, std::string_view field, const std::vector<std::string>& tags,
                 int limit) {
    std::set<std::string> seen;
    for (const std::string& tag : tags) {
      findings_.CheckText(member.file, member.line, field, tag, kTag);
      if (!seen.insert(absl::AsciiStrToLower(tag)).second) {
        findings_.Add(member.file, member.line, Absl(field), " names `", tag, "` twice");
      }
    }
    if (static_cast<int>(tags.size()) > limit) {
      findings_.Add(member.file, member.line, Absl(field), " has more than ", limit, " entries");
    }
  }

  void CheckMember(const Member& member) {
    const std::string& file = member.file;
    findings_.CheckText(file, member.line, "name", member.display_name, kName);
    findings_.CheckText(file, member.line, "headline", member.headline, kHeadline);
    findings_.CheckText(file, member.line, "location", member.location, kLocation);
    findings_.CheckText(file, member.line, "pronouns", member.pronouns, kPronouns);
    CheckTags(member, "skills", member.skills, kMaxTags);
    CheckTags(member, "interests", member.interests, kMaxTags);
    CheckTags(member, "projects", member.projects, kMaxTags);
    CheckTags(member, "languages", member.languages, kMaxLanguages);
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(member.time_zone, &zone)) {
      findings_.Add(file, member.line, "`", member.time_zone, "` is no IANA time zone");
    }
    if (member.email.empty() != member.password.empty()) {
      findings_.Add(file, member.line, "who signs in has both an email and a password");
    }
    if (!member.email.empty() && file != kWhoSignsIn) {
      findings_.Add(file, member.line, "who signs in stands in ", kWhoSignsIn);
    }
    if (!member.password.empty() && CodePointCount(member.password) < kMinPasswordCharacters) {
      findings_.Add(file, member.line, "a password has ", kMinPasswordCharacters,
                    " characters or more");
    }
  }

  void CheckCommunity(const Community& community) {
    findings_.CheckText(community.file, 1, "the name", community.display_name, kName);
    findings_.CheckText(community.file, 1, "the description", community.description, kDescription);
    findings_.CheckText(community.file, 1, "the location", community.location, kLocation);
    CheckParticipants(community);
    if (!community.parent.empty()) CheckNesting(community);
  }

  void CheckParticipants(const Community& community) {
    std::set<std::string> seen;
    bool owned = false;
    for (const Participant& participant : community.participants) {
      const Member* member = organization_.FindMember(participant.member);
      if (member == nullptr) {
        findings_.Add(community.file, 1, "`", participant.member, "` is not among the members");
      } else if (member->affiliation == AFFILIATION_EXTERNAL &&
                 community.admits != ADMITS_EVERYONE) {
        findings_.Add(community.file, 1, "admits employees only, and `", participant.member,
                      "` is EXTERNAL");
      }
      if (!seen.insert(participant.member).second) {
        findings_.Add(community.file, 1, "`", participant.member, "` is listed twice");
      }
      owned |= participant.role == ROLE_OWNER;
    }
    if (!owned) findings_.Add(community.file, 1, "has no owner");
  }

  void CheckNesting(const Community& community) {
    const Community* parent = organization_.FindCommunity(community.parent);
    if (parent == nullptr) {
      findings_.Add(community.file, 1, "there is no communities/", community.parent, ".md");
      return;
    }
    if (community.visibility < parent->visibility || community.admits > parent->admits) {
      findings_.Add(community.file, 1, "is open to more people than its parent");
    }
    if (community.founded < parent->founded) {
      findings_.Add(community.file, 1, "was founded before its parent");
    }
    int depth = 2;
    while (!parent->parent.empty() && depth <= kMaxDepth) {
      parent = organization_.FindCommunity(parent->parent);
      if (parent == nullptr) return;
      ++depth;
    }
    if (depth > kMaxDepth) findings_.Add(community.file, 1, "lies more than ", kMaxDepth, " deep");
  }

  void CheckUnique() {
    std::map<std::string, int> keys;
    for (const Member& member : organization_.members) {
      if (++keys[member.key] == 2)
        findings_.Add(member.file, member.line, "`", member.key, "` again");
    }
    std::set<std::pair<std::string, std::string>> names;
    for (const Community& community : organization_.communities) {
      const std::string name = absl::AsciiStrToLower(community.display_name);
      if (!names.emplace(community.parent, name).second) {
        findings_.Add(community.file, 1, "a community beside it has the same name");
      }
    }
  }

  const Organization& organization_;
  Findings findings_;
};

}  // namespace

std::vector<std::string> Check(const Organization& organization) {
  std::vector<std::string> findings = Checker(organization).Run();
  for (std::string& finding : CheckTopics(organization)) findings.push_back(std::move(finding));
  // What the rest refers to has to be there.
  if (!findings.empty()) return findings;
  findings = CheckDeeds(organization);
  for (std::string& finding : CheckLately(organization)) findings.push_back(std::move(finding));
  return findings;
}

}  // namespace guildhall::demo
