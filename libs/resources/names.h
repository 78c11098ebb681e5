#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/ids.h"

namespace guildhall::resources {

// Resource names (AIP-122): what a client holds and sends. Ids are spelled in one way only, so a
// name is equal exactly when its resource is.

std::string Name(MemberId id);                     // members/{id}
std::string Name(SessionId id);                    // sessions/{id}
std::string Name(CommunityId id);                  // communities/{id}
std::string Name(TopicId id);                      // topics/{id}
std::string PostName(TopicId topic, PostId post);  // topics/{id}/posts/{id}
std::string MembershipName(CommunityId community,
                           MemberId id);  // communities/{id}/memberships/{id}
std::string BanName(CommunityId community,
                    MemberId id);  // communities/{id}/bans/{id}
std::string MuteName(CommunityId community,
                     MemberId id);  // communities/{id}/mutes/{id}

std::string JoinRequestName(CommunityId community,
                            MemberId id);  // communities/{id}/joinRequests/{id}
std::string InvitationName(CommunityId community,
                           MemberId id);  // communities/{id}/invitations/{id}

// The inverses, for the request field at path `field`. Fail with: FIELD_INVALID, naming the field
// and the form that it takes.
absl::StatusOr<MemberId> ParseMember(std::string_view field, std::string_view name);
absl::StatusOr<SessionId> ParseSession(std::string_view field, std::string_view name);
absl::StatusOr<CommunityId> ParseCommunity(std::string_view field, std::string_view name);
absl::StatusOr<TopicId> ParseTopic(std::string_view field, std::string_view name);

// What is named by a community and a member.
struct StandingRef {
  CommunityId community;
  MemberId member;
};
absl::StatusOr<StandingRef> ParseMembership(std::string_view field, std::string_view name);
absl::StatusOr<StandingRef> ParseBan(std::string_view field, std::string_view name);
absl::StatusOr<StandingRef> ParseMute(std::string_view field, std::string_view name);
absl::StatusOr<StandingRef> ParseJoinRequest(std::string_view field, std::string_view name);
absl::StatusOr<StandingRef> ParseInvitation(std::string_view field, std::string_view name);

// A post's topic, and the post by id or by number.
struct PostRef {
  TopicId topic;
  std::optional<PostId> post;
  std::optional<int> number;  // from 1 on
};
absl::StatusOr<PostRef> ParsePost(std::string_view field, std::string_view name);

// A name taken apart without knowing what it should be: "topics/{id}" has a collection and an id,
// "topics/{id}/posts/17" also a child collection and a child. The views point into the name.
struct NameParts {
  std::string_view collection;
  Uuid id;
  std::string_view child_collection;
  std::string_view child;
};
std::optional<NameParts> Split(std::string_view name);

}  // namespace guildhall::resources
