// What who keeps order removed, and brings back.
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : CarryingFixture {
  template <typename Request>
  Request Naming(const std::string& name) {
    Request request;
    request.set_name(name);
    if constexpr (requires { request.set_reason(""); }) request.set_reason("No adverts.");
    request.set_request_id(NewRequestId());
    return request;
  }
  void RemovePost(const std::string& name) {
    Must(Call<v1::Removal>(ben, "ModerationService/RemovePost",
                           Naming<v1::RemovePostRequest>(name)));
  }
  void RemoveTopic() {
    Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic",
                           Naming<v1::RemoveTopicRequest>(topic.name())));
  }
  absl::StatusOr<v1::Post> Restore(MemberId who, const v1::RestorePostRequest& request) {
    return Call<v1::Post>(who, "ModerationService/RestorePost", request);
  }
  absl::StatusOr<v1::Topic> Restore(MemberId who, const v1::RestoreTopicRequest& request) {
    return Call<v1::Topic>(who, "ModerationService/RestoreTopic", request);
  }
  absl::StatusOr<v1::Post> RestorePost(MemberId who, const std::string& name) {
    return Restore(who, Naming<v1::RestorePostRequest>(name));
  }
  absl::StatusOr<v1::Topic> RestoreTopic(MemberId who) {
    return Restore(who, Naming<v1::RestoreTopicRequest>(topic.name()));
  }
  v1::ListMyRemovalsResponse Mine(MemberId who) {
    return Must(Call<v1::ListMyRemovalsResponse>(who, "ModerationService/ListMyRemovals",
                                                 v1::ListMyRemovalsRequest()));
  }
  Names Found(const std::string& query) {
    while (Must(indexer.RunOnce(clock.Now())) > 0) {
    }
    v1::SearchPostsRequest request;
    request.set_query(query);
    for (const CommunityId place : {open, closed}) request.add_communities(resources::Name(place));
    const auto page =
        Must(Call<v1::SearchPostsResponse>(ada, "PostSearchService/SearchPosts", request));
    Names names;
    for (const v1::SearchResult& result : page.results()) names.push_back(result.post());
    return names;
  }
  Names Mentioning(MemberId who) {
    v1::ListMyMentionsRequest request;
    for (const CommunityId place : {open, closed}) request.add_communities(resources::Name(place));
    const auto page =
        Must(Call<v1::ListMyMentionsResponse>(who, "MentionService/ListMyMentions", request));
    Names names;
    for (const v1::Mention& mention : page.mentions()) names.push_back(mention.post());
    return names;
  }
  std::string Told(change::v1::Kind kind) {
    return database.Ask("SELECT count(*) FROM change_log WHERE kind = " + std::to_string(kind));
  }
  std::string StandingRemovals() {
    return database.Ask("SELECT count(*) FROM removals WHERE restore_time IS NULL");
  }

  SearchIndexer indexer{*database};
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name(), "Buy my flour, [@Eve](" + resources::Name(eve) + ")!");
};

TEST_CASE_METHOD(Fixture, "a removed post comes back as it was, under its old number") {
  const std::string before = Must(GetPost(eve, post.name())).html();
  RemovePost(post.name());
  const v1::Post back = Must(RestorePost(ben, post.name()));
  CHECK(back.number() == post.number());
  CHECK(back.markdown() == post.markdown());
  CHECK_FALSE(back.removed());
  CHECK_FALSE(back.has_delete_time());
  CHECK_FALSE(back.has_edit_time());
  CHECK(back.etag() != post.etag());
  const v1::Post seen = Must(GetPost(eve, post.name()));
  CHECK(seen.html() == before);
  CHECK(seen.etag() == back.etag());
  CHECK(Told(change::v1::KIND_POST_RESTORED) == "1");
}

TEST_CASE_METHOD(Fixture, "what a removed post answers counts it again once it is back") {
  const v1::Post answer = Answer(post, topic.name());
  RemovePost(answer.name());
  CHECK(Must(GetPost(eve, post.name())).reply_count() == 0);
  Must(RestorePost(ben, answer.name()));
  CHECK(Must(GetPost(eve, post.name())).reply_count() == 1);
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "whom a post mentions is kept while it is removed, and told once") {
  CHECK(Mentioning(eve) == Names{post.name()});
  RemovePost(post.name());
  CHECK(Mentioning(eve).empty());
  // Not even where its topic goes meanwhile.
  Move(topic.name(), closed);
  facts.SetRole(closed, eve, Role::kMember);
  CHECK(Mentioning(eve).empty());
  Must(RestorePost(ben, post.name()));
  CHECK(Mentioning(eve) == Names{post.name()});
  CHECK(Told(change::v1::KIND_POST_MENTIONS) == "1");
}

