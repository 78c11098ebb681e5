#include <set>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  absl::StatusOr<v1::ListUnreadTopicsResponse> List(
      MemberId who, const Names& communities, const std::string& token = "", int size = 0,
      v1::UnreadFilter filter = v1::UNREAD_FILTER_UNSPECIFIED) {
    v1::ListUnreadTopicsRequest request;
    for (const std::string& each : communities) request.add_communities(each);
    request.set_filter(filter);
    request.set_page_size(size);
    request.set_page_token(token);
    return Call<v1::ListUnreadTopicsResponse>(who, "ReadingService/ListUnreadTopics", request);
  }
  // All of the list, read page by page.
  Names All(MemberId who, int size = 20, v1::UnreadFilter filter = v1::UNREAD_FILTER_UNSPECIFIED) {
    Names names;
    std::string token;
    do {
      const auto page = Must(List(who, everywhere, token, size, filter));
      for (const auto& each : page.unread_topics()) names.push_back(each.topic().name());
      token = page.next_page_token();
    } while (!token.empty());
    return names;
  }
  v1::ReadState StateOf(MemberId who, const std::string& topic) {
    const auto page = Must(List(who, everywhere));
    for (const auto& each : page.unread_topics()) {
      if (each.topic().name() == topic) return each.read_state();
    }
    return {};
  }
  // What the counts say of the same communities.
  int Counted(MemberId who) {
    v1::BatchGetUnreadCountsRequest request;
    for (const std::string& each : everywhere) request.add_communities(each);
    const auto counts = Must(Call<v1::BatchGetUnreadCountsResponse>(
        who, "ReadingService/BatchGetUnreadCounts", request));
    int all = 0;
    for (const auto& count : counts.unread_counts()) all += count.unread_topic_count();
    return all;
  }
  std::string OpenLater(CommunityId where, MemberId author) {
    clock.Advance(absl::Minutes(1));
    return Open(author, where).name();
  }
  std::string OpenLater(CommunityId where) { return OpenLater(where, ada); }
  void Read(MemberId who, const std::string& topic, int number) {
    v1::UpdateReadStateRequest request;
    request.mutable_read_state()->set_topic(topic);
    request.mutable_read_state()->set_last_read_number(number);
    Must(Call<v1::ReadState>(who, "UpdateReadState", request));
  }
  void MarkRead(MemberId who) {
    clock.Advance(absl::Minutes(1));
    v1::MarkCommunitiesReadRequest request;
    for (const std::string& each : everywhere) request.add_communities(each);
    Must(Call<v1::MarkCommunitiesReadResponse>(who, "ReadingService/MarkCommunitiesRead", request));
    clock.Advance(absl::Minutes(1));
  }
  void Rewind(MemberId who, const std::string& topic, int number) {
    v1::RewindReadStateRequest request;
    request.mutable_read_state()->set_topic(topic);
    request.mutable_read_state()->set_last_read_number(number);
    Must(Call<v1::ReadState>(who, "ReadingService/RewindReadState", request));
  }
  void Choose(MemberId who, const std::string& topic, v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(topic);
    request.mutable_topic_follow()->set_level(level);
    Must(Call<v1::TopicFollow>(who, "FollowService/UpdateTopicFollow", request));
  }
  void MuteCommunity(MemberId who, CommunityId community) {
    v1::UpdateCommunityFollowRequest request;
    request.mutable_community_follow()->set_community(resources::Name(community));
    request.mutable_community_follow()->set_level(v1::FOLLOW_LEVEL_MUTED);
    Must(Call<v1::CommunityFollow>(who, "FollowService/UpdateCommunityFollow", request));
  }
  void IgnoreMember(MemberId who, MemberId whom) {
    v1::CreateIgnoreRequest request;
    request.mutable_ignore()->set_member(resources::Name(whom));
    Must(Call<v1::Ignore>(who, "IgnoreService/CreateIgnore", request));
  }

  const Names everywhere = {resources::Name(open), resources::Name(closed),
                            resources::Name(secret)};
};

TEST_CASE_METHOD(Fixture, "what one has not read comes in one list, latest posts first") {
  const std::string first = OpenLater(open), second = OpenLater(closed), third = OpenLater(open);
  clock.Advance(absl::Minutes(1));
  Post(ada, first);
  for (const int size : {1, 2, 3, 20}) CHECK(All(ben, size) == Names{first, third, second});
  CHECK(All(ada).empty());
  Read(ben, third, 1);
  Read(ben, first, 1);
  CHECK(All(ben) == Names{first, second});
  Read(ben, first, 2);
  CHECK(All(ben) == Names{second});
}

