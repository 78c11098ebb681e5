#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() {
    for (const CommunityId place : {open, secret}) facts.SetRole(place, ben, Role::kModerator);
  }

  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name(), "Buy my flour!");

  v1::RemovePostRequest OfPost(const std::string& reason = "No adverts.") {
    v1::RemovePostRequest request;
    request.set_name(post.name());
    request.set_reason(reason);
    request.set_request_id(NewRequestId());
    return request;
  }
  v1::RemoveTopicRequest OfTopic(const std::string& reason = "Off topic.") {
    v1::RemoveTopicRequest request;
    request.set_name(topic.name());
    request.set_reason(reason);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Removal> Remove(MemberId who, const v1::RemovePostRequest& request) {
    return Call<v1::Removal>(who, "ModerationService/RemovePost", request);
  }
  absl::StatusOr<v1::Removal> Remove(MemberId who, const v1::RemoveTopicRequest& request) {
    return Call<v1::Removal>(who, "ModerationService/RemoveTopic", request);
  }
  v1::ListMyRemovalsResponse Mine(MemberId who, const std::string& resource = "") {
    v1::ListMyRemovalsRequest request;
    request.set_resource(resource);
    return Must(Call<v1::ListMyRemovalsResponse>(who, "ModerationService/ListMyRemovals", request));
  }
  absl::StatusOr<v1::ListRemovalsResponse> InOpen(MemberId who, const std::string& token = "",
                                                  int size = 0) {
    v1::ListRemovalsRequest request;
    request.set_parent(resources::Name(open));
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListRemovalsResponse>(who, "ModerationService/ListRemovals", request);
  }
};

TEST_CASE_METHOD(Fixture, "a removed post keeps its number, and its text goes from sight") {
  const v1::Removal removal = Must(Remove(ben, OfPost()));
  CHECK(removal.resource() == post.name());
  CHECK(removal.author() == resources::Name(ada));
  CHECK(removal.title() == "Bread");
  CHECK(removal.markdown() == "Buy my flour!");
  const v1::Post left = Must(GetPost(eve, post.name()));
  CHECK(left.number() == 2);
  CHECK(left.removed());
  CHECK(left.has_delete_time());
  CHECK((left.markdown() + left.html()).empty());
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 12") == "1");
}