TEST_CASE_METHOD(Fixture, "a removed topic comes back with its posts, tags, poll and place") {
  v1::ModerateTopicRequest tag;
  tag.mutable_topic()->set_name(topic.name());
  tag.mutable_topic()->add_tags("flour");
  tag.mutable_topic()->set_pinned(true);
  for (const char* path : {"tags", "pinned"}) tag.mutable_update_mask()->add_paths(path);
  tag.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ben, "ModerationService/ModerateTopic", tag));
  const v1::Topic before = Must(GetTopic(eve, topic.name()));
  const v1::Post removed = Post(ada, topic.name(), "Worse, [@Eve](" + resources::Name(eve) + ")!");
  RemovePost(removed.name());
  RemoveTopic();
  CHECK(Mentioning(eve).empty());
  CHECK(TopicsIn(eve, open).empty());
  v1::Topic back = Must(RestoreTopic(ben));
  CHECK(back.etag() != before.etag());
  CHECK(Must(GetTopic(eve, topic.name())).SerializeAsString() == back.SerializeAsString());
  CHECK(back.title() == before.title());
  CHECK(back.pinned());
  CHECK(back.last_post_number() == 3);
  CHECK(TopicsIn(eve, open) == Names{topic.name()});
  CHECK(Must(GetPost(eve, post.name())).markdown() == post.markdown());
  // What had been removed before stays so.
  CHECK(Must(GetPost(eve, removed.name())).removed());
  CHECK(Mentioning(eve) == Names{post.name()});
  v1::ListTaggedTopicsRequest tagged;
  tagged.set_parent(resources::Name(open));
  tagged.set_tag("flour");
  CHECK(Must(Call<v1::ListTaggedTopicsResponse>(eve, "TagService/ListTaggedTopics", tagged))
            .topics_size() == 1);
  CHECK(database.Ask("SELECT topic_count FROM community_tags WHERE tag = 'flour'") == "1");
  CHECK(Told(change::v1::KIND_TOPIC_RESTORED) == "1");
  CheckWhole();
}

TEST_CASE_METHOD(Fixture, "what is back is found again, what is not is not") {
  const v1::Post rye = Post(ada, topic.name(), "rye flour");
  CHECK(Found("flour").size() == 2 + 1);
  RemovePost(rye.name());
  CHECK(Found("rye").empty());
  Must(RestorePost(ben, rye.name()));
  CHECK(Found("rye") == Names{rye.name()});
  RemovePost(rye.name());
  RemoveTopic();
  CHECK(Found("flour").empty());
  Must(RestoreTopic(ben));
  CHECK(Found("flour").size() == 2);
  CHECK(Found("rye").empty());
  // Told of together, in this order and in the other.
  RemoveTopic();
  Must(RestoreTopic(ben));
  CHECK(Found("flour").size() == 2);
  RemoveTopic();
  Must(RestoreTopic(ben));
  RemoveTopic();
  CHECK(Found("flour").empty());
  CHECK(database.Ask("SELECT count(*) FROM post_words") == "0");
}

TEST_CASE_METHOD(Fixture, "the author is told that it is back, and not by whom") {
  RemovePost(post.name());
  CHECK_FALSE(Mine(ada).removals(0).has_restore_time());
  clock.Advance(absl::Hours(1));
  Must(RestorePost(ben, post.name()));
  const v1::Removal told = Mine(ada).removals(0);
  CHECK(told.restore_time().seconds() == absl::ToUnixSeconds(clock.Now()));
  CHECK(told.restorer().empty());
  CHECK(told.reason() == "No adverts.");
  v1::ListRemovalsRequest request;
  request.set_parent(resources::Name(open));
  const auto all =
      Must(Call<v1::ListRemovalsResponse>(ben, "ModerationService/ListRemovals", request));
  CHECK(all.removals(0).restorer() == resources::Name(ben));
}

