#include "tools/import/writer.h"

#include <utility>

#include "libs/base/status_macros.h"
#include "tools/import/batch_limits.h"

namespace guildhall::importing {
int Tally::sent() const {
  return members.sent + communities.sent + memberships.sent + topics.sent + posts.sent;
}

int Tally::created() const {
  return members.created + communities.created + memberships.created + topics.created +
         posts.created;
}

Writer::Writer(WriterMethods methods, std::function<void(const Tally&)> on_batch)
    : methods_(std::move(methods)), on_batch_(std::move(on_batch)) {}

// `list` gives the field of a request that holds the records.
template <typename Req, typename Resp, typename Record, typename List>
absl::Status Writer::Write(const Method<Req, Resp>& method, int most, std::vector<Record> records,
                           List list, Count& count) {
  for (std::size_t i = 0; i < records.size();) {
    Req request;
    auto& batch = *list(request);
    std::size_t bytes = 0;
    for (; i < records.size() && batch.size() < most && bytes < kFullBytes; ++i) {
      bytes += records[i].ByteSizeLong();
      *batch.Add() = std::move(records[i]);
    }
    GUILDHALL_ASSIGN(const Resp response, method(request));
    count.sent += batch.size();
    count.created += response.created_count();
    if (on_batch_) on_batch_(tally_);
  }
  return absl::OkStatus();
}

absl::Status Writer::ImportMembers(std::vector<directory::v1::Member> members) {
  const auto list = [](auto& request) { return request.mutable_members(); };
  return Write(methods_.members, kMostRecords, std::move(members), list, tally_.members);
}

absl::Status Writer::ImportCommunities(std::vector<directory::v1::Community> communities) {
  const auto list = [](auto& request) { return request.mutable_communities(); };
  return Write(methods_.communities, kMostRecords, std::move(communities), list,
               tally_.communities);
}

absl::Status Writer::ImportMemberships(std::vector<directory::v1::ImportedMembership> memberships) {
  const auto list = [](auto& request) { return request.mutable_memberships(); };
  return Write(methods_.memberships, kMostMemberships, std::move(memberships), list,
               tally_.memberships);
}

absl::Status Writer::ImportTopics(std::vector<discussions::v1::ImportedTopic> topics) {
  const auto list = [](auto& request) { return request.mutable_topics(); };
  return Write(methods_.topics, kMostRecords, std::move(topics), list, tally_.topics);
}

absl::Status Writer::ImportPosts(std::vector<discussions::v1::ImportedPost> posts) {
  const auto list = [](auto& request) { return request.mutable_posts(); };
  return Write(methods_.posts, kMostRecords, std::move(posts), list, tally_.posts);
}

}  // namespace guildhall::importing