TEST_CASE_METHOD(Fixture, "a post that its author deletes is not removed") {
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", request));
  CHECK_FALSE(Must(GetPost(eve, post.name())).removed());
  CHECK(Is(Remove(ben, OfPost()).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "a removed topic is as if it had never been, replies or not") {
  Post(ben, topic.name());
  const v1::Removal removal = Must(Remove(ben, OfTopic()));
  CHECK(removal.resource() == topic.name());
  CHECK(removal.markdown() == "Which flour?");
  for (const MemberId who : {ada, ben, eve}) {
    CHECK(Told(GetTopic(who, topic.name()).status()) == Told(access::NotFound()));
    CHECK(Told(GetPost(who, post.name()).status()) == Told(access::NotFound()));
    CHECK(TopicsIn(who, open).empty());
  }
  change::v1::LoadItemsRequest load;
  for (const auto kind : {change::v1::KIND_TOPIC_DELETED, change::v1::KIND_POST_CREATED}) {
    change::v1::ItemRef& ref = *load.add_refs();
    const resources::PostRef name = *resources::ParsePost("", post.name());
    const Uuid of = kind == change::v1::KIND_POST_CREATED ? name.post->uuid() : name.topic.uuid();
    ref.set_kind(kind);
    ref.set_key(std::string(name.topic.uuid().bytes.begin(), name.topic.uuid().bytes.end()));
    ref.set_resource(std::string(of.bytes.begin(), of.bytes.end()));
  }
  const auto loaded = Must(CallInternal<change::v1::LoadItemsResponse>("LoadItems", load));
  for (const change::v1::Item& item : loaded.items()) {
    CHECK_FALSE(item.community().empty());
    CHECK(item.resource().empty());
  }
}

TEST_CASE_METHOD(Fixture, "an author is told why, and not by whom, while it may read there") {
  Must(Remove(ben, OfPost()));
  clock.Advance(absl::Seconds(1));
  Must(Remove(ben, OfTopic()));
  const auto mine = Mine(ada);
  REQUIRE(mine.removals_size() == 2);
  CHECK(mine.removals(0).reason() == "Off topic.");
  CHECK(mine.removals(1).reason() == "No adverts.");
  CHECK(mine.removals(1).markdown() == "Buy my flour!");
  CHECK(mine.removals(1).remover().empty());
  CHECK(Mine(ben).removals_size() == 0);

  const v1::Topic hidden = Open(ada, secret);
  auto request = OfTopic();
  request.set_name(hidden.name());
  Must(Remove(ben, request));
  CHECK(Mine(ada).removals_size() == 3);
  facts.SetRole(secret, ada, Role::kNone);
  CHECK(Mine(ada).removals_size() == 2);
}

TEST_CASE_METHOD(Fixture,
                 "an author reads by name why its post or topic was removed, and what it said") {
  Must(Remove(ben, OfPost()));
  clock.Advance(absl::Seconds(1));
  Must(Remove(ben, OfTopic()));
  const auto of_post = Mine(ada, post.name()), of_topic = Mine(ada, topic.name());
  REQUIRE(of_post.removals_size() == 1);
  CHECK(of_post.removals(0).reason() == "No adverts.");
  CHECK(of_post.removals(0).markdown() == "Buy my flour!");
  CHECK(of_post.removals(0).remover().empty());
  REQUIRE(of_topic.removals_size() == 1);
  CHECK(of_topic.removals(0).resource() == topic.name());
  CHECK(of_topic.removals(0).title() == "Bread");
}

TEST_CASE_METHOD(Fixture,
                 "of what is another's, stands or never was, nothing is told by its name") {
  Must(Remove(ben, OfPost()));
  const std::string nothing = Mine(eve, "topics/" + Numbered(99).ToString()).SerializeAsString();
  for (const MemberId who : {ben, eve}) {
    CHECK(Mine(who, post.name()).SerializeAsString() == nothing);
  }
  CHECK(Mine(ada, topic.name()).SerializeAsString() == nothing);
  v1::ListMyRemovalsRequest request;
  for (const char* wrong : {"bread", "communities/x", "topics/x"}) {
    request.set_resource(wrong);
    CHECK(Is(
        Call<v1::ListMyRemovalsResponse>(ada, "ModerationService/ListMyRemovals", request).status(),
        policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "who keeps order sees what was removed there, newest first, in pages") {
  Must(Remove(ben, OfPost()));
  clock.Advance(absl::Seconds(1));
  Must(Remove(ben, OfTopic()));
  const auto first = Must(InOpen(ben, "", 1));
  REQUIRE(first.removals_size() == 1);
  CHECK(first.removals(0).resource() == topic.name());
  CHECK(first.removals(0).remover() == resources::Name(ben));
  const auto second = Must(InOpen(ben, first.next_page_token(), 1));
  REQUIRE(second.removals_size() == 1);
  CHECK(second.removals(0).resource() == post.name());
  CHECK(second.next_page_token().empty());
  CHECK(Is(InOpen(ada).status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture, "a removal that is repeated gets its first answer") {
  const auto of_post = OfPost();
  const auto of_topic = OfTopic();
  const std::string post_removed = Must(Remove(ben, of_post)).SerializeAsString();
  CHECK(Must(Remove(ben, of_post)).SerializeAsString() == post_removed);
  const std::string topic_removed = Must(Remove(ben, of_topic)).SerializeAsString();
  CHECK(Must(Remove(ben, of_topic)).SerializeAsString() == topic_removed);
  CHECK(Must(Remove(ben, of_post)).SerializeAsString() == post_removed);
  CHECK(database.Ask("SELECT count(*) FROM removals") == "2");
  CHECK(Is(Remove(ben, OfTopic()).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "a reply into a removed topic that is repeated gets its first answer") {
  const auto reply = PostRequest(topic.name(), "Rye.");
  const std::string first = Must(Call<v1::Post>(ben, "CreatePost", reply)).SerializeAsString();
  v1::UpdatePostRequest edit;
  edit.mutable_post()->set_name(post.name());
  edit.mutable_post()->set_markdown("Spelt.");
  edit.mutable_update_mask()->add_paths("markdown");
  edit.set_request_id(NewRequestId());
  const std::string edited = Must(Call<v1::Post>(ada, "UpdatePost", edit)).SerializeAsString();
  Must(Remove(ben, OfTopic()));
  // Who wrote the post knows of it; to others the topic never was.
  CHECK(Must(Call<v1::Post>(ada, "UpdatePost", edit)).SerializeAsString() == edited);
  CHECK(Is(Call<v1::Post>(ben, "CreatePost", reply).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "what is removed is removed by who keeps order, and for a reason") {
  CHECK(Is(Remove(ada, OfPost()).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Remove(eve, OfTopic()).status(), policy_reasons::kNotPermitted));
  CHECK(Is(Remove(ben, OfPost("  ")).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Remove(ben, OfTopic("")).status(), policy_reasons::kFieldInvalid));
  auto request = OfPost();
  request.set_etag("\"stale\"");
  CHECK(Is(Remove(ben, request).status(), policy_reasons::kEtagStale));
}

TEST_CASE_METHOD(Fixture, "the first post goes with its topic when it is removed, too") {
  auto request = OfPost();
  v1::ListPostsRequest list;
  list.set_parent(topic.name());
  request.set_name(Must(Call<v1::ListPostsResponse>(ben, "ListPosts", list)).posts(0).name());
  CHECK(Is(Remove(ben, request).status(), reasons::kFirstPost));
}

}  // namespace
}  // namespace guildhall::discussions
