#include "services/discussions/store/mention_store.h"

#include "services/discussions/store/post_writes.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

using Minutes = std::vector<int>;

// A member of 20 communities, who keeps order in none, and what mentions it and everyone there.
struct Fixture : TestForum {
  static constexpr int kCommunities = 20;

  Fixture() {
    for (int n = 1; n <= kCommunities; ++n) {
      all.push_back(Community(n));
      Open(TopicNumber(n), Community(n), Member(2));
    }
  }
  Post Mention(int community, const Mentions& mentions, int minute) {
    const Post post = Reply(TopicNumber(community), Member(2), minute);
    Do([&](postgres::Work& work) {
      StoreMentions(work, post, Community(community), mentions, At(minute));
    });
    return post;
  }
  void Delete(Post post) {
    REQUIRE(DeletePost(post, At(1000)).ok());
    Do([&](postgres::Work& work) { DeletePost(work, post); });
  }
  // When what a page lists was written.
  Minutes List(const TimePosition& after, int count, const std::vector<CommunityId>& readable) {
    const auto read = Visible(me, readable), belongs = Visible(me, all), none = Visible(me, {});
    const auto mentions = ListMentions(open, context(), GrantFor(me, Community(1)),
                                       {.readable = read,
                                        .everywhere = readable.size() == all.size(),
                                        .everyone = belongs,
                                        .moderators = none},
                                       after, count);
    REQUIRE(mentions.ok());
    Minutes minutes;
    for (const auto& mention : *mentions) {
      minutes.push_back(static_cast<int>((mention.time - At(0)) / absl::Minutes(1)));
      last = {mention.time, mention.post.uuid()};
    }
    return minutes;
  }
  Minutes List(int count) { return List(start, count, all); }

  const MemberId me = Member(1);
  const Mentions everyone{.groups = {MentionKind::kEveryone}}, own{.members = {Member(1)}};
  const TimePosition start;
  TimePosition last;
  std::vector<CommunityId> all;
};

TEST_CASE_METHOD(Fixture, "groups that were mentioned last do not hide others when that is gone") {
  std::vector<Post> calls;
  for (int n = 1; n <= kCommunities; ++n) calls.push_back(Mention(n, everyone, n));
  CHECK(List(2) == Minutes{20, 19});
  for (int n = 6; n <= kCommunities; ++n) Delete(calls[n - 1]);
  CHECK(List(2) == Minutes{5, 4});
  CHECK(List(30) == Minutes{5, 4, 3, 2, 1});
}

TEST_CASE_METHOD(Fixture, "a list goes on where it ended, through any number of groups") {
  Minutes written;
  for (int minute = 1; minute <= 2 * kCommunities; ++minute) {
    Mention(1 + minute * 7 % kCommunities, minute % 3 == 0 ? own : everyone, minute);
    written.insert(written.begin(), minute);
  }
  Minutes listed;
  last = start;
  for (Minutes page = List(last, 3, all); !page.empty(); page = List(last, 3, all)) {
    listed.insert(listed.end(), page.begin(), page.end());
  }
  CHECK(listed == written);
}

TEST_CASE_METHOD(Fixture, "who may not read everywhere it is mentioned is told of the rest") {
  for (int n = 1; n <= 6; ++n) Mention(n, own, n);
  CHECK(List(10) == Minutes{6, 5, 4, 3, 2, 1});
  CHECK(List(start, 10, {Community(2), Community(4)}) == Minutes{4, 2});
  CHECK(List(start, 10, {}).empty());
  const auto places = ListMentionPlaces(open, context(), GrantFor(me, Community(1)));
  REQUIRE(places.ok());
  CHECK(places->size() == 6);
}

}  // namespace
}  // namespace guildhall::discussions
