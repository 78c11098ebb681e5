// What goes along with posts into another topic: what readers keep, and what others said of them.
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

struct Fixture : CarryingFixture {
  const v1::Topic topic = Open(ada, open);
  const v1::Post second = Post(ada, topic.name());
  const v1::Post third = Post(ada, topic.name());
  const v1::Post fourth = Post(ada, topic.name());

  SearchIndexer indexer{*database};

  void MarkAll(MemberId who) {
    v1::MarkCommunitiesReadRequest request;
    request.add_communities(resources::Name(open));
    Must(Call<v1::MarkCommunitiesReadResponse>(who, "ReadingService/MarkCommunitiesRead", request));
  }
  void Rewind(MemberId who, const std::string& name, int number) {
    v1::RewindReadStateRequest request;
    request.mutable_read_state()->set_topic(name);
    request.mutable_read_state()->set_last_read_number(number);
    Must(Call<v1::ReadState>(who, "ReadingService/RewindReadState", request));
  }
  void Follow(MemberId who, const std::string& name, v1::FollowLevel level) {
    v1::UpdateTopicFollowRequest request;
    request.mutable_topic_follow()->set_topic(name);
    request.mutable_topic_follow()->set_level(level);
    Must(Call<v1::TopicFollow>(who, "FollowService/UpdateTopicFollow", request));
  }
  std::string Follows(MemberId who, const std::string& name) {
    return database.Ask("SELECT coalesce(max(level), 0) FROM topic_follows WHERE member_id = '" +
                        who.ToString() + "' AND topic_id = '" +
                        resources::ParseTopic("", name)->ToString() + "'");
  }
  void Draft(MemberId who, const std::string& place, const std::string& text) {
    v1::UpdateDraftRequest request;
    request.mutable_draft()->set_place(place);
    request.mutable_draft()->set_markdown(text);
    Must(Call<v1::Draft>(who, "DraftService/UpdateDraft", request));
  }
  void Index() {
    while (*indexer.RunOnce(clock.Now()) > 0) {
    }
  }
  std::set<std::string> Found(const std::string& query) {
    v1::SearchPostsRequest request;
    request.set_query(query);
    request.add_communities(resources::Name(open));
    const auto page =
        Must(Call<v1::SearchPostsResponse>(ada, "PostSearchService/SearchPosts", request));
    std::set<std::string> names;
    for (const auto& one : page.results()) names.insert(one.post());
    return names;
  }
  std::string DraftAt(MemberId who, const std::string& place) {
    v1::GetDraftRequest request;
    request.set_place(place);
    const auto draft = Call<v1::Draft>(who, "DraftService/GetDraft", request);
    return draft.ok() ? draft->markdown() : "";
  }
};

TEST_CASE_METHOD(Fixture, "who has read a post has read it where it went") {
  Read(ben, topic.name(), 3);
  const v1::Topic cake = Split(topic.name(), {second.name(), third.name(), fourth.name()});
  CHECK(HasRead(ada, cake.name()) == 3);
  CHECK(HasRead(ben, cake.name()) == 2);
  CHECK(HasRead(eve, cake.name()) == 0);
  CHECK(HasRead(ben, topic.name()) == 3);
}

TEST_CASE_METHOD(Fixture,
                 "what was marked with its community is read, and what was taken back is not") {
  clock.Advance(absl::Minutes(1));
  MarkAll(ben);
  MarkAll(eve);
  clock.Advance(absl::Minutes(1));
  Rewind(eve, topic.name(), 2);
  const v1::Topic cake = Split(topic.name(), {second.name(), fourth.name()});
  CHECK(HasRead(ben, cake.name()) == 2);
  CHECK(HasRead(eve, cake.name()) == 1);
}

TEST_CASE_METHOD(Fixture, "who has read both topics has read what became of them") {
  const v1::Topic other = Open(ben, open, "Other");
  Post(ben, other.name());
  Read(ada, other.name(), 2);
  Read(ben, topic.name(), 3);
  Read(eve, topic.name(), 4);
  Merge(topic.name(), other.name());
  CHECK(HasRead(ada, other.name()) == 6);
  CHECK(HasRead(ben, other.name()) == 5);
  // Who has not read the one to its end goes on there.
  CHECK(HasRead(eve, other.name()) == 0);
}

