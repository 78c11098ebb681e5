#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"

namespace guildhall::discussions {

// Whom posts mention. In Markdown a mention is a link to `members/{id}`, to `members/everyone` (all
// who belong to the community) or to `members/moderators` (all who keep order there), which front
// ends insert: [@Ada Quist](members/0190…). So a mention names an id, whatever its words are, and
// what only looks like one, in code for example, is none.

// How somebody is mentioned: the numbers of guildhall.discussions.v1.MentionKind.
enum class MentionKind { kMember = 1, kEveryone, kModerators };

// Those whom a post mentions.
struct Mentions {
  std::set<MemberId> members;
  // kEveryone, kModerators.
  std::set<MentionKind> groups;

  bool empty() const { return members.empty() && groups.empty(); }
  bool operator==(const Mentions&) const = default;
};

// Whom a link mentions, as HTML tells it in `data-mention`: "members/{id}" in the spelling of
// resource names, "members/everyone" or "members/moderators". Nothing for other destinations.
std::optional<std::string> MentionOf(std::string_view destination);

// Whom a post mentions whose HTML this is: `html` is what MarkdownToHtml wrote, nothing else. What
// is quoted mentions nobody again. Cost: linear.
Mentions MentionsIn(std::string_view html);

// The same of what somebody wants to post; who writes mentions nobody by naming itself. Fails with:
// FIELD_INVALID on `field` (more than kMaxMentions members: told, so that nobody thinks that they
// were).
absl::StatusOr<Mentions> NewMentions(std::string_view field, std::string_view html,
                                     MemberId author);

// Those of `mentions` that are not among `others`.
Mentions Without(const Mentions& mentions, const Mentions& others);

// OK when everyone in a community may be called once more, who were called so often within
// kCallsTime. Fails with: TOO_MANY_CALLS.
absl::Status CheckCalls(int calls);

}  // namespace guildhall::discussions
