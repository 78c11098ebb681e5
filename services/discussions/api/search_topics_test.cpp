// Searches within topics.
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Posts = std::vector<std::string>;

struct Fixture : CarryingFixture {
  SearchIndexer indexer{*database};
  v1::Topic topic = Open(ada, open, "Untitled");

  void Index() {
    for (int taken = 1; taken > 0;) taken = Must(indexer.RunOnce(clock.Now()));
  }
  v1::SearchPostsRequest Request(const std::string& query) {
    v1::SearchPostsRequest request;
    request.set_query(query);
    return request;
  }
  absl::StatusOr<v1::SearchPostsResponse> Search(MemberId who,
                                                 const v1::SearchPostsRequest& request) {
    return Call<v1::SearchPostsResponse>(who, "PostSearchService/SearchPosts", request);
  }
  // What is found by what is known already.
  Posts KnownNames(MemberId who, const std::string& query) {
    Posts names;
    const auto page = Must(Search(who, Request(query)));
    for (const v1::SearchResult& result : page.results()) names.push_back(result.post());
    return names;
  }
  Posts Names(MemberId who, const std::string& query) {
    Index();
    return KnownNames(who, query);
  }
  static std::string In(const v1::Topic& topic) { return " in:" + topic.name(); }
};

TEST_CASE_METHOD(Fixture, "a search in a topic finds its posts, and no others of its community") {
  const v1::Post post = Post(ada, topic.name(), "rye");
  const v1::Topic other = Open(ada, open, "Untitled"), third = Open(ada, open, "Rye");
  const v1::Post elsewhere = Post(ben, other.name(), "rye");
  CHECK(Names(eve, "rye" + In(topic)) == Posts{post.name()});
  CHECK(Names(eve, "rye" + In(topic) + In(other)).size() == 2);
  CHECK(Names(eve, "rye from:" + resources::Name(ben) + In(topic) + In(other)) ==
        Posts{elsewhere.name()});
  CHECK(Names(eve, "spelt" + In(topic)).empty());
  // Its first post has its title.
  CHECK(Names(eve, "rye in:title" + In(third)).size() == 1);
}

TEST_CASE_METHOD(Fixture, "where a topic is looked for, it has to stand") {
  Post(ada, topic.name(), "rye");
  CHECK(Names(ada, "rye in:" + resources::Name(open) + In(topic)).size() == 1);
  CHECK(Names(ada, "rye in:" + resources::Name(secret) + In(topic)).empty());
  v1::SearchPostsRequest request = Request("rye" + In(topic));
  request.set_everywhere(true);
  CHECK(Must(Search(ada, request)).results_size() == 1);
  request.add_communities(resources::Name(secret));
  CHECK(Must(Search(ada, request)).results_size() == 0);
  request.add_communities(resources::Name(open));
  CHECK(Must(Search(ada, request)).results_size() == 1);
  // What is looked for in the one is not looked for in the other.
  request = Request("rye in:" + resources::Name(open) + In(topic));
  request.add_communities(resources::Name(secret));
  CHECK(Must(Search(ada, request)).results_size() == 0);
}

TEST_CASE_METHOD(Fixture,
                 "a topic that may not be read is looked through like one that never was") {
  const v1::Topic hidden = Open(ada, secret, "Untitled"), gone = Open(ada, open, "Untitled");
  Post(ada, hidden.name(), "canary");
  Post(ada, gone.name(), "canary");
  CHECK(Names(ada, "canary" + In(hidden)).size() == 1);
  v1::RemoveTopicRequest removal;
  removal.set_name(gone.name());
  removal.set_reason("No.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", removal));
  v1::Topic unknown;
  unknown.set_name(resources::Name(TopicId(Numbered(99))));
  const auto seen = [&](const v1::Topic& named) {
    return Must(Search(eve, Request("canary" + In(named)))).SerializeAsString();
  };
  CHECK(seen(hidden) == seen(unknown));
  CHECK(seen(gone) == seen(unknown));
  CHECK(Names(eve, "canary" + In(hidden) + In(topic)).empty());
  // Nor is everything looked through for it.
  CHECK(Must(Search(ada, Request("canary" + In(unknown)))).results_size() == 0);
}

TEST_CASE_METHOD(Fixture, "posts that go into another topic are found there, by all its names") {
  const v1::Post goes = Post(ada, topic.name(), "rye"), stays = Post(ada, topic.name(), "rye");
  CHECK(Names(eve, "rye" + In(topic)).size() == 2);
  const v1::Topic split = Split(topic.name(), {goes.name()});
  // At once, whatever the index says.
  CHECK(KnownNames(eve, "rye" + In(topic)) == Posts{stays.name()});
  const Posts there = Names(eve, "rye" + In(split));
  CHECK(there.size() == 1);
  CHECK(Names(eve, "rye" + In(topic)) == Posts{stays.name()});
  Merge(topic.name(), split.name());
  CHECK(Names(eve, "rye" + In(split)).size() == 2);
  CHECK(Names(eve, "rye" + In(topic)).size() == 2);
}

TEST_CASE_METHOD(Fixture, "a topic that moves is looked through where it is, by who reads there") {
  Post(ada, topic.name(), "wanderer");
  CHECK(Names(eve, "wanderer" + In(topic)).size() == 1);
  Move(topic.name(), secret);
  CHECK(KnownNames(eve, "wanderer" + In(topic)).empty());
  CHECK(Names(eve, "wanderer" + In(topic)).empty());
  CHECK(Names(ada, "wanderer" + In(topic)).size() == 1);
}

TEST_CASE_METHOD(Fixture, "what a version stores that knows no topics is found in them") {
  Post(ada, topic.name(), "rye");
  Index();
  database.Run("UPDATE post_words SET words = ts_delete(words, '#o' || topic_id)");
  CHECK(KnownNames(eve, "rye" + In(topic)).size() == 1);
  const v1::Topic other = Open(ada, open, "Untitled");
  database.Run("UPDATE posts SET topic_id = '" + other.name().substr(7) +
               "' WHERE number = 2; UPDATE post_words SET topic_id = '" + other.name().substr(7) +
               "'");
  CHECK(KnownNames(eve, "rye" + In(other)).size() == 1);
  CHECK(KnownNames(eve, "rye" + In(topic)).empty());
}

TEST_CASE_METHOD(Fixture, "a page of a search in a topic goes on in it") {
  for (int n = 0; n < 3; ++n) Post(ada, topic.name(), "rye");
  Index();
  v1::SearchPostsRequest request = Request("rye" + In(topic));
  request.set_page_size(2);
  request.set_page_token(Must(Search(eve, request)).next_page_token());
  CHECK(Must(Search(eve, request)).results_size() == 1);
  request.set_query("rye" + In(Open(ada, open, "Untitled")));
  CHECK(Is(Search(eve, request).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Is(Search(eve, Request("rye in:topics/7")).status(), policy_reasons::kFieldInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