TEST_CASE_METHOD(Fixture, "each says where to read on") {
  const std::string topic = OpenLater(open);
  for (int n = 2; n <= 5; ++n) Post(ada, topic);
  CHECK(StateOf(ben, topic).last_read_number() == 0);
  CHECK(StateOf(ben, topic).unread_count() == 5);
  Read(ben, topic, 2);
  CHECK(StateOf(ben, topic).last_read_number() == 2);
  CHECK(StateOf(ben, topic).unread_count() == 3);
}

TEST_CASE_METHOD(Fixture, "where a mark ends within a topic, one reads on after it") {
  const std::string topic = OpenLater(open);
  int posts = 1;
  for (const int unread : {1, 2, 7, 8, 9, 10, 16, 25}) {
    if (unread == 16) Read(ben, topic, posts);
    MarkRead(ben);
    CHECK(All(ben).empty());
    for (int n = 1; n <= unread; ++n) {
      clock.Advance(absl::Seconds(1));
      Post(ada, topic);
      CHECK(StateOf(ben, topic).last_read_number() == posts);
      CHECK(StateOf(ben, topic).unread_count() == n);
    }
    posts += unread;
  }
}

TEST_CASE_METHOD(Fixture, "what one never opened is asked for alone, or left out") {
  const std::string begun = OpenLater(open), fresh = OpenLater(open), marked = OpenLater(closed);
  Read(ben, begun, 1);
  MarkRead(ben);
  const std::string later = OpenLater(closed);
  clock.Advance(absl::Minutes(1));
  Post(ada, begun);
  clock.Advance(absl::Minutes(1));
  Post(ada, marked);
  for (const int size : {1, 20}) {
    CHECK(All(ben, size) == Names{marked, begun, later});
    CHECK(All(ben, size, v1::UNREAD_FILTER_NEW) == Names{later});
    CHECK(All(ben, size, v1::UNREAD_FILTER_BEGUN) == Names{marked, begun});
  }
  Rewind(ben, marked, 0);
  CHECK(All(ben, 20, v1::UNREAD_FILTER_NEW) == Names{marked, later});
}

TEST_CASE_METHOD(Fixture, "what was taken back is there, however old it is, and once") {
  const std::string old = OpenLater(open), late = OpenLater(closed);
  clock.Advance(absl::Hours(24 * 40));
  MarkRead(ben);
  const std::string last = OpenLater(open);
  Rewind(ben, old, 0);
  Rewind(ben, last, 0);
  for (const int size : {1, 20}) CHECK(All(ben, size) == Names{last, old});
  MarkRead(ben);
  CHECK(All(ben).empty());
  CHECK(Counted(ben) == 0);
}

TEST_CASE_METHOD(Fixture, "what is older than 30 days is no news") {
  OpenLater(open);
  clock.Advance(absl::Hours(24 * 30) + absl::Minutes(1));
  CHECK(All(ben).empty());
  const std::string late = OpenLater(open);
  CHECK(All(ben) == Names{late});
}

TEST_CASE_METHOD(Fixture, "what one mutes is not unread, but for what one follows in it") {
  const std::string watched = OpenLater(closed), normal = OpenLater(closed);
  OpenLater(closed);
  const std::string muted = OpenLater(open), heard = OpenLater(open), quiet = OpenLater(closed);
  MuteCommunity(ben, closed);
  Choose(ben, muted, v1::FOLLOW_LEVEL_MUTED);
  Choose(ben, quiet, v1::FOLLOW_LEVEL_MUTED);
  Choose(ben, watched, v1::FOLLOW_LEVEL_WATCHING);
  Choose(ben, normal, v1::FOLLOW_LEVEL_NORMAL);
  for (const int size : {1, 2, 20}) CHECK(All(ben, size) == Names{heard, normal, watched});
  CHECK(Counted(ben) == 3);
  Read(ben, watched, 1);
  CHECK(All(ben) == Names{heard, normal});
  CHECK(Counted(ben) == 2);
  Rewind(ben, watched, 0);
  clock.Advance(absl::Hours(24 * 40));
  CHECK(All(ben) == Names{watched});
  CHECK(Counted(ben) == 1);
}

