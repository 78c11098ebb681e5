#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/store/places.h"

namespace guildhall::discussions {

// What methods share that ask about things in many communities.

// Those of the communities in which the caller may read now. Fails as facts do.
absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const std::set<CommunityId>& communities);

// Those that a request names in a field, at most kMaxCommunities, in which the caller may use
// `permission` now. Also fails with: FIELD_INVALID.
absl::StatusOr<access::VisibleCommunities> AllowedAmong(
    Discussions& discussions, const rpc::Call& call, access::Permission permission,
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names);

// The same of reading.
absl::StatusOr<access::VisibleCommunities> VisibleAmong(
    Discussions& discussions, const rpc::Call& call, std::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& names);

// The same of keeping order, of at most kMaxModerated.
absl::StatusOr<access::VisibleCommunities> ModeratedAmong(
    Discussions& discussions, const rpc::Call& call, std::string_view field,
    const google::protobuf::RepeatedPtrField<std::string>& names);

// Those where things stand, in which the caller may read now.
absl::StatusOr<access::VisibleCommunities> VisibleAmong(Discussions& discussions,
                                                        const rpc::Call& call,
                                                        const Places& places);

// Ids of topics that a request names in a field, at most kMaxReadStates. Fails with: FIELD_INVALID.
absl::StatusOr<std::vector<TopicId>> TopicsOf(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names);

// The same of posts, named by id, at most kMaxBatchPosts.
absl::StatusOr<std::vector<resources::PostRef>> PostsOf(
    std::string_view field, const google::protobuf::RepeatedPtrField<std::string>& names);

}  // namespace guildhall::discussions
