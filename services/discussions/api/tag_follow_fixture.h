#pragma once

#include <algorithm>

#include "services/discussions/api/tagging_fixture.h"

namespace guildhall::discussions {

// For tests of what follows from choices for tags: Ben chooses, Ada opens topics.
struct TagFollowFixture : TaggingFixture {
  std::string OpenLater(CommunityId where, const std::vector<std::string>& tags) {
    clock.Advance(absl::Minutes(1));
    return Must(Call<v1::Topic>(ada, "CreateTopic", TaggedRequest(where, tags))).name();
  }
  absl::StatusOr<v1::TagFollow> Follow(MemberId who, const std::string& tag,
                                       v1::FollowLevel level) {
    v1::UpdateTagFollowRequest request;
    request.mutable_tag_follow()->set_tag(tag);
    request.mutable_tag_follow()->set_level(level);
    return Call<v1::TagFollow>(who, "FollowService/UpdateTagFollow", request);
  }
  absl::Status Forget(MemberId who, const std::string& tag) {
    v1::DeleteTagFollowRequest request;
    request.set_tag(tag);
    return Call<v1::DeleteTagFollowResponse>(who, "FollowService/DeleteTagFollow", request)
        .status();
  }
  void Choose(const std::string& topic, v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(topic);
    request.mutable_topic_follow()->set_level(level);
    Must(Call<v1::TopicFollow>(ben, "FollowService/UpdateTopicFollow", request));
  }
  void Choose(CommunityId community, v1::FollowLevel level) {
    v1::UpdateCommunityFollowRequest request;
    request.mutable_community_follow()->set_community(resources::Name(community));
    request.mutable_community_follow()->set_level(level);
    Must(Call<v1::CommunityFollow>(ben, "FollowService/UpdateCommunityFollow", request));
  }
  absl::StatusOr<v1::ListFollowedTagsResponse> List(
      MemberId who, v1::FollowLevel level = v1::FOLLOW_LEVEL_UNSPECIFIED, int size = 0,
      const std::string& token = "") {
    v1::ListFollowedTagsRequest request;
    request.set_level(level);
    request.set_page_size(size);
    request.set_page_token(token);
    return Call<v1::ListFollowedTagsResponse>(who, "FollowService/ListFollowedTags", request);
  }
  std::map<std::string, v1::FollowLevel> Followed(
      MemberId who, v1::FollowLevel level = v1::FOLLOW_LEVEL_UNSPECIFIED, int size = 0) {
    std::map<std::string, v1::FollowLevel> found;
    std::string token;
    do {
      const auto page = Must(List(who, level, size, token));
      for (const v1::TagFollow& each : page.tag_follows()) {
        CHECK((found.empty() || found.rbegin()->first < each.tag()));
        found[each.tag()] = each.level();
      }
      token = page.next_page_token();
    } while (!token.empty());
    return found;
  }
  v1::EffectiveFollow Effective(MemberId who, const std::string& topic) {
    v1::BatchGetFollowsRequest request;
    request.add_topics(topic);
    const auto found =
        Must(Call<v1::BatchGetFollowsResponse>(who, "FollowService/BatchGetFollows", request));
    return found.effective_follows_size() == 0 ? v1::EffectiveFollow() : found.effective_follows(0);
  }
  template <typename Request>
  Request Everywhere() {
    Request request;
    for (const CommunityId each : {open, closed, secret}) {
      request.add_communities(resources::Name(each));
    }
    return request;
  }
  std::vector<std::string> Feed(MemberId who, int size = 20,
                                v1::TopicOrder order = v1::TOPIC_ORDER_LATEST) {
    std::vector<std::string> names;
    auto request = Everywhere<v1::ListFeedRequest>();
    request.set_page_size(size);
    request.set_order(order);
    do {
      const auto page = Must(Call<v1::ListFeedResponse>(who, "FeedService/ListFeed", request));
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  std::vector<std::string> Unread(MemberId who, int size = 20) {
    std::vector<std::string> names;
    auto request = Everywhere<v1::ListUnreadTopicsRequest>();
    request.set_page_size(size);
    do {
      const auto page =
          Must(Call<v1::ListUnreadTopicsResponse>(who, "ReadingService/ListUnreadTopics", request));
      for (const auto& each : page.unread_topics()) names.push_back(each.topic().name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  int Counted(MemberId who) {
    const auto counts = Must(Call<v1::BatchGetUnreadCountsResponse>(
        who, "ReadingService/BatchGetUnreadCounts", Everywhere<v1::BatchGetUnreadCountsRequest>()));
    int all = 0;
    for (const auto& count : counts.unread_counts()) all += count.unread_topic_count();
    return all;
  }
  void Rewind(const std::string& topic) {
    v1::RewindReadStateRequest request;
    request.mutable_read_state()->set_topic(topic);
    Must(Call<v1::ReadState>(ben, "ReadingService/RewindReadState", request));
  }
  // What the feed in both orders, the list of unread topics and their counts show alike.
  void CheckShown(const std::vector<std::string>& expected) {
    for (const int size : {1, 3, 20}) {
      CHECK(Feed(ben, size) == expected);
      CHECK(Unread(ben, size) == expected);
    }
    std::vector<std::string> by_score = Feed(ben, 2, v1::TOPIC_ORDER_SCORE), sorted = expected;
    std::ranges::sort(by_score);
    std::ranges::sort(sorted);
    CHECK(by_score == sorted);
    CHECK(Counted(ben) == static_cast<int>(expected.size()));
  }
};

}  // namespace guildhall::discussions
