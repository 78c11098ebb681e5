#include "libs/resources/names.h"

#include <charconv>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/strings.h"

namespace guildhall::resources {
namespace {

absl::Status Misnamed(std::string_view field, std::string_view name, const char* form) {
  return Refusal(policy::reasons::kFieldInvalid, "A name is not of the form that its field takes.")
      .Field(std::string(field),
             absl::StrCat(name.empty() ? "is required and has" : "has", " the form ", form));
}

template <typename IdType>
absl::StatusOr<IdType> ParseFlat(std::string_view field, std::string_view name,
                                 std::string_view collection, const char* form) {
  const std::optional<NameParts> parts = Split(name);
  if (!parts || parts->collection != collection || !parts->child_collection.empty()) {
    return Misnamed(field, name, form);
  }
  return IdType(parts->id);
}

absl::StatusOr<StandingRef> ParseStanding(std::string_view field, std::string_view name,
                                          std::string_view collection, const char* form) {
  const std::optional<NameParts> parts = Split(name);
  if (!parts || parts->collection != "communities" || parts->child_collection != collection) {
    return Misnamed(field, name, form);
  }
  const std::optional<MemberId> member = MemberId::Parse(parts->child);
  if (!member) return Misnamed(field, name, form);
  return StandingRef{CommunityId(parts->id), *member};
}

std::string StandingName(CommunityId community, const char* collection, MemberId member) {
  return absl::StrCat("communities/", community.ToString(), collection, member.ToString());
}

std::optional<int> ParseNumber(std::string_view text) {
  int number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  // A leading zero or plus would be a second spelling.
  if (error != std::errc() || end != text.data() + text.size() || text.front() == '0' ||
      number < 1) {
    return std::nullopt;
  }
  return number;
}

}  // namespace

std::string Name(MemberId id) { return absl::StrCat("members/", id.ToString()); }
std::string Name(SessionId id) { return absl::StrCat("sessions/", id.ToString()); }
std::string Name(CommunityId id) { return absl::StrCat("communities/", id.ToString()); }
std::string Name(TopicId id) { return absl::StrCat("topics/", id.ToString()); }

std::string PostName(TopicId topic, PostId post) {
  return absl::StrCat("topics/", topic.ToString(), "/posts/", post.ToString());
}

std::string MembershipName(CommunityId community, MemberId id) {
  return StandingName(community, "/memberships/", id);
}

std::string BanName(CommunityId community, MemberId id) {
  return StandingName(community, "/bans/", id);
}

std::string MuteName(CommunityId community, MemberId id) {
  return StandingName(community, "/mutes/", id);
}

std::string JoinRequestName(CommunityId community, MemberId id) {
  return StandingName(community, "/joinRequests/", id);
}

std::string InvitationName(CommunityId community, MemberId id) {
  return StandingName(community, "/invitations/", id);
}

absl::StatusOr<MemberId> ParseMember(std::string_view field, std::string_view name) {
  return ParseFlat<MemberId>(field, name, "members", "members/{id}");
}

absl::StatusOr<SessionId> ParseSession(std::string_view field, std::string_view name) {
  return ParseFlat<SessionId>(field, name, "sessions", "sessions/{id}");
}

absl::StatusOr<CommunityId> ParseCommunity(std::string_view field, std::string_view name) {
  return ParseFlat<CommunityId>(field, name, "communities", "communities/{id}");
}

absl::StatusOr<TopicId> ParseTopic(std::string_view field, std::string_view name) {
  return ParseFlat<TopicId>(field, name, "topics", "topics/{id}");
}

absl::StatusOr<StandingRef> ParseMembership(std::string_view field, std::string_view name) {
  return ParseStanding(field, name, "memberships", "communities/{id}/memberships/{member id}");
}

absl::StatusOr<StandingRef> ParseBan(std::string_view field, std::string_view name) {
  return ParseStanding(field, name, "bans", "communities/{id}/bans/{member id}");
}

absl::StatusOr<StandingRef> ParseMute(std::string_view field, std::string_view name) {
  return ParseStanding(field, name, "mutes", "communities/{id}/mutes/{member id}");
}

absl::StatusOr<StandingRef> ParseJoinRequest(std::string_view field, std::string_view name) {
  return ParseStanding(field, name, "joinRequests", "communities/{id}/joinRequests/{member id}");
}

absl::StatusOr<StandingRef> ParseInvitation(std::string_view field, std::string_view name) {
  return ParseStanding(field, name, "invitations", "communities/{id}/invitations/{member id}");
}

absl::StatusOr<PostRef> ParsePost(std::string_view field, std::string_view name) {
  constexpr char kForm[] = "topics/{id}/posts/{id or number}";
  const std::optional<NameParts> parts = Split(name);
  if (!parts || parts->collection != "topics" || parts->child_collection != "posts") {
    return Misnamed(field, name, kForm);
  }
  PostRef ref{.topic = TopicId(parts->id)};
  ref.post = PostId::Parse(parts->child);
  if (!ref.post) ref.number = ParseNumber(parts->child);
  if (!ref.post && !ref.number) return Misnamed(field, name, kForm);
  return ref;
}

std::optional<NameParts> Split(std::string_view name) {
  std::string_view pieces[4];
  std::size_t count = 0;
  for (std::size_t begin = 0;; ++count) {
    if (count == 4) return std::nullopt;
    const std::size_t slash = name.find('/', begin);
    pieces[count] = name.substr(begin, slash - begin);
    if (pieces[count].empty()) return std::nullopt;
    if (slash == std::string_view::npos) break;
    begin = slash + 1;
  }
  const bool has_child = count == 3;
  if (count != 1 && !has_child) return std::nullopt;
  const std::optional<Uuid> id = Uuid::Parse(pieces[1]);
  if (!id) return std::nullopt;
  return NameParts{pieces[0], *id, pieces[2], pieces[3]};
}

}  // namespace guildhall::resources
