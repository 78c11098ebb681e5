// Searches by what topics are, in their titles, and by beginnings of words.
#include "services/discussions/api/searching_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Posts = std::vector<std::string>;

struct Fixture : SearchingFixture {
  // What opened the topic.
  std::string First(const v1::Topic& topic) {
    return Must(GetPost(ada, topic.name() + "/posts/1")).name();
  }
  // By Ben, who keeps order.
  template <typename Set>
  void Moderate(const v1::Topic& topic, const char* field, Set set) {
    facts.SetRole(open, ben, Role::kModerator);
    v1::ModerateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    set(*request.mutable_topic());
    request.mutable_update_mask()->add_paths(field);
    request.set_request_id(NewRequestId());
    Must(Call<v1::Topic>(ben, "ModerationService/ModerateTopic", request));
  }
  void Close(const v1::Topic& topic, bool closed) {
    Moderate(topic, "closed", [&](v1::Topic& edited) { edited.set_closed(closed); });
  }
  void Accept(const v1::Topic& topic, int number) {
    Moderate(topic, "accepted_post_number",
             [&](v1::Topic& edited) { edited.set_accepted_post_number(number); });
  }
};

TEST_CASE_METHOD(Fixture, "is: finds all posts of topics of a kind, and follows the kind") {
  const v1::Topic talk = Open(ada, open), question = Ask(ada, open);
  const v1::Post answer = Post(ben, question.name(), "rye");
  Post(ben, talk.name(), "rye");
  CHECK(Finds("is:question rye", answer));
  CHECK(Names(ada, "is:question").size() == 2);
  CHECK(Names(ada, "is:discussion").size() == 2);
  CHECK(Names(ada, "is:poll").empty());
  Moderate(question, "kind", [](v1::Topic& edited) { edited.set_kind(v1::TOPIC_KIND_DISCUSSION); });
  // At once, whatever the index says.
  CHECK(KnownNames(ada, "is:question").empty());
  CHECK(Names(ada, "is:discussion rye").size() == 2);
}

TEST_CASE_METHOD(Fixture, "each kind of topic is found by its own name") {
  facts.SetRole(open, ada, Role::kModerator);
  const v1::Topic announced = Open(ada, open, "Closed", v1::TOPIC_KIND_ANNOUNCEMENT);
  CHECK(Names(ada, "is:announcement") == Posts{First(announced)});
  for (const auto& [kind, number] : {std::pair("praise", 4), std::pair("poll", 5)}) {
    const v1::Topic topic = Open(ada, open);
    const std::string praised =
        number == 4 ? ", praised_ids = ARRAY['" + ben.ToString() + "']::uuid[]" : "";
    database.Run("UPDATE topics SET kind = " + std::to_string(number) + praised + " WHERE id = '" +
                 topic.name().substr(topic.name().find('/') + 1) + "'");
    CHECK(Names(ada, std::string("is:") + kind) == Posts{First(topic)});
  }
}

TEST_CASE_METHOD(Fixture, "questions are found by whether they have an answer") {
  const v1::Topic question = Ask(ada, open);
  const v1::Post answer = Post(ben, question.name(), "rye");
  Open(ada, open);
  CHECK(Names(ada, "is:unanswered").size() == 2);
  CHECK(Names(ada, "is:answered").empty());
  Accept(question, 2);
  CHECK(KnownNames(ada, "is:unanswered").empty());
  CHECK(Finds("is:answered rye", answer));
  v1::DeletePostRequest deletion;
  deletion.set_name(answer.name());
  deletion.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ben, "DeletePost", deletion));
  CHECK(KnownNames(ada, "is:answered").empty());
  CHECK(Names(ada, "is:unanswered") == Posts{First(question)});
}

TEST_CASE_METHOD(Fixture, "topics are found by whether they are open") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ben, topic.name(), "rye");
  CHECK(Finds("rye is:open", post));
  Close(topic, true);
  CHECK(KnownNames(ada, "rye is:open").empty());
  CHECK(Finds("rye is:closed", post));
  CHECK(Names(ada, "is:closed is:open").empty());
  Close(topic, false);
  CHECK(KnownNames(ada, "is:closed").empty());
  CHECK(Finds("rye is:open", post));
}

TEST_CASE_METHOD(Fixture, "is:first are topics: those that somebody opened, the newest first") {
  const v1::Topic older = Open(ada, open, "Rye");
  clock.Advance(absl::Hours(1));
  const v1::Topic newer = Open(ada, secret, "Wheat");
  Post(ada, Open(ben, open, "Rye").name(), "rye");
  CHECK(Names(ada, "from:me is:first") == Posts{First(newer), First(older)});
  CHECK(Names(ada, "rye is:first").size() == 2);
  CHECK(Names(ada, "rye from:me is:first") == Posts{First(older)});
}

