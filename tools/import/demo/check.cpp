#include "tools/import/demo/check.h"

#include <algorithm>
#include <map>
#include <set>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/strings.h"
#include "libs/base/text.h"

namespace guildhall::demo {
namespace {

using directory::v1::ADMITS_EVERYONE;
using directory::v1::AFFILIATION_EXTERNAL;
using directory::v1::ROLE_OWNER;

// The limits of protos/guildhall/{directory,discussions,identity}/v1.
constexpr TextRule kName{.min_length = 1, .max_length = 100};
constexpr TextRule kHeadline{.min_length = 1, .max_length = 200};
constexpr TextRule kLocation{.max_length = 100};
constexpr TextRule kTag{.min_length = 1, .max_length = 50};
constexpr TextRule kDescription{.min_length = 1, .max_length = 2000, .shape = TextRule::kLines};
constexpr TextRule kTitle{.min_length = 1, .max_length = 200};
constexpr int kMaxTags = 50;
constexpr int kMaxLanguages = 20;
constexpr int kMaxDepth = 5;
constexpr int kMinPasswordCharacters = 15;

class Checker {
 public:
  explicit Checker(const Organization& organization) : organization_(organization) {}

  std::vector<std::string> Run() && {
    for (const Member& member : organization_.members) CheckMember(member);
    for (const Community& community : organization_.communities) {
      CheckCommunity(community);
      for (const Topic& topic : community.topics) CheckTopic(community, topic);
    }
    CheckUnique();
    return std::move(findings_);
  }

 private:
  template <typename... Words>
  void Find(const std::string& file, int line, const Words&... words) {
    findings_.push_back(absl::StrCat(file, ":", line, ": ", words...));
  }

  void CheckField(const std::string& file, int line, std::string_view field, std::string_view text,
                  const TextRule& rule) {
    const absl::StatusOr<std::string> tidy = TidyText(field, text, rule);
    if (tidy.ok() && *tidy == text) return;
    if (tidy.ok()) return Find(file, line, Absl(field), " would be kept as `", *tidy, "`");
    const std::optional<RefusalDetails> details = DetailsOf(tidy.status());
    Find(file, line, Absl(field), " ", details->violations.front().description);
  }

  void CheckTags(const Member& member, std::string_view field, const std::vector<std::string>& tags,
                 int limit) {
    std::set<std::string> seen;
    for (const std::string& tag : tags) {
      CheckField("members.md", member.line, field, tag, kTag);
      if (!seen.insert(absl::AsciiStrToLower(tag)).second) {
        Find("members.md", member.line, Absl(field), " names `", tag, "` twice");
      }
    }
    if (static_cast<int>(tags.size()) > limit) {
      Find("members.md", member.line, Absl(field), " has more than ", limit, " entries");
    }
  }

  void CheckMember(const Member& member) {
    const std::string file = "members.md";
    CheckField(file, member.line, "name", member.display_name, kName);
    CheckField(file, member.line, "headline", member.headline, kHeadline);
    CheckField(file, member.line, "location", member.location, kLocation);
    CheckTags(member, "skills", member.skills, kMaxTags);
    CheckTags(member, "interests", member.interests, kMaxTags);
    CheckTags(member, "projects", member.projects, kMaxTags);
    CheckTags(member, "languages", member.languages, kMaxLanguages);
    absl::TimeZone zone;
    if (!absl::LoadTimeZone(member.time_zone, &zone)) {
      Find(file, member.line, "`", member.time_zone, "` is no IANA time zone");
    }
    if (member.email.empty() != member.password.empty()) {
      Find(file, member.line, "who signs in has both an email and a password");
    }
    if (!member.password.empty() && CodePointCount(member.password) < kMinPasswordCharacters) {
      Find(file, member.line, "a password has ", kMinPasswordCharacters, " characters or more");
    }
  }

  void CheckCommunity(const Community& community) {
    CheckField(community.file, 1, "the name", community.display_name, kName);
    CheckField(community.file, 1, "the description", community.description, kDescription);
    CheckParticipants(community);
    if (!community.parent.empty()) CheckNesting(community);
  }

