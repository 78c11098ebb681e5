#include "libs/feeds/wire.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

using feeds::BytesOf;

struct Fixture : ApiFixture {
  void Ask(change::v1::Kind kind, const std::string& name) {
    auto& ref = *request.add_refs();
    ref.set_kind(kind);
    if (const auto post = resources::ParsePost("", name); post.ok()) {
      ref.set_key(BytesOf(post->topic.uuid()));
      ref.set_resource(BytesOf(post->post->uuid()));
    } else {
      ref.set_key(BytesOf(resources::ParseTopic("", name)->uuid()));
      ref.set_resource(ref.key());
    }
  }
  change::v1::LoadItemsResponse Load() {
    return Must(CallInternal<change::v1::LoadItemsResponse>("LoadItems", request));
  }
  void Delete(const std::string& topic) {
    v1::DeleteTopicRequest gone;
    gone.set_name(topic);
    gone.set_request_id(NewRequestId());
    Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", gone));
  }

  change::v1::LoadItemsRequest request;
};

TEST_CASE_METHOD(Fixture, "topics and posts come as the contract shows them, in the order asked") {
  const v1::Topic topic = Open(ada, secret);
  const v1::Post post = Post(ben, topic.name(), "**Rye.**");
  Ask(change::v1::KIND_POST_CREATED, post.name());
  Ask(change::v1::KIND_TOPIC_UPDATED, topic.name());
  Ask(change::v1::KIND_POST_CREATED,
      resources::PostName(TopicId(Numbered(7)), PostId(Numbered(8))));
  const auto response = Load();
  REQUIRE(response.items_size() == 3);
  CHECK(response.items(0).community() == BytesOf(secret.uuid()));
  CHECK(response.items(0).resource() == GetPost(ada, post.name())->SerializeAsString());
  CHECK(response.items(1).community() == BytesOf(secret.uuid()));
  CHECK(response.items(1).resource() == GetTopic(ada, topic.name())->SerializeAsString());
  CHECK(response.items(2).community().empty());
}

TEST_CASE_METHOD(Fixture, "of what is gone only the community is told") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ada, topic.name());
  Delete(topic.name());
  Ask(change::v1::KIND_TOPIC_DELETED, topic.name());
  Ask(change::v1::KIND_POST_CREATED, post.name());
  const auto response = Load();
  for (const change::v1::Item& item : response.items()) {
    CHECK(item.community() == BytesOf(open.uuid()));
    CHECK(item.resource().empty());
  }
}

TEST_CASE_METHOD(Fixture, "an answer that is large ends early and never without an item") {
  const v1::Topic topic = Open(ada, open);
  const v1::Post post = Post(ada, topic.name(), std::string(60'000, 'x'));
  for (int i = 0; i < 50; ++i) Ask(change::v1::KIND_POST_CREATED, post.name());
  const auto response = Load();
  CHECK(response.items_size() > 0);
  CHECK(response.items_size() < 50);
  CHECK(response.ByteSizeLong() < 3 << 20);
}

}  // namespace
}  // namespace guildhall::discussions
