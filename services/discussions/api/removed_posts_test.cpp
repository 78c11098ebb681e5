// What who keeps order reads of a removed topic, before it is brought back.
#include "services/discussions/api/carrying_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Texts = std::vector<std::string>;

struct Fixture : CarryingFixture {
  Fixture() { facts.SetRole(open, eve, Role::kMember); }

  v1::Topic topic = Open(ada, open);
  v1::Post flour = Post(ada, topic.name(), "Buy my flour!");

  void RemoveTopic() {
    v1::RemoveTopicRequest request;
    request.set_name(topic.name());
    request.set_reason("No adverts.");
    request.set_request_id(NewRequestId());
    Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", request));
  }
  absl::StatusOr<v1::ListRemovedPostsResponse> List(MemberId who, const std::string& name,
                                                    int size = 0, const std::string& token = "") {
    v1::ListRemovedPostsRequest request;
    request.set_parent(name);
    request.set_page_size(size);
    request.set_page_token(token);
    return Call<v1::ListRemovedPostsResponse>(who, "ModerationService/ListRemovedPosts", request);
  }
  Texts TextsOf(const v1::ListRemovedPostsResponse& page) {
    Texts texts;
    for (const v1::Post& post : page.posts()) texts.push_back(post.markdown());
    return texts;
  }
};

TEST_CASE_METHOD(Fixture, "who keeps order reads what bringing a topic back would publish") {
  Post(eve, topic.name(), "Spelt, **too**.");
  RemoveTopic();
  const auto page = Must(List(ben, topic.name()));
  CHECK(TextsOf(page) == Texts{"Which flour?", "Buy my flour!", "Spelt, **too**."});
  CHECK(page.posts(2).number() == 3);
  CHECK(page.posts(2).author() == resources::Name(eve));
  CHECK(page.posts(2).html() == "<p>Spelt, <strong>too</strong>.</p>\n");
  CHECK(page.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "what was deleted or removed before its topic was stays unread") {
  const v1::Post own = Post(eve, topic.name(), "my secret");
  v1::DeletePostRequest deletion;
  deletion.set_name(own.name());
  deletion.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(eve, "DeletePost", deletion));
  v1::RemovePostRequest removal;
  removal.set_name(flour.name());
  removal.set_reason("No adverts.");
  removal.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", removal));
  RemoveTopic();
  const auto page = Must(List(ben, topic.name()));
  CHECK(TextsOf(page) == Texts{"Which flour?", "", ""});
  CHECK(page.posts(1).removed());
  CHECK_FALSE(page.posts(2).removed());
}

TEST_CASE_METHOD(Fixture, "a removed topic is read page by page, by the caller of the first") {
  RemoveTopic();
  const auto first = Must(List(ben, topic.name(), 1));
  CHECK(TextsOf(first) == Texts{"Which flour?"});
  const auto next = Must(List(ben, topic.name(), 1, first.next_page_token()));
  CHECK(TextsOf(next) == Texts{"Buy my flour!"});
  CHECK(next.next_page_token().empty());
  facts.SetRole(open, ada, Role::kModerator);
  CHECK(Is(List(ada, topic.name(), 1, first.next_page_token()).status(),
           policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "only what is removed is read so, and only by who keeps order there") {
  CHECK(Is(List(ben, topic.name()).status(), policy_reasons::kNotFound));
  RemoveTopic();
  const auto page = Must(List(ben, topic.name(), 1));
  CHECK(Is(List(eve, topic.name()).status(), policy_reasons::kNotFound));
  // Its author knows that it was there.
  CHECK(Is(List(ada, topic.name()).status(), policy_reasons::kNotPermitted));
  v1::RestoreTopicRequest back;
  back.set_name(topic.name());
  back.set_request_id(NewRequestId());
  Must(Call<v1::Topic>(ben, "ModerationService/RestoreTopic", back));
  CHECK(Is(List(ben, topic.name()).status(), policy_reasons::kNotFound));
  CHECK(Is(List(ben, topic.name(), 1, page.next_page_token()).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "what its author deleted, or was merged away, is no removed topic") {
  const v1::Topic own = Open(eve, open), other = Open(ada, open);
  v1::DeleteTopicRequest deletion;
  deletion.set_name(own.name());
  deletion.set_request_id(NewRequestId());
  Must(Call<v1::DeleteTopicResponse>(eve, "DeleteTopic", deletion));
  Merge(topic.name(), other.name());
  for (const std::string& name :
       {own.name(), topic.name(), resources::Name(TopicId(Numbered(99)))}) {
    CHECK(Is(List(ben, name).status(), policy_reasons::kNotFound));
  }
}

}  // namespace
}  // namespace guildhall::discussions