TEST_CASE_METHOD(Fixture, "marks of the community count for both topics") {
  clock.Advance(absl::Minutes(1));
  const v1::Topic other = Open(ben, open, "Other");
  MarkAll(eve);
  clock.Advance(absl::Minutes(1));
  Post(ada, topic.name());
  Merge(topic.name(), other.name());
  CHECK(HasRead(eve, other.name()) == 5);
  CHECK(HasRead(ada, other.name()) == 0);
  Read(ada, other.name(), 1);
  CHECK(HasRead(ada, other.name()) == 1);
}

TEST_CASE_METHOD(Fixture, "what was read stays so, whatever goes and comes after it") {
  const v1::Topic other = Open(ben, open, "Other");
  clock.Advance(absl::Minutes(1));
  MarkAll(eve);
  clock.Advance(absl::Minutes(1));
  std::vector<std::string> late;
  for (int n = 0; n < 4; ++n) late.push_back(Post(ada, topic.name()).name());
  Split(topic.name(), late);
  CheckWhole();
  Merge(other.name(), topic.name());
  clock.Advance(absl::Minutes(1));
  Post(ada, topic.name());
  // The post of the other topic, the ninth, is older than the four that have gone before it.
  CHECK(HasRead(eve, topic.name()) == 9);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "what goes later takes the numbers behind it along to what is left") {
  clock.Advance(absl::Minutes(1));
  const v1::Post fifth = Post(ada, topic.name());
  clock.Advance(absl::Minutes(1));
  Split(topic.name(), {Post(ada, topic.name()).name()});
  Split(topic.name(), {fifth.name()});
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "numbers that stood later than what follows them are drawn in once") {
  const v1::Topic other = Open(ben, open, "Other");
  clock.Advance(absl::Minutes(1));
  Split(topic.name(), {second.name(), Post(ada, topic.name()).name()});
  Split(topic.name(), {third.name()});
  Merge(other.name(), topic.name());
  clock.Advance(absl::Minutes(1));
  Split(topic.name(), {Post(ada, topic.name()).name()});
  database.Run("UPDATE posts SET place_time = create_time WHERE moved_post_id IS NOT NULL");
  for (const postgres::Migration& migration : kMigrations) {
    if (std::string_view(migration.name).ends_with("draw_markers_in")) database.Run(migration.text);
  }
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "answers go on answering what goes along") {
  const v1::Post answer = Answer(second, topic.name());
  const v1::Post stays = Answer(second, topic.name());
  const v1::Topic cake = Split(topic.name(), {second.name(), answer.name()});
  const auto posts = PostsOf(ada, cake.name());
  CHECK(posts[0].reply_count() == 1);
  CHECK(posts[1].reply_to_number() == 1);
  CHECK(Must(GetPost(ada, stays.name())).reply_to_number() == 2);
  CHECK(PostsOf(ada, topic.name())[1].reply_count() == 1);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture,
                 "who follows a topic follows where its posts went, unless it chose there") {
  const v1::Topic other = Open(ben, open, "Other");
  Follow(ada, topic.name(), v1::FOLLOW_LEVEL_WATCHING);
  Follow(ben, topic.name(), v1::FOLLOW_LEVEL_WATCHING);
  Follow(ben, other.name(), v1::FOLLOW_LEVEL_MUTED);
  const v1::Topic cake = Split(topic.name(), {second.name()});
  CHECK(Follows(ada, cake.name()) == "3");
  Merge(topic.name(), other.name());
  CHECK(Follows(ada, other.name()) == "3");
  CHECK(Follows(ben, other.name()) == "1");
  CHECK(Follows(ada, topic.name()) == "0");
}

TEST_CASE_METHOD(Fixture, "bookmarks, reactions and old texts go by the post") {
  v1::CreateBookmarkRequest bookmark;
  bookmark.mutable_bookmark()->set_post(second.name());
  Must(Call<v1::Bookmark>(ben, "BookmarkService/CreateBookmark", bookmark));
  v1::CreateReactionRequest react;
  react.set_parent(second.name());
  react.mutable_reaction()->set_kind(v1::REACTION_KIND_LIKE);
  react.set_request_id(NewRequestId());
  Must(Call<v1::Reaction>(ben, "ReactionService/CreateReaction", react));
  v1::UpdatePostRequest edit;
  edit.mutable_post()->set_name(second.name());
  edit.mutable_post()->set_markdown("Spelt.");
  edit.mutable_update_mask()->add_paths("markdown");
  edit.set_request_id(NewRequestId());
  Must(Call<v1::Post>(ada, "UpdatePost", edit));

  const v1::Topic cake = Split(topic.name(), {second.name()});
  const v1::Post now = PostsOf(ada, cake.name())[0];
  CHECK(now.markdown() == "Spelt.");
  REQUIRE(now.reaction_counts_size() == 1);
  v1::ListRevisionsRequest revisions;
  revisions.set_parent(now.name());
  CHECK(Must(Call<v1::ListRevisionsResponse>(ada, "HistoryService/ListRevisions", revisions))
            .revisions_size() == 1);
  const auto bookmarks = Must(Call<v1::ListBookmarksResponse>(ben, "BookmarkService/ListBookmarks",
                                                              v1::ListBookmarksRequest()));
  REQUIRE(bookmarks.bookmarks_size() == 1);
  CHECK(bookmarks.bookmarks(0).post() == now.name());
}

