#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::ListFeedResponse> Feed(MemberId who, const Names& communities,
                                            const std::string& token = "", int size = 0,
                                            v1::TopicOrder order = v1::TOPIC_ORDER_LATEST) {
    v1::ListFeedRequest request;
    for (const std::string& each : communities) request.add_communities(each);
    request.set_order(order);
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListFeedResponse>(who, "FeedService/ListFeed", request);
  }
  // All pages of all three communities.
  Names All(MemberId who, int size, v1::TopicOrder order = v1::TOPIC_ORDER_LATEST) {
    Names names;
    std::string token;
    do {
      const auto page = Must(Feed(who, everywhere, token, size, order));
      CHECK(page.topics_size() <= size);
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      token = page.next_page_token();
    } while (!token.empty());
    return names;
  }
  std::string OpenLater(CommunityId where) {
    clock.Advance(absl::Minutes(1));
    return Open(ada, where).name();
  }
  void Choose(MemberId who, const std::string& topic, v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(topic);
    request.mutable_topic_follow()->set_level(level);
    Must(Call<v1::TopicFollow>(who, "FollowService/UpdateTopicFollow", request));
  }
  void Mute(MemberId who, const std::string& topic) { Choose(who, topic, v1::FOLLOW_LEVEL_MUTED); }
  void MuteCommunity(MemberId who, CommunityId community) {
    v1::UpdateCommunityFollowRequest request;
    request.mutable_community_follow()->set_community(resources::Name(community));
    request.mutable_community_follow()->set_level(v1::FOLLOW_LEVEL_MUTED);
    Must(Call<v1::CommunityFollow>(who, "FollowService/UpdateCommunityFollow", request));
  }
  const Names everywhere = {resources::Name(open), resources::Name(closed),
                            resources::Name(secret)};
};

TEST_CASE_METHOD(Fixture, "the feed is all that one reads, the latest posts first") {
  const std::string first = OpenLater(open), second = OpenLater(secret), third = OpenLater(closed);
  CHECK(All(ben, 20) == Names{third, second, first});
  clock.Advance(absl::Minutes(1));
  Post(ben, first);
  CHECK(All(ada, 20) == Names{first, third, second});
  CHECK(All(eve, 20) == Names{first});
}

TEST_CASE_METHOD(Fixture, "pages of any size hold each topic once, in one order") {
  Names all;
  for (int n = 0; n < 12; ++n) {
    all.insert(all.begin(), OpenLater(n < 5 ? open : n % 2 == 0 ? closed : secret));
  }
  for (const int size : {1, 2, 3, 5, 7, 20}) CHECK(All(ben, size) == all);
}

TEST_CASE_METHOD(Fixture, "topics of one moment stand in one order on all pages") {
  std::set<std::string> opened;
  for (int n = 0; n < 9; ++n) opened.insert(Open(ada, n % 2 == 0 ? open : closed).name());
  for (const int size : {1, 2, 4}) {
    const Names all = All(ben, size);
    CHECK(all == All(ben, 20));
    CHECK(std::set<std::string>(all.begin(), all.end()) == opened);
  }
}

TEST_CASE_METHOD(Fixture, "a feed goes on where it was, whatever is written meanwhile") {
  const std::string first = OpenLater(open), second = OpenLater(closed), third = OpenLater(open);
  const auto page = Must(Feed(ben, everywhere, "", 2));
  clock.Advance(absl::Minutes(1));
  Post(ben, third);
  OpenLater(secret);
  const auto rest = Must(Feed(ben, everywhere, page.next_page_token(), 2));
  REQUIRE(rest.topics_size() == 1);
  CHECK(rest.topics(0).name() == first);
}

TEST_CASE_METHOD(Fixture, "by score, many posts go before the last one") {
  const std::string busy = OpenLater(open);
  for (int n = 0; n < 5; ++n) Post(ben, busy);
  const std::string late = OpenLater(closed);
  CHECK(All(ben, 1, v1::TOPIC_ORDER_SCORE) == Names{busy, late});
  CHECK(All(ben, 20, v1::TOPIC_ORDER_SCORE) == Names{busy, late});
  CHECK(All(ben, 20) == Names{late, busy});
}