  void CheckParticipants(const Community& community) {
    std::set<std::string> seen;
    bool owned = false;
    for (const Participant& participant : community.participants) {
      const Member* member = organization_.FindMember(participant.member);
      if (member == nullptr) {
        Find(community.file, 1, "`", participant.member, "` is not in members.md");
      } else if (member->affiliation == AFFILIATION_EXTERNAL &&
                 community.admits != ADMITS_EVERYONE) {
        Find(community.file, 1, "admits employees only, and `", participant.member,
             "` is EXTERNAL");
      }
      if (!seen.insert(participant.member).second) {
        Find(community.file, 1, "`", participant.member, "` is listed twice");
      }
      owned |= participant.role == ROLE_OWNER;
    }
    if (!owned) Find(community.file, 1, "has no owner");
  }

  void CheckNesting(const Community& community) {
    const Community* parent = organization_.FindCommunity(community.parent);
    if (parent == nullptr) {
      Find(community.file, 1, "there is no communities/", community.parent, ".md");
      return;
    }
    if (community.visibility < parent->visibility || community.admits > parent->admits) {
      Find(community.file, 1, "is open to more people than its parent");
    }
    if (community.founded < parent->founded) {
      Find(community.file, 1, "was founded before its parent");
    }
    int depth = 2;
    while (!parent->parent.empty() && depth <= kMaxDepth) {
      parent = organization_.FindCommunity(parent->parent);
      if (parent == nullptr) return;
      ++depth;
    }
    if (depth > kMaxDepth) Find(community.file, 1, "lies more than ", kMaxDepth, " deep");
  }

  void CheckTopic(const Community& community, const Topic& topic) {
    CheckField(community.file, topic.line, "the title", topic.title, kTitle);
    if (topic.posts.empty()) Find(community.file, topic.line, "has no posts");
    absl::Time last = absl::InfinitePast();
    for (const Post& post : topic.posts) {
      CheckPost(community, post);
      if (post.time <= last) Find(community.file, post.line, "is not later than the post before");
      last = post.time;
    }
  }

  void CheckPost(const Community& community, const Post& post) {
    if (post.markdown.empty()) Find(community.file, post.line, "has no text");
    if (!IsStorableUtf8(post.markdown)) Find(community.file, post.line, "is not UTF-8");
    const Member* author = organization_.FindMember(post.author);
    const bool belongs =
        std::any_of(community.participants.begin(), community.participants.end(),
                    [&](const Participant& who) { return who.member == post.author; });
    if (author == nullptr || !belongs) {
      Find(community.file, post.line, "`", post.author, "` does not belong to this community");
    } else if (post.time < MembershipTime(community, *author)) {
      Find(community.file, post.line, "`", post.author, "` had not joined yet");
    }
  }

  void CheckUnique() {
    std::map<std::string, int> keys;
    for (const Member& member : organization_.members) {
      if (++keys[member.key] == 2) Find("members.md", member.line, "`", member.key, "` again");
    }
    std::set<std::pair<std::string, std::string>> names;
    std::set<std::pair<std::string, absl::Time>> openings;
    for (const Community& community : organization_.communities) {
      const std::string name = absl::AsciiStrToLower(community.display_name);
      if (!names.emplace(community.parent, name).second) {
        Find(community.file, 1, "a community beside it has the same name");
      }
      for (const Topic& topic : community.topics) {
        if (topic.posts.empty()) continue;
        const Post& first = topic.posts.front();
        if (!openings.emplace(community.key + "/" + first.author, first.time).second) {
          Find(community.file, topic.line, "its author opened another topic in the same minute");
        }
      }
    }
  }

  const Organization& organization_;
  std::vector<std::string> findings_;
};

}  // namespace

std::vector<std::string> Check(const Organization& organization) {
  return Checker(organization).Run();
}

}  // namespace guildhall::demo
