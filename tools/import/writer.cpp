#include "tools/import/writer.h"

#include <string>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"

namespace guildhall::importing {
namespace {

// A service takes 4 MiB; a batch below this has room for one more record: 64 KiB of text and its
// envelope.
constexpr std::size_t kFullBytes = (4 << 20) - (72 << 10);
constexpr int kMostRecords = 1000;
constexpr int kMostMemberships = 5000;

constexpr char kDirectory[] = "guildhall.directory.v1.InternalDirectoryService/";
constexpr char kDiscussions[] = "guildhall.discussions.v1.InternalDiscussionsService/";

}  // namespace

int Tally::sent() const {
  return members.sent + communities.sent + memberships.sent + topics.sent + posts.sent;
}

int Tally::created() const {
  return members.created + communities.created + memberships.created + topics.created +
         posts.created;
}

Writer::Writer(Send directory, Send discussions, std::function<void(const Tally&)> on_batch)
    : directory_(std::move(directory)),
      discussions_(std::move(discussions)),
      on_batch_(std::move(on_batch)) {}

// `list` gives the field of a request that holds the records.
template <typename Req, typename Resp, typename Record, typename List>
absl::Status Writer::Write(const Send& send, const std::string& method, int most,
                           std::vector<Record> records, List list, Count& count) {
  for (std::size_t i = 0; i < records.size();) {
    Req request;
    auto& batch = list(request);
    std::size_t bytes = 0;
    for (; i < records.size() && batch.size() < most && bytes < kFullBytes; ++i) {
      bytes += records[i].ByteSizeLong();
      *batch.Add() = std::move(records[i]);
    }
    Resp response;
    GUILDHALL_TRY(send(method, request, response));
    count.sent += batch.size();
    count.created += response.created_count();
    if (on_batch_) on_batch_(tally_);
  }
  return absl::OkStatus();
}

absl::Status Writer::ImportMembers(std::vector<directory::v1::Member> members) {
  using Request = directory::v1::ImportMembersRequest;
  return Write<Request, directory::v1::ImportMembersResponse>(
      directory_, absl::StrCat(kDirectory, "ImportMembers"), kMostRecords, std::move(members),
      [](Request & request) -> auto& { return *request.mutable_members(); }, tally_.members);
}

absl::Status Writer::ImportCommunities(std::vector<directory::v1::Community> communities) {
  using Request = directory::v1::ImportCommunitiesRequest;
  return Write<Request, directory::v1::ImportCommunitiesResponse>(
      directory_, absl::StrCat(kDirectory, "ImportCommunities"), kMostRecords,
      std::move(communities),
      [](Request & request) -> auto& { return *request.mutable_communities(); },
      tally_.communities);
}

absl::Status Writer::ImportMemberships(std::vector<directory::v1::ImportedMembership> memberships) {
  using Request = directory::v1::ImportMembershipsRequest;
  return Write<Request, directory::v1::ImportMembershipsResponse>(
      directory_, absl::StrCat(kDirectory, "ImportMemberships"), kMostMemberships,
      std::move(memberships),
      [](Request & request) -> auto& { return *request.mutable_memberships(); },
      tally_.memberships);
}

absl::Status Writer::ImportTopics(std::vector<discussions::v1::ImportedTopic> topics) {
  using Request = discussions::v1::ImportTopicsRequest;
  return Write<Request, discussions::v1::ImportTopicsResponse>(
      discussions_, absl::StrCat(kDiscussions, "ImportTopics"), kMostRecords, std::move(topics),
      [](Request & request) -> auto& { return *request.mutable_topics(); }, tally_.topics);
}

absl::Status Writer::ImportPosts(std::vector<discussions::v1::ImportedPost> posts) {
  using Request = discussions::v1::ImportPostsRequest;
  return Write<Request, discussions::v1::ImportPostsResponse>(
      discussions_, absl::StrCat(kDiscussions, "ImportPosts"), kMostRecords, std::move(posts),
      [](Request & request) -> auto& { return *request.mutable_posts(); }, tally_.posts);
}

}  // namespace guildhall::importing
