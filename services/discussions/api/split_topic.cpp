#include <set>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "guildhall/discussions/v1/carrying_service.pb.h"
#include "libs/base/refusal.h"
#include "services/discussions/api/carrying.h"
#include "services/discussions/api/convert.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

// The posts that a request names, each once, all in one topic.
absl::StatusOr<std::vector<PostId>> PostsIn(
    TopicId topic, const google::protobuf::RepeatedPtrField<std::string>& names) {
  if (names.empty() || names.size() > kMaxSplitPosts) {
    return WrongField("posts", absl::StrCat("names 1 to ", kMaxSplitPosts, " posts"));
  }
  std::set<PostId> posts;
  for (const std::string& name : names) {
    GUILDHALL_ASSIGN(const resources::PostRef ref, PostById("posts", name));
    if (ref.topic != topic) return WrongField("posts", "names a post in another topic");
    posts.insert(*ref.post);
  }
  return std::vector<PostId>(posts.begin(), posts.end());
}

// What the topic shows of its posts once some have gone, and where the numbers behind them stand.
absl::Status SetEnd(postgres::Work& work, Topic& topic) {
  GUILDHALL_ASSIGN(const auto ends, GetEnds(work, {&topic.id, 1}, LastStanding(topic)));
  EndWith(topic, ends.at(topic.id));
  DrawMarkersIn(work, topic);
  return absl::OkStatus();
}

absl::StatusOr<v1::Topic> Split(Discussions& discussions, const rpc::Call& call,
                                postgres::Work& work, LockedTopic& from, std::string title,
                                std::span<const PostId> ids) {
  GUILDHALL_ASSIGN(const std::vector<PostHead> posts, GetPostsToCarry(work, from.topic.id, ids));
  GUILDHALL_TRY(CheckSplitting("posts", posts, static_cast<int>(ids.size())));
  LockedTopic into;
  into.topic = SplitOff(from.topic, TopicId(NewUuidV7(call.now(), discussions.random)),
                        std::move(title), posts.front());
  HoldAgainstReaders(work, from.topic.id);
  InsertSplitTopic(work, into.topic);
  AppendChange(work, change::v1::KIND_TOPIC_CREATED, into.topic);
  GUILDHALL_TRY(CarryInto(discussions, call, work, posts, from, into, &SplitReading));
  GUILDHALL_TRY(SetEnd(work, from.topic));
  StoreCarried(work, from);
  StoreCarried(work, into);
  return ToProto(into.topic);
}

}  // namespace

absl::StatusOr<v1::Topic> SplitTopic(Discussions& discussions, const rpc::Call& call,
                                     const v1::SplitTopicRequest& request) {
  GUILDHALL_ASSIGN(const TopicId id, resources::ParseTopic("name", request.name()));
  GUILDHALL_ASSIGN(const std::vector<PostId> posts, PostsIn(id, request.posts()));
  GUILDHALL_ASSIGN(const std::string title, TitleFrom("title", request.title()));
  return WriteOnce<v1::Topic>(
      discussions, call, id, request.request_id(),
      [&](postgres::Work& work, Permit& permit) -> absl::StatusOr<v1::Topic> {
        GUILDHALL_ASSIGN(LockedTopic from, LockToEdit(work, permit, id, request.etag()));
        return Split(discussions, call, work, from, title, posts);
      });
}

}  // namespace guildhall::discussions