TEST_CASE_METHOD(Fixture, "what somebody opened whom one ignores is left out, and not counted") {
  facts.SetRole(open, eve, Role::kMember);
  const std::string theirs = OpenLater(open, eve), other = OpenLater(open);
  clock.Advance(absl::Minutes(1));
  Post(ada, theirs);
  CHECK(All(ben) == Names{theirs, other});
  IgnoreMember(ben, eve);
  for (const int size : {1, 20}) CHECK(All(ben, size) == Names{other});
  CHECK(Counted(ben) == 1);
  clock.Advance(absl::Minutes(1));
  Post(eve, other);
  CHECK(All(ben) == Names{other});
  CHECK(All(ada) == Names{other, theirs});
}

TEST_CASE_METHOD(Fixture, "pages pass over what was read, and go on behind it") {
  Names unread;
  for (int n = 0; n < 70; ++n) {
    const std::string topic = OpenLater(n % 3 == 0 ? closed : open);
    if (n % 23 == 0) unread.insert(unread.begin(), topic);
    if (n % 23 != 0) Read(ben, topic, 1);
  }
  for (const int size : {1, 3, 20}) CHECK(All(ben, size) == unread);
  CHECK(Must(List(ben, everywhere)).unread_topics_size() == 2);
  CHECK_FALSE(Must(List(ben, everywhere)).next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "a list goes on where it was, whatever is written and read meanwhile") {
  Names opened;
  for (int n = 0; n < 12; ++n) opened.push_back(OpenLater(n % 2 == 0 ? open : closed));
  Names seen;
  std::string token;
  for (int n = 0; n < 4; ++n) {
    const auto page = Must(List(ben, everywhere, token, 3));
    for (const auto& each : page.unread_topics()) seen.push_back(each.topic().name());
    token = page.next_page_token();
    clock.Advance(absl::Minutes(1));
    OpenLater(secret);
    Post(ada, opened.back());
    if (!seen.empty()) Read(ben, seen.back(), 1);
  }
  CHECK(seen == Names(opened.rbegin(), opened.rend()));
}

TEST_CASE_METHOD(Fixture, "unread topics of one moment stand in one order on all pages") {
  std::set<std::string> opened;
  for (int n = 0; n < 9; ++n) opened.insert(Open(ada, n % 2 == 0 ? open : closed).name());
  for (const int size : {1, 2, 4}) {
    const Names all = All(ben, size);
    CHECK(all == All(ben, 20));
    CHECK(std::set<std::string>(all.begin(), all.end()) == opened);
  }
}

TEST_CASE_METHOD(Fixture,
                 "unread topics of hidden communities are left out like those that never were") {
  OpenLater(open);
  OpenLater(secret);
  const std::string never = resources::Name(CommunityId(Numbered(99)));
  CHECK(Must(List(eve, everywhere)).SerializeAsString() ==
        Must(List(eve, {everywhere[0], never, never})).SerializeAsString());
  CHECK(Must(List(eve, {everywhere[2]})).ByteSizeLong() == 0);
  CHECK(Must(List(eve, {})).ByteSizeLong() == 0);
}

TEST_CASE_METHOD(Fixture, "a page goes on where one may read no more in a community") {
  const std::string first = OpenLater(open);
  OpenLater(secret);
  OpenLater(secret);
  const auto page = Must(List(ben, everywhere, "", 1));
  facts.SetRole(secret, ben, Role::kNone);
  const auto rest = Must(List(ben, everywhere, page.next_page_token(), 1));
  REQUIRE(rest.unread_topics_size() == 1);
  CHECK(rest.unread_topics(0).topic().name() == first);
}

TEST_CASE_METHOD(Fixture,
                 "the list takes 200 communities, filters of the contract, its own tokens") {
  for (int n = 0; n < 3; ++n) OpenLater(n == 0 ? open : closed);
  Names many(200, everywhere[0]);
  const std::string long_token = Must(List(ben, many, "", 1)).next_page_token();
  CHECK(long_token.empty());
  many[0] = everywhere[1];
  CHECK(List(ben, many, Must(List(ben, many, "", 1)).next_page_token(), 1).ok());
  CHECK(Is(List(ben, Names(201, everywhere[0])).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(List(ben, {"communities/one"}).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(List(ben, everywhere, "", 0, static_cast<v1::UnreadFilter>(9)).status(),
           policy_reasons::kFieldInvalid));
  const std::string token = Must(List(ben, everywhere, "", 1)).next_page_token();
  CHECK(Is(List(ada, everywhere, token, 1).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Is(List(ben, {everywhere[0]}, token, 1).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Is(List(ben, everywhere, token, 1, v1::UNREAD_FILTER_NEW).status(),
           policy_reasons::kPageTokenInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