TEST_CASE_METHOD(Fixture, "pinned topics stand in the feed where the order puts them") {
  const std::string first = OpenLater(open), second = OpenLater(open);
  database.Run("UPDATE topics SET pinned = true WHERE id = '" + first.substr(7) + "'");
  CHECK(All(ben, 20) == Names{second, first});
}

TEST_CASE_METHOD(Fixture, "of a muted community what one follows stands where the order puts it") {
  const std::string watched = OpenLater(closed), beside = OpenLater(open);
  const std::string normal = OpenLater(closed);
  OpenLater(closed);
  const std::string muted = OpenLater(closed);
  MuteCommunity(ben, closed);
  Choose(ben, watched, v1::FOLLOW_LEVEL_WATCHING);
  Choose(ben, normal, v1::FOLLOW_LEVEL_NORMAL);
  Mute(ben, muted);
  for (const int size : {1, 2, 20}) {
    CHECK(All(ben, size) == Names{normal, beside, watched});
    CHECK(All(ben, size, v1::TOPIC_ORDER_SCORE) == Names{normal, beside, watched});
  }
  // Only where it may read, and where it asked.
  CHECK(Must(Feed(ben, {everywhere[0]})).topics_size() == 1);
  facts.SetRole(closed, ben, Role::kNone);
  CHECK(All(ben, 20) == Names{beside});
}

TEST_CASE_METHOD(Fixture, "what one mutes is left out, and nothing else") {
  const std::string first = OpenLater(open), second = OpenLater(closed), third = OpenLater(open);
  Mute(ben, third);
  for (const int size : {1, 20}) CHECK(All(ben, size) == Names{second, first});
  MuteCommunity(ben, closed);
  for (const int size : {1, 20}) {
    CHECK(All(ben, size) == Names{first});
    CHECK(All(ben, size, v1::TOPIC_ORDER_SCORE) == Names{first});
  }
  CHECK(All(ada, 20) == Names{third, second, first});
}

TEST_CASE_METHOD(Fixture, "a feed is of the communities that were named") {
  const std::string here = OpenLater(open);
  OpenLater(closed);
  const auto page = Must(Feed(ben, {everywhere[0], everywhere[0]}));
  REQUIRE(page.topics_size() == 1);
  CHECK(page.topics(0).name() == here);
  CHECK(Must(Feed(ben, {})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "a feed leaves hidden communities out like those that never were") {
  OpenLater(open);
  OpenLater(secret);
  const std::string never = resources::Name(CommunityId(Numbered(99)));
  CHECK(Must(Feed(eve, everywhere)).SerializeAsString() ==
        Must(Feed(eve, {everywhere[0], never, never})).SerializeAsString());
  CHECK(Must(Feed(eve, {everywhere[2]})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "deleted topics are in no feed") {
  const std::string topic = OpenLater(open);
  v1::DeleteTopicRequest request;
  request.set_name(topic);
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  CHECK(All(ada, 20).empty());
}

TEST_CASE_METHOD(Fixture, "a feed takes 200 communities, orders of the contract, its own tokens") {
  OpenLater(open);
  OpenLater(closed);
  CHECK(Feed(ben, Names(200, everywhere[0])).ok());
  CHECK(Is(Feed(ben, Names(201, everywhere[0])).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Feed(ben, {"communities/one"}).status(), policy_reasons::kFieldInvalid));
  for (const v1::TopicOrder order : {v1::TOPIC_ORDER_NEWEST, static_cast<v1::TopicOrder>(9)}) {
    CHECK(Is(Feed(ben, everywhere, "", 0, order).status(), policy_reasons::kFieldInvalid));
  }
  const std::string token = Must(Feed(ben, everywhere, "", 1)).next_page_token();
  CHECK(Is(Feed(ada, everywhere, token, 1).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Is(Feed(ben, {everywhere[0]}, token, 1).status(), policy_reasons::kPageTokenInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
