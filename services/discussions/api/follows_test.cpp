#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::TopicFollow> Follow(MemberId who, const std::string& topic,
                                         v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(topic);
    request.mutable_topic_follow()->set_level(level);
    return Call<v1::TopicFollow>(who, "FollowService/UpdateTopicFollow", request);
  }
  absl::StatusOr<v1::CommunityFollow> Follow(MemberId who, CommunityId community,
                                             v1::FollowLevel level) {
    v1::UpdateCommunityFollowRequest request;
    request.mutable_community_follow()->set_community(resources::Name(community));
    request.mutable_community_follow()->set_level(level);
    return Call<v1::CommunityFollow>(who, "FollowService/UpdateCommunityFollow", request);
  }
  absl::Status Forget(MemberId who, const std::string& topic) {
    v1::DeleteTopicFollowRequest request;
    request.set_topic(topic);
    return Call<v1::DeleteTopicFollowResponse>(who, "FollowService/DeleteTopicFollow", request)
        .status();
  }
  absl::Status Forget(MemberId who, CommunityId community) {
    v1::DeleteCommunityFollowRequest request;
    request.set_community(resources::Name(community));
    return Call<v1::DeleteCommunityFollowResponse>(who, "FollowService/DeleteCommunityFollow",
                                                   request)
        .status();
  }
  absl::StatusOr<v1::BatchGetFollowsResponse> Get(MemberId who,
                                                  const std::vector<std::string>& topics,
                                                  const std::vector<std::string>& communities) {
    v1::BatchGetFollowsRequest request;
    for (const std::string& name : topics) request.add_topics(name);
    for (const std::string& name : communities) request.add_communities(name);
    return Call<v1::BatchGetFollowsResponse>(who, "FollowService/BatchGetFollows", request);
  }
  absl::StatusOr<v1::ListFollowedTopicsResponse> List(MemberId who, v1::FollowLevel level,
                                                      const std::string& token = "") {
    v1::ListFollowedTopicsRequest request;
    request.set_level(level);
    request.set_page_size(2);
    request.set_page_token(token);
    return Call<v1::ListFollowedTopicsResponse>(who, "FollowService/ListFollowedTopics", request);
  }
  absl::StatusOr<v1::ListFollowedCommunitiesResponse> ListCommunities(
      MemberId who, v1::FollowLevel level = v1::FOLLOW_LEVEL_UNSPECIFIED, int size = 0,
      const std::string& token = "") {
    v1::ListFollowedCommunitiesRequest request;
    request.set_level(level);
    request.set_page_size(size);
    request.set_page_token(token);
    return Call<v1::ListFollowedCommunitiesResponse>(who, "FollowService/ListFollowedCommunities",
                                                     request);
  }
  // By name and level, read page by page.
  std::map<std::string, v1::FollowLevel> Followed(
      MemberId who, v1::FollowLevel level = v1::FOLLOW_LEVEL_UNSPECIFIED, int size = 0) {
    std::map<std::string, v1::FollowLevel> found;
    std::string token;
    do {
      const auto page = Must(ListCommunities(who, level, size, token));
      for (const v1::CommunityFollow& each : page.community_follows()) {
        CHECK(found.emplace(each.community(), each.level()).second);
      }
      token = page.next_page_token();
    } while (!token.empty());
    return found;
  }
  int Unread(MemberId who, CommunityId community) {
    v1::BatchGetUnreadCountsRequest request;
    request.add_communities(resources::Name(community));
    return Must(Call<v1::BatchGetUnreadCountsResponse>(who, "ReadingService/BatchGetUnreadCounts",
                                                       request))
        .unread_counts(0)
        .unread_topic_count();
  }
};

TEST_CASE_METHOD(Fixture, "a member chooses for topics and communities, and for itself alone") {
  const std::string topic = Open(ada, open).name();
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_MUTED));
  const auto chosen = Must(Get(ben, {topic}, {resources::Name(open)}));
  REQUIRE(chosen.topic_follows_size() == 1);
  CHECK(chosen.topic_follows(0).topic() == topic);
  CHECK(chosen.topic_follows(0).level() == v1::FOLLOW_LEVEL_WATCHING);
  REQUIRE(chosen.community_follows_size() == 1);
  CHECK(chosen.community_follows(0).level() == v1::FOLLOW_LEVEL_MUTED);
  const auto others = Must(Get(ada, {topic}, {resources::Name(open)}));
  CHECK(others.topic_follows_size() + others.community_follows_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a choice is changed and taken back") {
  const std::string topic = Open(ada, open).name();
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_MUTED));
  CHECK(Must(Get(ben, {topic}, {})).topic_follows(0).level() == v1::FOLLOW_LEVEL_MUTED);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_UNSPECIFIED));
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_MUTED));
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_UNSPECIFIED));
  const auto chosen = Must(Get(ben, {topic}, {resources::Name(open)}));
  CHECK(chosen.topic_follows_size() + chosen.community_follows_size() == 0);
}

