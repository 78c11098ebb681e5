#pragma once

#include <set>
#include <string>
#include <vector>

#include "tools/import/post_stream.h"

namespace guildhall::importing {

// Directory and discussions as far as an import sees them: they keep what is new, by name.
struct House {
  std::set<std::string> names;
  std::vector<std::string> order;
  std::vector<directory::v1::Member> members;
  std::vector<directory::v1::Community> communities;
  std::vector<directory::v1::ImportedMembership> memberships;
  std::vector<discussions::v1::ImportedTopic> topics;
  std::vector<discussions::v1::ImportedPost> posts;

  template <typename Resp, typename Records>
  absl::StatusOr<Resp> Keep(const std::string& kind, const Records& records, auto& kept) {
    order.push_back(kind);
    Resp response;
    for (const auto& record : records) {
      if (!names.insert(kind + record.SerializeAsString()).second) continue;
      kept.push_back(record);
      response.set_created_count(response.created_count() + 1);
    }
    return response;
  }

  WriterMethods methods() {
    using namespace directory::v1;  // NOLINT: six of its names
    return {
        .members =
            [this](const ImportMembersRequest& r) {
              return Keep<ImportMembersResponse>("members", r.members(), members);
            },
        .communities =
            [this](const ImportCommunitiesRequest& r) {
              return Keep<ImportCommunitiesResponse>("communities", r.communities(), communities);
            },
        .memberships =
            [this](const ImportMembershipsRequest& r) {
              return Keep<ImportMembershipsResponse>("memberships", r.memberships(), memberships);
            },
        .topics =
            [this](const discussions::v1::ImportTopicsRequest& r) {
              return Keep<discussions::v1::ImportTopicsResponse>("topics", r.topics(), topics);
            }};
  }

  PostStream::Method send_posts() {
    return [this](const discussions::v1::ImportPostsRequest& r, auto done) {
      done(Keep<discussions::v1::ImportPostsResponse>("posts", r.posts(), posts));
    };
  }
};

}  // namespace guildhall::importing
