#include "services/discussions/api/seeing.h"

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/resources/names.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

using Names = google::protobuf::RepeatedPtrField<std::string>;

absl::Status CheckCount(std::string_view field, const Names& names, int most) {
  if (names.size() <= most) return absl::OkStatus();
  return WrongField(field, absl::StrCat("takes at most ", most));
}

}  // namespace

absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const std::set<CommunityId>& communities) {
  const std::vector<CommunityId> asked(communities.begin(), communities.end());
  return discussions.authorizer.VisibleAmong(access::Permission::kContentRead, call.caller(), asked,
                                             call.deadline());
}

absl::StatusOr<access::VisibleCommunities> AllowedAmong(
    Discussions& discussions, const rpc::Call& call, access::Permission permission,
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names) {
  GUILDHALL_TRY(CheckCount(field, names, kMaxCommunities));
  std::set<CommunityId> named;
  for (const std::string& name : names) {
    GUILDHALL_ASSIGN(const CommunityId community, resources::ParseCommunity(field, name));
    named.insert(community);
  }
  const std::vector<CommunityId> asked(named.begin(), named.end());
  return discussions.authorizer.VisibleAmong(permission, call.caller(), asked, call.deadline());
}

absl::StatusOr<access::VisibleCommunities> VisibleAmong(
    Discussions& discussions, const rpc::Call& call, std::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& names) {
  return AllowedAmong(discussions, call, access::Permission::kContentRead, field, names);
}

absl::StatusOr<access::VisibleCommunities> ModeratedAmong(
    Discussions& discussions, const rpc::Call& call, std::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& names) {
  GUILDHALL_TRY(CheckCount(field, names, kMaxModerated));
  return AllowedAmong(discussions, call, access::Permission::kContentModerate, field, names);
}

absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const Places& places) {
  std::set<CommunityId> communities;
  for (const std::optional<Place>& place : places) {
    if (place) communities.insert(place->community);
  }
  return VisibleAmong(discussions, call, communities);
}

absl::StatusOr<std::vector<TopicId>> TopicsOf(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names) {
  GUILDHALL_TRY(CheckCount(field, names, kMaxReadStates));
  std::vector<TopicId> topics;
  for (const std::string& name : names) {
    GUILDHALL_ASSIGN(topics.emplace_back(), resources::ParseTopic(field, name));
  }
  return topics;
}

absl::StatusOr<std::vector<resources::PostRef>> PostsOf(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names) {
  GUILDHALL_TRY(CheckCount(field, names, kMaxBatchPosts));
  std::vector<resources::PostRef> posts;
  for (const std::string& name : names) {
    GUILDHALL_ASSIGN(posts.emplace_back(), PostById(field, name));
  }
  return posts;
}

}  // namespace guildhall::discussions