TEST_CASE_METHOD(Fixture, "muted topics do not count as unread") {
  const std::string topic = Open(ada, open).name();
  Open(ada, open);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_MUTED));
  CHECK(Unread(ben, open) == 1);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_NORMAL));
  CHECK(Unread(ben, open) == 2);
}

TEST_CASE_METHOD(Fixture,
                 "of a muted community what one follows counts as unread, and nothing else") {
  const std::string topic = Open(ada, open).name();
  Open(ada, open);
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_MUTED));
  CHECK(Unread(ben, open) == 0);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  CHECK(Unread(ben, open) == 1);
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_NORMAL));
  CHECK(Unread(ben, open) == 2);
}

TEST_CASE_METHOD(Fixture,
                 "muted topics taken back do not count as unread, until they are heard again") {
  const std::string topic = Open(ada, open).name();
  v1::MarkCommunitiesReadRequest all;
  all.add_communities(resources::Name(open));
  clock.Advance(absl::Minutes(1));
  Must(Call<v1::MarkCommunitiesReadResponse>(ben, "ReadingService/MarkCommunitiesRead", all));
  clock.Advance(absl::Minutes(1));
  v1::RewindReadStateRequest rewind;
  rewind.mutable_read_state()->set_topic(topic);
  Must(Call<v1::ReadState>(ben, "ReadingService/RewindReadState", rewind));
  CHECK(Unread(ben, open) == 1);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_MUTED));
  CHECK(Unread(ben, open) == 0);
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_UNSPECIFIED));
  CHECK(Unread(ben, open) == 1);
}

TEST_CASE_METHOD(Fixture, "followed topics are listed by level, what was chosen last first") {
  std::vector<std::string> topics;
  for (int n = 0; n < 3; ++n) {
    topics.push_back(Open(ada, open).name());
    Must(Follow(ben, topics[n], v1::FOLLOW_LEVEL_WATCHING));
    clock.Advance(absl::Minutes(1));
  }
  Must(Follow(ben, Open(ada, open).name(), v1::FOLLOW_LEVEL_MUTED));
  const auto first = Must(List(ben, v1::FOLLOW_LEVEL_WATCHING));
  REQUIRE(first.topics_size() == 2);
  CHECK(first.topics(0).name() == topics[2]);
  CHECK(first.topics(1).name() == topics[1]);
  const auto second = Must(List(ben, v1::FOLLOW_LEVEL_WATCHING, first.next_page_token()));
  REQUIRE(second.topics_size() == 1);
  CHECK(second.topics(0).name() == topics[0]);
  CHECK(second.next_page_token().empty());
  CHECK(Must(List(ben, v1::FOLLOW_LEVEL_MUTED)).topics_size() == 1);
  CHECK(Must(List(ada, v1::FOLLOW_LEVEL_WATCHING)).topics_size() == 0);
}

TEST_CASE_METHOD(Fixture, "communities for which a member chose are listed, all or of one level") {
  const std::string here = resources::Name(open), there = resources::Name(closed);
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, closed, v1::FOLLOW_LEVEL_MUTED));
  Must(Follow(ben, secret, v1::FOLLOW_LEVEL_MUTED));
  facts.SetRole(secret, ben, Role::kNone);
  for (const int size : {0, 1, 2}) {
    CHECK(Followed(ben, v1::FOLLOW_LEVEL_UNSPECIFIED, size) ==
          std::map<std::string, v1::FollowLevel>{{here, v1::FOLLOW_LEVEL_WATCHING},
                                                 {there, v1::FOLLOW_LEVEL_MUTED}});
    CHECK(Followed(ben, v1::FOLLOW_LEVEL_MUTED, size).size() == 1);
  }
  CHECK(Followed(ben, v1::FOLLOW_LEVEL_NORMAL).empty());
  CHECK(Followed(ada).empty());
  Must(Follow(ben, open, v1::FOLLOW_LEVEL_UNSPECIFIED));
  CHECK(Followed(ben).size() == 1);
  CHECK(Is(ListCommunities(ben, static_cast<v1::FollowLevel>(4)).status(),
           policy_reasons::kFieldInvalid));
  const std::string token = Must(ListCommunities(ben, v1::FOLLOW_LEVEL_MUTED, 1)).next_page_token();
  CHECK(Is(ListCommunities(ada, v1::FOLLOW_LEVEL_MUTED, 1, token).status(),
           policy_reasons::kPageTokenInvalid));
  CHECK(Is(ListCommunities(ben, v1::FOLLOW_LEVEL_NORMAL, 1, token).status(),
           policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "what a member may not read any more is left out") {
  const std::string topic = Open(ada, secret).name();
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, secret, v1::FOLLOW_LEVEL_WATCHING));
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Must(Get(ben, {topic}, {resources::Name(secret)})).ByteSizeLong() == 0);
  CHECK(Must(List(ben, v1::FOLLOW_LEVEL_WATCHING)).topics_size() == 0);
}

