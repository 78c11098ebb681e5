#include "services/discussions/store/carry_store.h"

#include <optional>
#include <set>
#include <utility>

#include "discussions/statements.h"
#include "libs/base/status_macros.h"

namespace guildhall::discussions {
namespace {

absl::StatusOr<std::vector<PostHead>> HeadsFrom(const absl::StatusOr<postgres::Rows>& rows) {
  if (!rows.ok()) return rows.status();
  std::vector<PostHead> posts;
  for (const postgres::Row row : *rows) {
    posts.push_back({.id = row.Get<PostId>(0),
                     .number = row.Get<std::int32_t>(1),
                     .author = row.Get<MemberId>(2),
                     .create_time = row.Get<absl::Time>(3),
                     .place_time = row.Get<absl::Time>(4),
                     .reply_to = row.Get<std::optional<std::int32_t>>(5),
                     .stands = row.Get<bool>(6)});
  }
  return posts;
}

std::vector<std::int32_t> OldNumbers(const Carrying& carrying) {
  std::vector<std::int32_t> numbers;
  for (const CarriedPost& post : carrying.posts) numbers.push_back(post.was.number);
  return numbers;
}

void StorePlaces(postgres::Work& work, const Carrying& carrying) {
  std::vector<PostId> ids;
  std::vector<std::int32_t> numbers;
  std::vector<absl::Time> times;
  std::vector<std::optional<std::int32_t>> answered;
  for (const CarriedPost& post : carrying.posts) {
    ids.push_back(post.was.id);
    numbers.push_back(post.number);
    times.push_back(post.place_time);
    answered.push_back(post.reply_to);
  }
  work.Defer(sql::kCarryPosts, carrying.to, ids, numbers, times, answered);
}

void LeaveMarkers(postgres::Work& work, const Carrying& carrying) {
  std::vector<PostId> posts;
  std::vector<MemberId> authors;
  std::vector<absl::Time> times, place_times;
  for (const CarriedPost& post : carrying.posts) {
    posts.push_back(post.was.id);
    authors.push_back(post.was.author);
    times.push_back(post.was.create_time);
    place_times.push_back(post.was.place_time);
  }
  work.Defer(sql::kLeaveMarkers, carrying.from, carrying.time, carrying.markers, posts,
             OldNumbers(carrying), authors, times, place_times);
}

// Of the posts, of the markers, and of what stays and was answered by those who went.
void RecountReplies(postgres::Work& work, const Carrying& carrying) {
  std::set<std::pair<TopicId, std::int32_t>> places;
  for (const CarriedPost& post : carrying.posts) {
    places.emplace(carrying.to, post.number);
    places.emplace(carrying.from, post.was.number);
    if (post.was.reply_to) places.emplace(carrying.from, *post.was.reply_to);
  }
  std::vector<TopicId> topics;
  std::vector<std::int32_t> numbers;
  for (const auto& [topic, number] : places) {
    topics.push_back(topic);
    numbers.push_back(number);
  }
  work.Defer(sql::kRecountReplies, topics, numbers);
}

}  // namespace

absl::StatusOr<std::vector<PostHead>> ListPostsToCarry(postgres::Work& work, TopicId topic,
                                                       int count) {
  return HeadsFrom(work.Run(sql::kListPostsToCarry, topic, count));
}

absl::StatusOr<std::vector<PostHead>> GetPostsToCarry(postgres::Work& work, TopicId topic,
                                                      std::span<const PostId> posts) {
  return HeadsFrom(work.Run(sql::kGetPostsToCarry, topic, posts));
}

void HoldForMerge(postgres::Work& work, TopicId from, TopicId into) {
  work.Defer(sql::kHoldForMerge, from, into);
  work.Defer(sql::kHoldMerged, from);
}

void HoldAgainstReaders(postgres::Work& work, TopicId topic) {
  work.Defer(sql::kHoldAgainstReaders, topic);
}

void InsertSplitTopic(postgres::Work& work, const Topic& topic) {
  work.Defer(sql::kInsertSplitTopic, topic.id, topic.community, topic.author, topic.title,
             topic.create_time);
}

void SplitReading(postgres::Work& work, const Carrying& carrying) {
  work.Defer(sql::kSplitReadStates, carrying.from, carrying.to, OldNumbers(carrying));
}

void MergeReading(postgres::Work& work, const Carrying& carrying) {
  work.Defer(sql::kMergeReadStates, carrying.from, carrying.to, OldNumbers(carrying));
}

void CarryPosts(postgres::Work& work, const Carrying& carrying) {
  StorePlaces(work, carrying);
  LeaveMarkers(work, carrying);
  RecountReplies(work, carrying);
  std::vector<PostId> posts;
  for (const CarriedPost& post : carrying.posts) posts.push_back(post.was.id);
  work.Defer(sql::kCarryFlags, carrying.from, carrying.to, posts);
  work.Defer(sql::kCopyTopicFollows, carrying.from, carrying.to);
}

void DrawMarkersIn(postgres::Work& work, const Topic& topic) {
  work.Defer(sql::kDrawMarkersIn, topic.id, LastPlaceTime(topic));
}

void StoreCarried(postgres::Work& work, const LockedTopic& topic) {
  StoreEnds(work, {&topic, 1});
  UpdateTopic(work, topic.topic);
}

void StoreMerged(postgres::Work& work, const Topic& topic, TopicId into, absl::Time now) {
  work.Defer(sql::kMergeTopic, topic.id, into, now, topic.version);
  work.Defer(sql::kDropTopicFollows, topic.id);
}

}  // namespace guildhall::discussions
