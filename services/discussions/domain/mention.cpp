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
  for (std::size_t at = html.find(kMarked); at != std::string_view::npos;
       at = html.find(kMarked, at)) {
    at += kMarked.size();
    Add(html.substr(at, html.find('"', at) - at), mentions);
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