TEST_CASE_METHOD(Fixture, "a choice is taken back where the member may not read any more") {
  const std::string topic = Open(ada, secret).name();
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ben, secret, v1::FOLLOW_LEVEL_WATCHING));
  Must(Follow(ada, topic, v1::FOLLOW_LEVEL_WATCHING));
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Is(Follow(ben, topic, v1::FOLLOW_LEVEL_UNSPECIFIED).status(), policy_reasons::kNotFound));
  for (int i = 0; i < 2; ++i) {
    CHECK(Forget(ben, topic).ok());
    CHECK(Forget(ben, secret).ok());
  }
  facts.SetRole(secret, ben, Role::kMember);
  const auto chosen = Must(Get(ben, {topic}, {resources::Name(secret)}));
  CHECK(chosen.topic_follows_size() + chosen.community_follows_size() == 0);
  CHECK(Must(Get(ada, {topic}, {})).topic_follows_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a choice for a topic that is gone is taken back, and makes room") {
  const v1::Topic topic = Open(ada, open);
  Must(Follow(ben, topic.name(), v1::FOLLOW_LEVEL_WATCHING));
  v1::DeleteTopicRequest request;
  request.set_name(topic.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  CHECK(Forget(ben, topic.name()).ok());
  CHECK(database.Ask("SELECT count(*) FROM topic_follows") == "0");
  CHECK(Is(Forget(ben, "topics/1"), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "what is hidden is followed like what never was") {
  const std::string hidden = Open(ada, secret).name();
  CHECK(Told(Follow(eve, hidden, v1::FOLLOW_LEVEL_MUTED).status()) ==
        Told(Follow(eve, resources::Name(TopicId(Numbered(99))), v1::FOLLOW_LEVEL_MUTED).status()));
  CHECK(Told(Follow(eve, secret, v1::FOLLOW_LEVEL_MUTED).status()) ==
        Told(Follow(eve, CommunityId(Numbered(99)), v1::FOLLOW_LEVEL_MUTED).status()));
  CHECK(Must(Get(eve, {hidden}, {resources::Name(secret)})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "choices are of the contract's levels, and of known topics") {
  const std::string topic = Open(ada, open).name();
  CHECK(Is(Follow(ben, topic, static_cast<v1::FollowLevel>(4)).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(Follow(ben, open, static_cast<v1::FollowLevel>(4)).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(List(ben, v1::FOLLOW_LEVEL_UNSPECIFIED).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Get(ben, std::vector<std::string>(201, topic), {}).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a member chooses for a thousand topics, and may change each choice") {
  const std::string topic = Open(ada, open).name(), other = Open(ada, open).name();
  Must(Follow(ben, topic, v1::FOLLOW_LEVEL_WATCHING));
  database.Run("INSERT INTO topic_follows SELECT '" + ben.ToString() +
               "', gen_random_uuid(), now(), 1 FROM generate_series(1, 999);"
               "INSERT INTO community_follows SELECT '" +
               ben.ToString() + "', gen_random_uuid(), 1 FROM generate_series(1, 1000)");
  CHECK(Is(Follow(ben, other, v1::FOLLOW_LEVEL_MUTED).status(), reasons::kTooManyFollows));
  CHECK(Is(Follow(ben, open, v1::FOLLOW_LEVEL_MUTED).status(), reasons::kTooManyFollows));
  CHECK(Follow(ben, topic, v1::FOLLOW_LEVEL_MUTED).ok());
  CHECK(Follow(ada, other, v1::FOLLOW_LEVEL_MUTED).ok());
}

}  // namespace
}  // namespace guildhall::discussions
