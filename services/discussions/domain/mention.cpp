#include "services/discussions/domain/mention.h"

#include <algorithm>
#include <iterator>

#include "absl/strings/str_cat.h"
#include "guildhall/discussions/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kCollection = "members/";
constexpr std::string_view kEveryone = "everyone", kModerators = "moderators";
// As the renderer writes it; text never has a quotation mark after "<span data-mention=", because
// there its "<" is an entity.
constexpr std::string_view kMarked = "<span data-mention=\"members/";
constexpr std::string_view kQuote = "<blockquote>", kQuoteEnd = "</blockquote>";

void Add(std::string_view mentioned, Mentions& mentions) {
  if (mentioned == kEveryone) {
    mentions.groups.insert(MentionKind::kEveryone);
  } else if (mentioned == kModerators) {
    mentions.groups.insert(MentionKind::kModerators);
  } else if (const auto member = MemberId::Parse(mentioned)) {
    mentions.members.insert(*member);
  }
}

}  // namespace

std::optional<std::string> MentionOf(std::string_view destination) {
  if (!destination.starts_with(kCollection)) return std::nullopt;
  const std::string_view mentioned = destination.substr(kCollection.size());
  const bool mentions =
      mentioned == kEveryone || mentioned == kModerators || MemberId::Parse(mentioned);
  return mentions ? std::optional(std::string(destination)) : std::nullopt;
}

Mentions MentionsIn(std::string_view html) {
  Mentions mentions;
  int quotes = 0;
  for (std::size_t at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string_view tag = html.substr(at);
    if (tag.starts_with(kQuote)) ++quotes;
    if (tag.starts_with(kQuoteEnd)) --quotes;
    if (quotes > 0 || !tag.starts_with(kMarked)) continue;
    const std::string_view mentioned = tag.substr(kMarked.size());
    Add(mentioned.substr(0, mentioned.find('"')), mentions);
  }
  return mentions;
}

absl::StatusOr<Mentions> NewMentions(std::string_view field, std::string_view html,
                                     MemberId author) {
  Mentions mentions = MentionsIn(html);
  mentions.members.erase(author);
  if (mentions.members.size() > kMaxMentions) {
    return WrongField(field, absl::StrCat("mentions more than ", kMaxMentions, " members"));
  }
  return mentions;
}

Mentions Without(const Mentions& mentions, const Mentions& others) {
  Mentions left;
  std::ranges::set_difference(mentions.members, others.members,
                              std::inserter(left.members, left.members.end()));
  std::ranges::set_difference(mentions.groups, others.groups,
                              std::inserter(left.groups, left.groups.end()));
  return left;
}

absl::Status CheckCalls(int calls) {
  if (calls < kMaxCalls) return absl::OkStatus();
  return Refusal(reasons::kTooManyCalls, "Everyone was called often enough for a day.")
      .With("limit", absl::StrCat(kMaxCalls));
}

}  // namespace guildhall::discussions
