#include <thread>

#include "absl/strings/str_cat.h"
#include "services/discussions/api/tagging_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Tags = std::vector<std::string>;

struct Fixture : TaggingFixture {
  v1::Topic Tagged(CommunityId where, const Tags& tags) {
    clock.Advance(absl::Seconds(1));
    return Must(Call<v1::Topic>(ada, "CreateTopic", TaggedRequest(where, tags)));
  }
  template <typename Request>
  absl::StatusOr<v1::Topic> Retag(MemberId who, const std::string& method, const std::string& topic,
                                  const Tags& tags) {
    Request request;
    request.mutable_topic()->set_name(topic);
    for (const std::string& tag : tags) request.mutable_topic()->add_tags(tag);
    request.mutable_update_mask()->add_paths("tags");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(who, method, request);
  }
  absl::StatusOr<v1::Topic> Edit(MemberId who, const v1::Topic& topic, const Tags& tags) {
    return Retag<v1::UpdateTopicRequest>(who, "UpdateTopic", topic.name(), tags);
  }
  absl::StatusOr<v1::Topic> Moderate(MemberId who, const v1::Topic& topic, const Tags& tags) {
    return Retag<v1::ModerateTopicRequest>(who, "ModerationService/ModerateTopic", topic.name(),
                                           tags);
  }
  absl::StatusOr<v1::ListTagsResponse> ListTags(MemberId who, CommunityId where) {
    v1::ListTagsRequest request;
    request.set_parent(resources::Name(where));
    return Call<v1::ListTagsResponse>(who, "TagService/ListTags", request);
  }
  // "rye 2, spelt 1".
  std::string TagsOf(CommunityId where) {
    std::string all;
    const v1::ListTagsResponse page = Must(ListTags(ada, where));
    for (const v1::Tag& tag : page.tags()) {
      all += (all.empty() ? "" : ", ") + tag.tag() + " " + std::to_string(tag.topic_count());
    }
    return all;
  }
  v1::ListTaggedTopicsRequest About(CommunityId where, const std::string& tag) {
    v1::ListTaggedTopicsRequest request;
    request.set_parent(resources::Name(where));
    request.set_tag(tag);
    return request;
  }
  Tags TopicsAbout(CommunityId where, const std::string& tag) {
    Tags names;
    v1::ListTaggedTopicsRequest request = About(where, tag);
    request.set_page_size(2);
    do {
      const auto page =
          Must(Call<v1::ListTaggedTopicsResponse>(ada, "TagService/ListTaggedTopics", request));
      for (const v1::Topic& topic : page.topics()) names.push_back(topic.name());
      request.set_page_token(page.next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  void Remove(const v1::Topic& topic) {
    facts.SetRole(open, ben, Role::kModerator);
    v1::RemoveTopicRequest request;
    request.set_name(topic.name());
    request.set_reason("No.");
    request.set_request_id(NewRequestId());
    Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", request));
  }
  void Delete(const v1::Topic& topic) {
    v1::DeleteTopicRequest request;
    request.set_name(topic.name());
    request.set_request_id(NewRequestId());
    Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", request));
  }
};

TEST_CASE_METHOD(Fixture, "a topic is opened with tags, and shows them in their normal form") {
  const v1::Topic topic = Tagged(open, {"Sour Dough", "#rye", "RYE"});
  CHECK(Tags(topic.tags().begin(), topic.tags().end()) == Tags{"sour-dough", "rye"});
  CHECK(Must(GetTopic(ben, topic.name())).SerializeAsString() == topic.SerializeAsString());
  CHECK(TagsOf(open) == "sour-dough 1, rye 1");
  CHECK(Is(Call<v1::Topic>(ada, "CreateTopic", TaggedRequest(open, {"a/b"})).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "its author and who keeps order tag a topic anew, others do not") {
  const v1::Topic topic = Tagged(open, {"rye"});
  CHECK(Is(Edit(ben, topic, {"spelt"}).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Moderate(ben, topic, {"spelt"}).status(), policy_reasons::kNotPermitted));
  CHECK(Must(Edit(ada, topic, {"Spelt", "rye"})).tags_size() == 2);
  CHECK(TagsOf(open) == "spelt 1, rye 1");
  facts.SetRole(open, ben, Role::kModerator);
  CHECK(Must(Moderate(ben, topic, {"emmer"})).tags(0) == "emmer");
  CHECK(TagsOf(open) == "emmer 1");
  CHECK(Must(Edit(ada, topic, {})).tags().empty());
  CHECK(TagsOf(open).empty());
}

TEST_CASE_METHOD(Fixture, "the tags of the most topics come first, page by page") {
  Tagged(open, {"rye", "spelt"});
  Tagged(open, {"rye", "emmer"});
  Tagged(closed, {"secret"});
  CHECK(TagsOf(open) == "rye 2, spelt 1, emmer 1");
  v1::ListTagsRequest request;
  request.set_parent(resources::Name(open));
  request.set_page_size(2);
  const auto first = Must(Call<v1::ListTagsResponse>(ada, "TagService/ListTags", request));
  CHECK(first.tags_size() == 2);
  request.set_page_token(first.next_page_token());
  const auto second = Must(Call<v1::ListTagsResponse>(ada, "TagService/ListTags", request));
  REQUIRE(second.tags_size() == 1);
  CHECK(second.tags(0).tag() == "emmer");
  CHECK(second.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "the tags of many communities are counted together, where one may read") {
  Tagged(open, {"rye", "spelt"});
  Tagged(closed, {"rye"});
  Tagged(secret, {"rye", "canary"});
  v1::GetMostUsedTagsRequest request;
  const auto used = [&](MemberId who) {
    std::string all;
    const auto tags =
        Must(Call<v1::GetMostUsedTagsResponse>(who, "TagService/GetMostUsedTags", request));
    for (const v1::Tag& tag : tags.tags()) {
      absl::StrAppend(&all, all.empty() ? "" : ", ", tag.tag(), " ", tag.topic_count());
    }
    return all;
  };
  CHECK(used(ben).empty());
  for (const CommunityId each : {open, open, closed, secret, CommunityId(Numbered(99))}) {
    request.add_communities(resources::Name(each));
  }
  CHECK(used(ben) == "rye 3, spelt 1, canary 1");
  CHECK(used(eve) == "spelt 1, rye 1");
  for (int n = 0; n < 200; ++n) request.add_communities(resources::Name(open));
  CHECK(Is(Call<v1::GetMostUsedTagsResponse>(ben, "TagService/GetMostUsedTags", request).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "of many communities each counts by its own tags of the most topics") {
  for (int n = 0; n < 30; ++n) Tagged(open, {"tag" + std::to_string(10 + n)});
  Tagged(open, {"a-last-one"});
  Tagged(closed, {"a-last-one", "tag10"});
  v1::GetMostUsedTagsRequest request;
  for (const CommunityId each : {open, closed}) request.add_communities(resources::Name(each));
  const auto tags =
      Must(Call<v1::GetMostUsedTagsResponse>(ben, "TagService/GetMostUsedTags", request)).tags();
  REQUIRE(tags.size() == 31);
  CHECK(tags[0].tag() == "tag10");
  CHECK(tags[0].topic_count() == 2);
  CHECK(tags[30].tag() == "a-last-one");
  CHECK(tags[30].topic_count() == 1);
}

TEST_CASE_METHOD(Fixture, "topics with a tag come by their latest posts, in whatever form it is") {
  const v1::Topic one = Tagged(open, {"rye"}), two = Tagged(open, {"rye"}),
                  three = Tagged(open, {"spelt", "rye"});
  Tagged(open, {});
  CHECK(TopicsAbout(open, "#Rye") == Tags{three.name(), two.name(), one.name()});
  clock.Advance(absl::Seconds(1));
  Post(ben, one.name());
  CHECK(TopicsAbout(open, "rye") == Tags{one.name(), three.name(), two.name()});
  CHECK(TopicsAbout(open, "spelt") == Tags{three.name()});
  CHECK(TopicsAbout(open, "emmer").empty());
  CHECK(Is(Call<v1::ListTaggedTopicsResponse>(ada, "TagService/ListTaggedTopics", About(open, ""))
               .status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "tags go with topics that are deleted or removed") {
  const v1::Topic gone = Tagged(open, {"rye"}), removed = Tagged(open, {"rye", "canary"});
  Tagged(open, {"rye"});
  Delete(gone);
  CHECK(TagsOf(open) == "rye 2, canary 1");
  Remove(removed);
  CHECK(TagsOf(open) == "rye 1");
  CHECK(TopicsAbout(open, "canary").empty());
  CHECK(database.Ask("SELECT count(*) FROM topics WHERE tags = '{rye}'") == "1");
}

TEST_CASE_METHOD(Fixture, "tags move with their topic, and are seen where it stands alone") {
  const v1::Topic topic = Tagged(secret, {"canary", "rye"});
  Tagged(open, {"rye"});
  CHECK(Is(ListTags(eve, secret).status(), policy_reasons::kNotFound));
  CHECK(TagsOf(open) == "rye 1");
  Move(topic.name(), open);
  CHECK(TagsOf(open) == "rye 2, canary 1");
  CHECK(TagsOf(secret).empty());
  Move(topic.name(), secret);
  CHECK(TagsOf(open) == "rye 1");
  CHECK(TopicsAbout(open, "canary").empty());
  CHECK(TopicsAbout(secret, "canary") == Tags{topic.name()});
}

TEST_CASE_METHOD(Fixture, "posts are searched by the tags that their topics have now") {
  SearchIndexer indexer(*database);
  const auto found = [&](const std::string& query) {
    for (int taken = 1; taken > 0;) taken = Must(indexer.RunOnce(clock.Now()));
    v1::SearchPostsRequest request;
    request.set_query(query);
    request.add_communities(resources::Name(open));
    return Must(Call<v1::SearchPostsResponse>(ada, "PostSearchService/SearchPosts", request))
        .results_size();
  };
  const v1::Topic topic = Tagged(open, {"c++", "null"});
  Post(ben, topic.name(), "flour");
  Tagged(open, {"rye"});
  CHECK(found("flour") == 3);
  CHECK(found("flour tag:C++") == 2);
  CHECK(found("flour tag:#null tag:c++") == 2);
  CHECK(found("flour tag:c++ tag:rye") == 0);
  Must(Edit(ada, topic, {"rye"}));
  CHECK(found("flour tag:c++") == 0);
  CHECK(found("flour tag:rye") == 3);
  Move(topic.name(), closed);
  CHECK(found("flour tag:rye") == 1);
}

TEST_CASE_METHOD(Fixture, "a tag that was taken away finds nothing, whatever the index says") {
  SearchIndexer indexer(*database);
  const v1::Topic topic = Tagged(open, {"rye"});
  for (int taken = 1; taken > 0;) taken = Must(indexer.RunOnce(clock.Now()));
  Must(Edit(ada, topic, {}));
  v1::SearchPostsRequest request;
  request.set_query("flour tag:rye");
  request.add_communities(resources::Name(open));
  CHECK(Must(Call<v1::SearchPostsResponse>(ada, "PostSearchService/SearchPosts", request))
            .results_size() == 0);
}

// Edits of each topic in turn, in a thread for each: says how they ended.
struct Race : Fixture {
  std::vector<absl::Status> Edit(const std::vector<v1::Topic>& topics,
                                 const std::vector<std::vector<Tags>>& rounds) {
    std::vector<std::vector<v1::UpdateTopicRequest>> requests(topics.size());
    for (const std::vector<Tags>& round : rounds) {
      for (std::size_t n = 0; n < topics.size(); ++n) {
        v1::UpdateTopicRequest& request = requests[n].emplace_back();
        request.mutable_topic()->set_name(topics[n].name());
        for (const std::string& tag : round[n]) request.mutable_topic()->add_tags(tag);
        request.mutable_update_mask()->add_paths("tags");
        request.set_request_id(NewRequestId());
      }
    }
    std::vector<absl::Status> ends(topics.size());
    std::vector<std::thread> threads;
    for (std::size_t n = 0; n < topics.size(); ++n) {
      threads.emplace_back([&, n] {
        for (const v1::UpdateTopicRequest& request : requests[n]) {
          ends[n].Update(Call<v1::Topic>(ada, "UpdateTopic", request).status());
        }
      });
    }
    for (std::thread& thread : threads) thread.join();
    return ends;
  }
};

TEST_CASE_METHOD(Race, "tags that many topics gain and lose at once are counted exactly") {
  std::vector<v1::Topic> topics;
  for (int n = 0; n < 8; ++n) topics.push_back(Tagged(open, {"a", "b"}));
  // In both orders: whoever takes several counters takes them in one.
  const Tags one = {"b", "c"}, other = {"c", "b"};
  const std::vector<std::vector<Tags>> rounds = {{one, other, one, other, one, other, one, other},
                                                 {{}, one, {}, other, {}, one, {}, other},
                                                 {other, {"d"}, other, {}, other, {}, other, {}}};
  for (const absl::Status& end : Edit(topics, rounds)) {
    INFO(end);
    CHECK(end.ok());
  }
  CHECK(TagsOf(open) == "c 4, b 4, d 1");
  CHECK(database.Ask("SELECT count(*) FROM community_tags") == "3");
}

TEST_CASE_METHOD(Race, "a tag that topics take away and give at once is there while one has it") {
  std::vector<v1::Topic> topics;
  for (int n = 0; n < 6; ++n) topics.push_back(Tagged(open, {}));
  const Tags none, rye = {"rye"};
  std::vector<std::vector<Tags>> rounds;
  for (int n = 0; n < 12; ++n) rounds.emplace_back(6, n % 2 == 0 ? rye : none);
  for (const absl::Status& end : Edit(topics, rounds)) {
    INFO(end);
    CHECK(end.ok());
  }
  CHECK(database.Ask("SELECT count(*) FROM community_tags") == "0");
  rounds.emplace_back(6, rye);
  for (const absl::Status& end : Edit(topics, rounds)) CHECK(end.ok());
  CHECK(TagsOf(open) == "rye 6");
}

}  // namespace
}  // namespace guildhall::discussions