TEST_CASE_METHOD(Fixture, "a review goes with its post") {
  v1::CreateFlagRequest flag;
  flag.set_parent(second.name());
  flag.mutable_flag()->set_kind(v1::FLAG_KIND_SPAM);
  flag.set_request_id(NewRequestId());
  Must(Call<v1::Flag>(ben, "FlagService/CreateFlag", flag));
  const v1::Topic cake = Split(topic.name(), {second.name()});
  v1::ListReviewsRequest reviews;
  reviews.set_parent(resources::Name(open));
  const auto queue = Must(Call<v1::ListReviewsResponse>(ben, "FlagService/ListReviews", reviews));
  REQUIRE(queue.reviews_size() == 1);
  CHECK(queue.reviews(0).post() == PostsOf(ada, cake.name())[0].name());
}

TEST_CASE_METHOD(Fixture, "drafts stay at the names at which they were begun") {
  const v1::Topic other = Open(ben, open, "Other");
  Draft(ada, topic.name(), "Ada's");
  Draft(ben, other.name(), "Ben's");
  Draft(ada, second.name(), "An answer");
  Merge(topic.name(), other.name());
  // The list tells no name that their member has not written itself: it may not see where they
  // went.
  CHECK(DraftAt(ada, topic.name()) == "Ada's");
  CHECK(DraftAt(ada, second.name()) == "An answer");
  CHECK(DraftAt(ada, other.name()) == "");
  CHECK(DraftAt(ben, other.name()) == "Ben's");
}

TEST_CASE_METHOD(Fixture, "posts are found where they went, with the title of what they begin") {
  Index();
  const v1::Topic cake = Split(topic.name(), {second.name(), third.name()});
  const std::string now = PostsOf(ada, cake.name())[0].name();
  CHECK(Found("rye").contains(now));
  Index();
  CHECK(Found("cake") == std::set{now});
  v1::RemoveTopicRequest remove;
  remove.set_name(topic.name());
  remove.set_reason("Not here.");
  remove.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", remove));
  Index();
  CHECK(Found("rye").size() == 2);
  Merge(cake.name(), Open(ada, open, "Other").name());
  Index();
  CHECK(Found("cake").empty());
  CHECK(Found("rye").size() == 2);
}

TEST_CASE_METHOD(Fixture, "posts that go into a tagged topic are found by its tags") {
  const v1::Topic other = Open(ada, open, "Other");
  v1::UpdateTopicRequest tagging;
  tagging.mutable_topic()->set_name(other.name());
  tagging.mutable_topic()->add_tags("grain");
  tagging.mutable_update_mask()->add_paths("tags");
  tagging.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ada, "UpdateTopic", tagging));
  Index();
  CHECK(Found("rye tag:grain").empty());
  Merge(topic.name(), other.name());
  Index();
  CHECK_FALSE(Found("rye").empty());
  CHECK(Found("rye tag:grain") == Found("rye"));
}

TEST_CASE_METHOD(Fixture, "a question whose answer is split off has none") {
  const v1::Topic question = Ask(ada, open);
  const v1::Post answer = Post(ben, question.name());
  v1::UpdateTopicRequest accept;
  accept.mutable_topic()->set_name(question.name());
  accept.mutable_topic()->set_accepted_post_number(2);
  accept.mutable_update_mask()->add_paths("accepted_post_number");
  accept.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ada, "UpdateTopic", accept));
  SECTION("split") {
    Split(question.name(), {answer.name()});
    CHECK(Must(GetTopic(ada, question.name())).accepted_post_number() == 0);
  }
  SECTION("merged into a question without one") {
    const v1::Topic other = Ask(ben, open);
    CHECK(Merge(question.name(), other.name()).accepted_post_number() == 3);
  }
}

}  // namespace
}  // namespace guildhall::discussions
