// What is read of a topic is read where the grant holds. Between the decision and the statement the
// topic may have been moved: then it is gone for who may not follow it.
#include <map>

#include "services/discussions/store/bookmark_store.h"
#include "services/discussions/store/follow_store.h"
#include "services/discussions/store/poll_store.h"
#include "services/discussions/store/reaction_store.h"
#include "services/discussions/store/read_state_store.h"
#include "services/discussions/store/revision_store.h"
#include "services/discussions/store/test_forum.h"

namespace guildhall::discussions {
namespace {

// How many things of each kind are read.
using Counts = std::map<std::string, int>;

struct Fixture : TestForum {
  Fixture() {
    Open(topic, Community(1), Member(1));
    post = Reply(topic, Member(1));
    const std::string at = " '" + topic.ToString() + "', ";
    const std::string who = " '" + Member(9).ToString() + "', ";
    const std::string to = " '" + post.id.ToString() + "', ";
    database.Run(
        "INSERT INTO polls (topic_id, choice, ballot, results, vote_counts, options) VALUES (" +
        at + "1, 1, 1, '{1,0}', '{Rye,Spelt}');" +
        "INSERT INTO poll_votes (topic_id, member_id, vote_time, options) VALUES (" + at + who +
        "now(), '{1}');" +
        "INSERT INTO reactions (post_id, member_id, kind, create_time) VALUES (" + to + who +
        "1, now());" + "INSERT INTO bookmarks (member_id, post_id, create_time) VALUES (" + who +
        to + "now());" +
        "INSERT INTO topic_follows (member_id, topic_id, update_time, level) VALUES (" + who + at +
        "now(), 3);");
    for (const int community : {1, 2}) {
      Do([&](postgres::Work& work) {
        InsertRevision(work, Edited(community), {MemberId(), Community(community), At(community)});
      });
    }
  }
  Post Edited(int version) {
    Post before = post;
    before.version = version;
    return before;
  }
  template <typename List>
  static int SizeOf(const absl::StatusOr<List>& list) {
    REQUIRE(list.ok());
    return static_cast<int>(list->size());
  }
  // With a grant for one community, and with the sight of it.
  Counts ReadIn(CommunityId community) {
    const access::Grant grant = GrantFor(Member(9), community);
    const access::VisibleCommunities seen = Visible(Member(9), {community});
    const resources::PostRef ref{topic, post.id};
    const auto poll = GetPoll(open, context(), grant, topic);
    REQUIRE(poll.ok());
    return {{"bookmarks", SizeOf(GetBookmarks(open, context(), seen, {&ref, 1}))},
            {"follows", SizeOf(GetTopicFollows(open, context(), seen, {&topic, 1}))},
            {"own reactions", SizeOf(GetOwnReactions(open, context(), seen, {&ref, 1}))},
            {"poll", poll->has_value() ? 1 : 0},
            {"reactions", SizeOf(ListReactions(open, context(), grant, topic, post.id, {}, 9))},
            {"read states", SizeOf(GetReadStates(open, context(), seen, {&topic, 1}))},
            {"revisions", SizeOf(ListRevisions(open, context(), grant, topic, post.id, 9, 9))},
            {"votes", SizeOf(ListVotes(open, context(), grant, topic, MemberId(), 9))}};
  }

  const TopicId topic = TopicNumber(1);
  Post post;
};

const Counts kAll = {{"bookmarks", 1}, {"follows", 1},     {"own reactions", 1}, {"poll", 1},
                     {"reactions", 1}, {"read states", 1}, {"revisions", 1},     {"votes", 1}};
const Counts kNothing = {{"bookmarks", 0}, {"follows", 0},     {"own reactions", 0}, {"poll", 0},
                         {"reactions", 0}, {"read states", 0}, {"revisions", 0},     {"votes", 0}};

TEST_CASE_METHOD(Fixture, "what belongs to a topic is read where the topic stands") {
  CHECK(ReadIn(Community(1)) == kAll);
  CHECK(ReadIn(Community(2)) == kNothing);
  database.Run("UPDATE topics SET community_id = '" + Community(2).ToString() + "'");
  CHECK(ReadIn(Community(1)) == kNothing);
  CHECK(ReadIn(Community(2)) == kAll);
}

TEST_CASE_METHOD(Fixture, "what belongs to a topic that is deleted is not read") {
  database.Run("UPDATE topics SET delete_time = now()");
  CHECK(ReadIn(Community(1)) == kNothing);
}

}  // namespace
}  // namespace guildhall::discussions