TEST_CASE_METHOD(Fixture, "a text that is back is its author's: no removal keeps it") {
  RemovePost(post.name());
  Must(RestorePost(ben, post.name()));
  RemoveTopic();
  Must(RestoreTopic(ben));
  CHECK(database.Ask("SELECT string_agg(markdown, '') FROM removals").empty());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", Naming<v1::DeletePostRequest>(post.name())));
  CHECK(Is(RestorePost(ben, post.name()).status(), reasons::kNotRemoved));
  Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic",
                                     Naming<v1::DeleteTopicRequest>(topic.name())));
  CHECK(Is(RestoreTopic(ben).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "what others quoted stays gone, and what was quoted") {
  auto quoting = PostRequest(topic.name(), "So it is.");
  v1::Quote& quote = *quoting.mutable_post()->add_quotes();
  quote.set_post(post.name());
  quote.set_text("flour");
  const v1::Post other = Must(Call<v1::Post>(ben, "CreatePost", quoting));
  RemovePost(post.name());
  Must(RestorePost(ben, post.name()));
  CHECK(Must(GetPost(eve, other.name())).quotes().empty());
  RemovePost(other.name());
  CHECK(Must(RestorePost(ben, other.name())).quotes().empty());
}

TEST_CASE_METHOD(Fixture, "a restoration that is repeated gets its first answer") {
  const auto of_post = Naming<v1::RestorePostRequest>(post.name());
  const auto of_topic = Naming<v1::RestoreTopicRequest>(topic.name());
  RemovePost(post.name());
  const std::string first = Must(Restore(ben, of_post)).SerializeAsString();
  RemoveTopic();
  const std::string second = Must(Restore(ben, of_topic)).SerializeAsString();
  RemovePost(post.name());
  CHECK(Must(Restore(ben, of_post)).SerializeAsString() == first);
  CHECK(Must(Restore(ben, of_topic)).SerializeAsString() == second);
  CHECK(Must(GetPost(eve, post.name())).removed());
  Must(RestorePost(ben, post.name()));
  CHECK(StandingRemovals() == "0");
}

TEST_CASE_METHOD(Fixture, "only what was removed is brought back, and by who keeps order") {
  CHECK(Is(RestorePost(ben, post.name()).status(), reasons::kNotRemoved));
  CHECK(Is(RestoreTopic(ben).status(), reasons::kNotRemoved));
  RemovePost(post.name());
  CHECK(Is(RestorePost(ada, post.name()).status(), policy_reasons::kNotPermitted));
  CHECK(Is(RestorePost(eve, post.name()).status(), policy_reasons::kNotPermitted));
  RemoveTopic();
  // Its author knows of it; to others it never was.
  CHECK(Is(RestoreTopic(ada).status(), policy_reasons::kNotPermitted));
  CHECK(ApiFixture::Told(RestoreTopic(eve).status()) ==
        ApiFixture::Told(GetTopic(eve, resources::Name(TopicId())).status()));
  CHECK(Is(RestorePost(ben, post.name()).status(), policy_reasons::kNotFound));
  Must(RestoreTopic(ben));
  Must(RestorePost(ben, post.name()));
}

TEST_CASE_METHOD(Fixture, "a post that moved since comes back by who keeps order in both places") {
  RemovePost(post.name());
  Move(topic.name(), closed);
  facts.SetRole(open, ben, Role::kMember);
  facts.SetRole(open, eve, Role::kModerator);
  // As if it had never been removed by anybody that Ben knows of.
  CHECK(Is(RestorePost(ben, post.name()).status(), reasons::kNotRemoved));
  CHECK(Is(RestorePost(eve, post.name()).status(), policy_reasons::kNotFound));
  facts.SetRole(open, ben, Role::kModerator);
  CHECK(Must(RestorePost(ben, post.name())).markdown() == post.markdown());
}

TEST_CASE_METHOD(Fixture, "a removed post that was carried along comes back where it is now") {
  RemovePost(post.name());
  clock.Advance(absl::Seconds(1));
  const v1::Topic other = Open(ada, open);
  Merge(topic.name(), other.name());
  CHECK(Is(RestorePost(ben, post.name()).status(), policy_reasons::kNotFound));
  const std::string now = Must(GetPost(ben, post.name())).name();
  CHECK(now.starts_with(other.name()));
  CHECK(Must(RestorePost(ben, now)).markdown() == post.markdown());
  CHECK(Mentioning(eve) == Names{now});
  CHECK(Is(RestoreTopic(ben).status(), policy_reasons::kNotFound));
  CheckWhole();
}

TEST_CASE_METHOD(Fixture,
                 "of two who bring back the same one does, and removals at once are told") {
  const v1::Post answer = Answer(post, topic.name());
  for (int round = 0; round < 8; ++round) {
    RemovePost(answer.name());
    std::vector<std::thread> writers;
    std::vector<absl::Status> outcomes(4);
    for (int n = 0; n < 4; ++n) {
      writers.emplace_back([&, n, request = Naming<v1::RestorePostRequest>(answer.name()),
                            removal = Naming<v1::RemovePostRequest>(answer.name())] {
        outcomes[n] =
            n < 3 ? Restore(ben, request).status()
                  : Call<v1::Removal>(ben, "ModerationService/RemovePost", removal).status();
      });
    }
    for (std::thread& writer : writers) writer.join();
    const bool removed = Must(GetPost(eve, answer.name())).removed();
    CHECK(StandingRemovals() == (removed ? "1" : "0"));
    CHECK(Must(GetPost(eve, post.name())).reply_count() == (removed ? 0 : 1));
    for (const absl::Status& outcome : outcomes) {
      CHECK((outcome.ok() || Is(outcome, reasons::kNotRemoved) ||
             Is(outcome, policy_reasons::kNotFound)));
    }
    if (removed) Must(RestorePost(ben, answer.name()));
  }
  CHECK(Must(GetPost(eve, answer.name())).markdown() == "Yes.");
  CheckWhole();
}

}  // namespace
}  // namespace guildhall::discussions