TEST_CASE_METHOD(Fixture, "what opened a topic that has gone into another is the first no more") {
  const v1::Topic into = Open(ada, open, "Wheat");
  clock.Advance(absl::Hours(1));
  const v1::Topic gone = Open(ada, open, "Rye");
  const std::string first = First(gone);
  CHECK(Names(ada, "rye in:title") == Posts{first});
  facts.SetRole(open, ben, Role::kModerator);
  v1::MergeTopicsRequest merge;
  merge.set_name(gone.name());
  merge.set_destination(into.name());
  merge.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ben, "CarryingService/MergeTopics", merge));
  // At once, whatever the index says.
  for (const char* query : {"rye in:title", "is:first -wheat"}) {
    CHECK(KnownNames(ada, query).empty());
  }
  for (const char* query : {"rye in:title", "is:first -wheat"}) CHECK(Names(ada, query).empty());
  CHECK(Names(ada, "is:first") == Posts{First(into)});
}

TEST_CASE_METHOD(Fixture, "in:title looks for words, phrases and exclusions in titles alone") {
  const v1::Topic named = Open(ada, open, "Dark rye breads");
  const v1::Topic other = Open(ada, open, "Wheat");
  Post(ada, other.name(), "dark rye breads");
  CHECK(Names(ada, "rye").size() == 2);
  for (const char* query :
       {"rye in:title", "in:title bread", "\"dark rye\" in:title", "rye in:title brea*",
        "dark -wheat in:title", "from:me in:title -wheat"}) {
    INFO(query);
    CHECK(Names(ada, query) == Posts{First(named)});
  }
  CHECK(Names(ada, "flour in:title").empty());
  CHECK(Names(ada, "\"rye dark\" in:title").empty());
}

TEST_CASE_METHOD(Fixture, "a word is found by its beginning, also within a phrase") {
  const v1::Topic topic = Open(ada, open, "Untitled");
  const v1::Post post = Post(ben, topic.name(), "A well-known Flourisher: 面包");
  for (const char* query : {"wel*", "flouri*", "flouris*", "FLOURISHER*", "well-kno*",
                            "well-known*", "known -flat* flourisher", "known -flouriz*", "面*"}) {
    INFO(query);
    CHECK(Finds(query, post));
  }
  for (const char* query : {"lour*", "flouriz*", "known -flou*", "known -flouris*", "well-flo*",
                            "\"flou*\"", "flourishers*"}) {
    INFO(query);
    CHECK(Names(ada, query).empty());
  }
  CHECK(Must(Search(ada, Request("flouri*"))).results(0).excerpt() ==
        "A well-known Flourisher: 面包");
}

TEST_CASE_METHOD(Fixture, "a beginning meets no form that is not a word") {
  Post(ben, Open(ada, open, "Untitled").name(), "rye");
  for (const char* query : {"discus*", "first*", "#ifi*", "open*", "000*", "~ry*", "<ry*"}) {
    INFO(query);
    CHECK(Names(ada, query).empty());
  }
}

TEST_CASE_METHOD(Fixture, "the response tells what was taken as words") {
  Post(ben, Open(ada, open, "Untitled").name(), "note: well done, go on");
  Index();
  const auto found = Must(Search(ada, Request("note:well go*")));
  CHECK(found.results_size() == 1);
  REQUIRE(found.taken_as_words_size() == 2);
  CHECK(found.taken_as_words(0) == "note:well");
  CHECK(found.taken_as_words(1) == "go*");
  CHECK(Is(Search(ada, Request("is:hot")).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "by what they are, too, nothing is found but what the caller may read") {
  const v1::Topic hidden = Open(ada, secret, "Canary", v1::TOPIC_KIND_QUESTION);
  Post(ada, hidden.name(), "canaries");
  Post(ada, Open(ada, closed, "Canary").name(), "canaries");
  Index();
  v1::SearchPostsRequest unknown;
  unknown.add_communities(resources::Name(CommunityId(Numbered(98))));
  for (const char* query : {"is:question", "is:first", "is:open", "canary in:title", "cana*",
                            "from:me is:unanswered", "is:discussion cana*"}) {
    INFO(query);
    CHECK_FALSE(KnownNames(ada, query).empty());
    unknown.set_query(query);
    // Word for word as if nothing of it existed.
    CHECK(Must(Search(eve, Request(query))).SerializeAsString() ==
          Must(Search(eve, unknown)).SerializeAsString());
  }
}

}  // namespace
}  // namespace guildhall::discussions
