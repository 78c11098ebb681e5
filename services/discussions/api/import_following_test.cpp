// Imports that come again: what the source has changed since is brought, what was changed here
// stays.
#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

using importing::v1::Outcome;
using Expected = std::vector<int>;
constexpr int kCreated = importing::v1::RESULT_CREATED,
              kUnchanged = importing::v1::RESULT_UNCHANGED,
              kUpdated = importing::v1::RESULT_UPDATED, kKept = importing::v1::RESULT_KEPT,
              kGone = importing::v1::RESULT_GONE, kElsewhere = importing::v1::RESULT_ELSEWHERE,
              kRefused = importing::v1::RESULT_REFUSED;

struct Fixture : ApiFixture {
  static std::string TopicName(int n) { return resources::Name(TopicId(Numbered(n, 8))); }
  v1::ImportedTopic Topic(int n, const std::string& title = "Bread") {
    v1::ImportedTopic topic;
    topic.set_name(TopicName(n));
    topic.set_community(resources::Name(open));
    topic.set_title(title);
    topic.set_author(resources::Name(ada));
    topic.mutable_create_time()->set_seconds(1'600'000'000);
    return topic;
  }
  v1::ImportedPost Post(int topic, int n, const std::string& text = "old") {
    v1::ImportedPost post;
    post.set_name(resources::PostName(TopicId(Numbered(topic, 8)), PostId(Numbered(1000 + n, 8))));
    post.set_author(resources::Name(ben));
    post.set_markdown(text);
    post.mutable_create_time()->set_seconds(1'600'000'000 + n);
    return post;
  }
  std::vector<Outcome> Import(const std::vector<v1::ImportedTopic>& topics) {
    v1::ImportTopicsRequest request;
    request.mutable_topics()->Assign(topics.begin(), topics.end());
    request.set_follow_source(true);
    request.set_validate_only(validate_only);
    return OutcomesOf(Must(CallInternal<v1::ImportTopicsResponse>("ImportTopics", request)));
  }
  std::vector<Outcome> Import(const std::vector<v1::ImportedPost>& posts) {
    v1::ImportPostsRequest request;
    request.mutable_posts()->Assign(posts.begin(), posts.end());
    request.set_follow_source(true);
    request.set_validate_only(validate_only);
    return OutcomesOf(Must(CallInternal<v1::ImportPostsResponse>("ImportPosts", request)));
  }
  static std::vector<Outcome> OutcomesOf(const auto& response) {
    return {response.outcomes().begin(), response.outcomes().end()};
  }
  static std::vector<int> Results(const std::vector<Outcome>& outcomes) {
    std::vector<int> results;
    for (const Outcome& outcome : outcomes) results.push_back(outcome.result());
    return results;
  }
  std::string Changes() { return database.Ask("SELECT count(*) FROM change_log"); }
  // "kind/version" of what the log was told last, the latest first.
  std::string Told(int count) {
    return database.Ask(absl::StrCat(
        "SELECT string_agg(kind || '/' || version, ' ' ORDER BY n DESC) FROM (SELECT * FROM "
        "change_log ORDER BY n DESC LIMIT ",
        count, ") latest"));
  }

  bool validate_only = false;
};

TEST_CASE_METHOD(Fixture, "a source that has not changed changes nothing") {
  CHECK(Results(Import({Topic(1)})) == Expected{kCreated});
  CHECK(Results(Import({Post(1, 1), Post(1, 2)})) == Expected{kCreated, kCreated});
  const std::string changes = Changes();
  const auto rows = [&] {
    return database.Ask("SELECT string_agg(xmin::text, ' ') FROM posts") +
           database.Ask("SELECT string_agg(xmin::text, ' ') FROM topics");
  };
  const std::string before = rows();
  CHECK(Results(Import({Topic(1)})) == Expected{kUnchanged});
  const auto again = Import({Post(1, 1), Post(1, 2)});
  CHECK(Results(again) == Expected{kUnchanged, kUnchanged});
  CHECK(again[0].content_hash().size() == 32);
  CHECK(again[0].content_hash() != again[1].content_hash());
  CHECK(Changes() == changes);
  CHECK(rows() == before);
}

TEST_CASE_METHOD(Fixture, "of a source that has changed the difference is written") {
  Import({Topic(1)});
  Import({Post(1, 1), Post(1, 2), Post(1, 4)});
  const std::string changes = Changes();
  CHECK(Results(Import({Topic(1, "Rye")})) == Expected{kUpdated});
  // Edited, new in the middle, unchanged; the second was deleted there.
  const auto outcomes = Import({Post(1, 1, "new"), Post(1, 3), Post(1, 4)});
  CHECK(Results(outcomes) == Expected{kUpdated, kCreated, kUnchanged});
  CHECK(outcomes[1].late_time().seconds() == 1'600'000'004);
  CHECK(Must(GetTopic(eve, TopicName(1))).title() == "Rye");
  const v1::Post edited = Must(GetPost(eve, TopicName(1) + "/posts/1"));
  CHECK(edited.html() == "<p>new</p>\n");
  CHECK_FALSE(edited.has_edit_time());
  CHECK(Must(GetPost(eve, TopicName(1) + "/posts/4")).html() == "<p>old</p>\n");
  CHECK(database.Ask("SELECT count(*) FROM revisions") == "0");
  CHECK(Told(3) == absl::StrCat(change::v1::KIND_POST_UPDATED, "/2 ", change::v1::KIND_POST_CREATED,
                                "/1 ", change::v1::KIND_TOPIC_UPDATED, "/2"));
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE origin <> 2") == "0");
  CHECK(std::stoi(Changes()) == std::stoi(changes) + 3);
}

TEST_CASE_METHOD(Fixture, "what was changed, deleted or moved here stays so") {
  Import({Topic(1), Topic(2)});
  Import({Post(1, 1), Post(1, 2), Post(1, 3), Post(2, 9)});
  database.Run(
      "UPDATE posts SET markdown = 'edited here', version = 2 WHERE number = 2 AND topic_id = "
      "(SELECT min(topic_id::text)::uuid FROM posts);"
      "UPDATE posts SET markdown = '', delete_time = now(), version = 2 WHERE number = 3");
  const std::string changes = Changes();
  CHECK(Results(Import({Post(1, 2, "edited there"), Post(1, 3), Post(2, 1)})) ==
        Expected{kKept, kGone, kElsewhere});
  CHECK(Changes() == changes);
  v1::ImportedTopic elsewhere = Topic(1);
  elsewhere.set_community(resources::Name(closed));
  CHECK(Results(Import({elsewhere})) == Expected{kElsewhere});
  database.Run("UPDATE topics SET title = 'Here', version = 2");
  CHECK(Results(Import({Topic(1, "There")})) == Expected{kKept});
  database.Run("UPDATE topics SET delete_time = now()");
  CHECK(Results(Import({Topic(1)})) == Expected{kGone});
  CHECK(Results(Import({Post(1, 1), Post(1, 8)})) == Expected{kGone, kGone});
}

TEST_CASE_METHOD(Fixture, "a post that went into another topic says as what it stands") {
  Import({Topic(1), Topic(2)});
  Import({Post(1, 1), Post(2, 2)});
  database.Run("UPDATE topics SET delete_time = now() WHERE id = '" +
               TopicId(Numbered(1, 8)).ToString() + "'");
  const auto outcomes = Import({Post(1, 1), Post(1, 2)});
  CHECK(Results(outcomes) == Expected{kGone, kElsewhere});
  CHECK(outcomes[1].stands_as() == Post(2, 2).name());
  CHECK(outcomes[1].content_hash().size() == 32);
  // With the topic in which it stood.
  CHECK(Results(Import({Post(2, 1)})) == Expected{kGone});
}

TEST_CASE_METHOD(Fixture, "what the source has in another community is not published here") {
  Import({Topic(1)});
  Import({Post(1, 1)});
  v1::ImportedPost stands = Post(1, 1, "new"), fresh = Post(1, 2), fits = Post(1, 3);
  stands.set_community(resources::Name(closed));
  fresh.set_community(resources::Name(closed));
  fits.set_community(resources::Name(open));
  const auto outcomes = Import({stands, fresh, fits});
  CHECK(Results(outcomes) == Expected{kUpdated, kRefused, kCreated});
  CHECK(outcomes[1].sentence() == "topic: stands in another community");
  CHECK(database.Ask("SELECT string_agg(markdown, ' ' ORDER BY number) FROM posts") == "new old");
  fits.set_community("open");
  CHECK(Results(Import({fits})) == Expected{kRefused});
  validate_only = true;
  v1::ImportedPost first = Post(3, 4);
  first.set_community(resources::Name(closed));
  CHECK(Results(Import({first, fresh})) == Expected{kCreated, kRefused});
}

TEST_CASE_METHOD(Fixture, "a record that comes twice in a request is refused the second time") {
  for (const bool only_validated : {true, false}) {
    validate_only = only_validated;
    const auto topics = Import({Topic(1), Topic(1, "Rye")});
    CHECK(Results(topics) == Expected{kCreated, kRefused});
    CHECK(topics[1].sentence() == "name comes twice");
    const auto posts = Import({Post(1, 1), Post(1, 1, "new"), Post(1, 2)});
    CHECK(Results(posts) == Expected{kCreated, kRefused, kCreated});
    CHECK(posts[1].sentence() == "name comes twice");
  }
  CHECK(database.Ask("SELECT string_agg(markdown, ' ') FROM posts") == "old old");
}

TEST_CASE_METHOD(Fixture, "a record that cannot be taken is refused alone") {
  v1::ImportedTopic blank = Topic(2, "");
  const auto topics = Import({blank, Topic(1)});
  CHECK(Results(topics) == Expected{kRefused, kCreated});
  CHECK(topics[0].sentence().starts_with("title "));
  std::string links = "[a]: https://b.example/" + std::string(4000, 'd') + "\n\n";
  while (links.size() < 12'000) links += "[a] ";
  const auto posts = Import({Post(1, 1, links), Post(2, 5), Post(1, 2)});
  CHECK(Results(posts) == Expected{kRefused, kRefused, kCreated});
  CHECK(posts[0].sentence() == "markdown renders to too much HTML");
  CHECK(posts[1].sentence() == "name names a topic that does not exist");
  CHECK(posts[0].content_hash().empty());
  CHECK(Must(GetTopic(eve, TopicName(1))).last_post_number() == 1);
}

TEST_CASE_METHOD(Fixture, "posts answer each other by name, in one request or later") {
  Import({Topic(1)});
  v1::ImportedPost second = Post(1, 2), third = Post(1, 3);
  second.set_reply_to(Post(1, 1).name());
  third.set_reply_to(Post(1, 7).name());
  const auto outcomes = Import({Post(1, 1), second, third});
  CHECK(outcomes[1].asides_size() == 0);
  CHECK(outcomes[2].asides(0) == importing::v1::ASIDE_REPLY);
  CHECK(Must(GetPost(eve, TopicName(1) + "/posts/1")).reply_count() == 1);
  const auto again = Import({Post(1, 1), second, third});
  CHECK(Results(again) == Expected{kUnchanged, kUnchanged, kUnchanged});
  CHECK(again[1].asides_size() == 0);
  CHECK(again[2].asides_size() == 1);
  v1::ImportedPost by_both = Post(1, 4);
  by_both.set_reply_to(Post(1, 1).name());
  by_both.set_reply_to_number(1);
  CHECK(Results(Import({by_both})) == Expected{kRefused});
}

TEST_CASE_METHOD(Fixture,
                 "reactions and answers of the source are added, those taken back are not") {
  v1::ImportedTopic question = Topic(1);
  question.set_kind(v1::TOPIC_KIND_QUESTION);
  Import({question});
  v1::ImportedPost answer = Post(1, 2);
  Import({Post(1, 1), answer});
  answer.set_accepted(true);
  v1::ImportedReaction& reaction = *answer.add_reactions();
  reaction.set_member(resources::Name(eve));
  reaction.set_kind(v1::REACTION_KIND_THANKS);
  const auto added = Import({answer});
  CHECK(Results(added) == Expected{kUpdated});
  CHECK(added[0].reactions_hash().size() == 32);
  CHECK(Must(GetTopic(eve, TopicName(1))).accepted_post_number() == 2);
  CHECK(Must(GetPost(eve, TopicName(1) + "/posts/2")).reaction_counts_size() == 1);
  CHECK(Told(2) ==
        absl::StrCat(change::v1::KIND_TOPIC_UPDATED, "/2 ", change::v1::KIND_POST_COUNTED, "/1"));
  database.Run(
      "DELETE FROM reactions; UPDATE posts SET reaction_counts = NULL;"
      "UPDATE topics SET accepted_post_number = NULL");
  const auto taken_back = Import({answer});
  CHECK(Results(taken_back) == Expected{kUnchanged});
  CHECK(taken_back[0].missing_reactions(0) == 0);
  CHECK(taken_back[0].asides(0) == importing::v1::ASIDE_ACCEPTED);
  CHECK(taken_back[0].reactions_hash() != added[0].reactions_hash());
}

TEST_CASE_METHOD(Fixture, "what quotes a post that the source has edited knows where") {
  Import({Topic(1)});
  Import({Post(1, 1), Post(1, 2)});
  database.Run(
      "INSERT INTO quotes (post_id, source_id, place, text) SELECT b.id, a.id, 0, 'old' "
      "FROM posts a, posts b WHERE a.number = 1 AND b.number = 2");
  Import({Post(1, 1, "new"), Post(1, 2)});
  CHECK(database.Ask("SELECT replace_community_id FROM quotes") == open.ToString());
}

TEST_CASE_METHOD(Fixture, "what is only validated is decided and not stored") {
  Import({Topic(1)});
  Import({Post(1, 1)});
  const std::string changes = Changes();
  validate_only = true;
  CHECK(Results(Import({Topic(1, "Rye"), Topic(2)})) == Expected{kUpdated, kCreated});
  // A topic that is named counts as there: nothing was imported before.
  const auto outcomes = Import({Post(1, 1, "new"), Post(1, 2), Post(2, 3), Post(2, 4, "")});
  CHECK(Results(outcomes) == Expected{kUpdated, kCreated, kCreated, kRefused});
  CHECK(outcomes[1].content_hash().empty());
  CHECK(Changes() == changes);
  CHECK(database.Ask("SELECT count(*) || title FROM topics GROUP BY title") == "1Bread");
  CHECK(database.Ask("SELECT string_agg(markdown, ' ') FROM posts") == "old");
}

TEST_CASE_METHOD(Fixture, "a topic without posts is followed in silence") {
  Import({Topic(1)});
  CHECK(Results(Import({Topic(1, "Rye")})) == Expected{kUpdated});
  CHECK(Changes() == "0");
  CHECK(database.Ask("SELECT title FROM topics") == "Rye");
}

}  // namespace
}  // namespace guildhall::discussions
