#include <thread>

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/testing/eventually.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() {
    v1::ImportTopicsRequest request;
    for (const int n : {1, 2}) {
      v1::ImportedTopic& topic = *request.add_topics();
      topic.set_name(Topic(n));
      topic.set_community(resources::Name(open));
      topic.set_title("Imported");
      topic.set_author(resources::Name(ada));
      topic.mutable_create_time()->set_seconds(1'600'000'000);
    }
    Must(CallInternal<v1::ImportTopicsResponse>("ImportTopics", request));
  }
  static std::string Topic(int n) { return resources::Name(TopicId(Numbered(n, 8))); }
  v1::ImportedPost Wanted(int topic, int number) {
    v1::ImportedPost post;
    post.set_name(resources::PostName(TopicId(Numbered(topic, 8)),
                                      PostId(Numbered(1000 * topic + number, 8))));
    post.set_number(number);
    post.set_author(resources::Name(ben));
    post.set_markdown("*old*");
    post.mutable_create_time()->set_seconds(1'600'000'000 + number);
    return post;
  }
  absl::StatusOr<int> Import(const std::vector<v1::ImportedPost>& posts) {
    v1::ImportPostsRequest request;
    request.mutable_posts()->Assign(posts.begin(), posts.end());
    const auto response = CallInternal<v1::ImportPostsResponse>("ImportPosts", request);
    if (!response.ok()) return response.status();
    return response->created_count();
  }
  int Unread(MemberId who, const std::string& topic) {
    v1::BatchGetReadStatesRequest request;
    request.add_topics(topic);
    return Must(Call<v1::BatchGetReadStatesResponse>(who, "BatchGetReadStates", request))
        .read_states(0)
        .unread_count();
  }
};

TEST_CASE_METHOD(Fixture, "an import that is the latest in its community holds up nobody there") {
  constexpr postgres::Statement kHold{"hold_key",
                                      "SELECT FROM change_keys WHERE key = $1 FOR UPDATE"};
  Open(ada, open);
  REQUIRE(Must(Import({Wanted(1, 1)})) == 1);
  v1::ImportedPost latest = Wanted(1, 2);
  clock.Advance(absl::Hours(1));
  latest.mutable_create_time()->set_seconds(absl::ToUnixSeconds(clock.Now()));
  std::string free;
  std::thread importer;
  const absl::Status held = database->Transact(
      {.deadline = Deadline::After(deadline)}, [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_TRY(work.Run(kHold, TopicId(Numbered(1, 8))).status());
        importer = std::thread([&] { (void)Import({latest}); });
        CHECK(testing::Eventually([&] { return database.SomebodyWaits(); }));
        free = database.Ask(
            "WITH free AS (SELECT FROM community_activity FOR UPDATE SKIP LOCKED) "
            "SELECT count(*) FROM free");
        return absl::OkStatus();
      });
  importer.join();
  CHECK(held == absl::OkStatus());
  CHECK(free == "1");
  CHECK(Import({latest}).ok());
}

TEST_CASE_METHOD(Fixture, "imported posts are there, rendered, and read") {
  CHECK(Must(Import({Wanted(1, 1), Wanted(2, 1), Wanted(1, 2)})) == 3);
  CHECK(Must(GetPost(eve, Topic(1) + "/posts/2")).html() == "<p><em>old</em></p>\n");
  const v1::Topic topic = Must(GetTopic(eve, Topic(1)));
  CHECK(topic.last_post_number() == 2);
  CHECK(topic.last_author() == resources::Name(ben));
  CHECK(topic.last_post_time().seconds() == 1'600'000'002);
  CHECK(Unread(eve, Topic(1)) == 0);
  Post(ada, Topic(1));
  CHECK(Unread(eve, Topic(1)) == 1);
  CHECK(Unread(ada, Topic(1)) == 0);
}

TEST_CASE_METHOD(Fixture, "a second import writes nothing, an interrupted one goes on") {
  const std::vector<v1::ImportedPost> posts = {Wanted(1, 1), Wanted(1, 2), Wanted(2, 1)};
  CHECK(Must(Import({posts[0]})) == 1);
  CHECK(Must(Import(posts)) == 2);
  const std::string before = database.Ask("SELECT count(*) FROM change_log");
  CHECK(Must(Import(posts)) == 0);
  CHECK(database.Ask("SELECT count(*) FROM change_log") == before);
  CHECK(database.Ask("SELECT count(*) || ' ' || count(DISTINCT (key, key_seq)) FROM change_log "
                     "WHERE origin = 2") == "5 5");
}

TEST_CASE_METHOD(Fixture, "a topic is told of when its first post brings it into sight") {
  CHECK(Must(Import({Wanted(1, 1), Wanted(2, 1), Wanted(1, 2)})) == 3);
  CHECK(Must(Import({Wanted(1, 3)})) == 1);
  const auto told = [&](int n) {
    return database.Ask(
        "SELECT string_agg(kind::text, ' ' ORDER BY key_seq) FROM change_log "
        "WHERE origin = 2 AND key = '" +
        Numbered(n, 8).ToString() + "'");
  };
  CHECK(told(1) == "7 10 10 10");
  CHECK(told(2) == "7 10");
}

TEST_CASE_METHOD(Fixture, "imported posts come with what they answer and how members reacted") {
  v1::ImportedPost answer = Wanted(1, 2);
  answer.set_reply_to_number(1);
  v1::ImportedReaction& reaction = *answer.add_reactions();
  reaction.set_member(resources::Name(eve));
  reaction.set_kind(v1::REACTION_KIND_SURPRISE);
  REQUIRE(Must(Import({Wanted(1, 1)})) == 1);
  REQUIRE(Must(Import({answer})) == 1);
  CHECK(Must(GetPost(eve, Topic(1) + "/posts/1")).reply_count() == 1);
  const v1::Post post = Must(GetPost(eve, Topic(1) + "/posts/2"));
  CHECK(post.reply_to_number() == 1);
  REQUIRE(post.reaction_counts_size() == 1);
  CHECK(post.reaction_counts(0).kind() == v1::REACTION_KIND_SURPRISE);
  CHECK(database.Ask("SELECT string_agg(kind::text, ' ' ORDER BY key_seq) FROM change_log "
                     "WHERE key = '" +
                     Numbered(1, 8).ToString() + "'") ==
        absl::StrCat("7 10 ", static_cast<int>(change::v1::KIND_POST_COUNTED), " 10"));
}

TEST_CASE_METHOD(Fixture, "an imported answer changes its question, which is told of it") {
  database.Run("UPDATE topics SET kind = 2");
  REQUIRE(Must(Import({Wanted(1, 1)})) == 1);
  const std::string before = Must(GetTopic(eve, Topic(1))).etag();
  v1::ImportedPost answer = Wanted(1, 2), other = Wanted(1, 3);
  answer.set_accepted(true);
  other.set_accepted(true);
  REQUIRE(Must(Import({answer, other})) == 2);
  CHECK(Must(GetTopic(eve, Topic(1))).accepted_post_number() == 2);
  CHECK(Must(GetTopic(eve, Topic(1))).etag() != before);
  CHECK(database.Ask("SELECT string_agg(kind || '/' || version, ' ' ORDER BY key_seq) FROM "
                     "change_log WHERE key = '" +
                     Numbered(1, 8).ToString() + "'") == "7/1 10/1 10/1 8/2 10/1");
  const auto origins = database.Ask("SELECT string_agg(DISTINCT origin::text, '') FROM change_log");
  CHECK(origins == "2");
}

TEST_CASE_METHOD(Fixture, "an import says which post is at fault, and creates none") {
  const auto field_at_fault = [&](const v1::ImportedPost& bad) {
    const absl::Status refused = Import({Wanted(1, 1), bad}).status();
    REQUIRE(Is(refused, policy_reasons::kFieldInvalid));
    return DetailsOf(refused)->violations[0].field;
  };
  CHECK(field_at_fault(Wanted(1, 3)) == "posts[1].number");
  CHECK(field_at_fault(Wanted(2, -1)) == "posts[1].number");
  CHECK(field_at_fault(Wanted(3, 1)) == "posts[1].name");
  v1::ImportedPost bad = Wanted(2, 1);
  bad.set_markdown(std::string(70'000, 'x'));
  CHECK(field_at_fault(bad) == "posts[1].markdown");
  std::string links = "[a]: https://b.example/" + std::string(4000, 'd') + "\n\n";
  while (links.size() < 12'000) links += "[a] ";
  bad.set_markdown(links);
  CHECK(field_at_fault(bad) == "posts[1].markdown");
  bad = Wanted(2, 1);
  bad.set_reply_to_number(1);
  CHECK(field_at_fault(bad) == "posts[1].reply_to_number");
  bad = Wanted(1, 2);
  bad.set_accepted(true);
  CHECK(field_at_fault(bad) == "posts[1].accepted");
  bad = Wanted(2, 1);
  bad.add_reactions()->set_member(resources::Name(eve));
  CHECK(field_at_fault(bad) == "posts[1].reactions[0].kind");
  bad.mutable_reactions(0)->set_member("eve");
  CHECK(field_at_fault(bad) == "posts[1].reactions[0].member");
  bad = Wanted(2, 1);
  bad.set_name(Topic(2) + "/posts/1");
  CHECK(field_at_fault(bad) == "posts[1].name");
  bad = Wanted(1, 2);
  bad.set_name(Wanted(1, 1).name());
  CHECK(field_at_fault(bad) == "posts[1].number");
  CHECK(database.Ask("SELECT count(*) FROM posts") == "0");
}

TEST_CASE_METHOD(Fixture, "a topic that was deleted is not imported again") {
  database.Run("UPDATE topics SET author_id = '" + ben.ToString() + "'");
  REQUIRE(Must(Import({Wanted(1, 1)})) == 1);
  v1::DeleteTopicRequest request;
  request.set_name(Topic(1));
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(ben, "DeleteTopic", request));
  CHECK(Must(Import({Wanted(1, 1), Wanted(1, 2), Wanted(2, 1)})) == 1);
  CHECK(Is(GetTopic(ada, Topic(1)).status(), policy_reasons::kNotFound));
}

}  // namespace
}  // namespace guildhall::discussions
