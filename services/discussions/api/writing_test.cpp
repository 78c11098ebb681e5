// What a write was let in for may change before it holds the lock. Here another connection holds
// it first, changes something, and commits while the write waits.
#include "services/discussions/api/writing.h"

#include <thread>

#include "libs/testing/eventually.h"
#include "services/discussions/api/api_fixture.h"
#include "services/discussions/store/post_writes.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ben, topic.name());
  const TopicId id = *resources::ParseTopic("", topic.name());

  // What `write` answers when it has to wait for `change`, which another connection commits.
  template <typename Response>
  absl::StatusOr<Response> After(const std::function<absl::StatusOr<Response>()>& write,
                                 const std::function<void(postgres::Work&)>& change) {
    absl::StatusOr<Response> answer = absl::UnknownError("never asked");
    std::thread writer;
    const absl::Status changed = database->Transact(
        {.deadline = Deadline::After(deadline)}, [&](postgres::Work& work) -> absl::Status {
          const auto locked = LockTopic(work, id);
          if (!locked.ok()) return locked.status();
          writer = std::thread([&] { answer = write(); });
          waited = testing::Eventually([&] { return database.SomebodyWaits(); });
          change(work);
          return absl::OkStatus();
        });
    writer.join();
    REQUIRE(changed.ok());
    return answer;
  }

  absl::StatusOr<v1::Post> Edit() {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown("Spelt.");
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return Call<v1::Post>(ben, "UpdatePost", request);
  }
  absl::StatusOr<v1::Topic> Rename() {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_title("Rye bread");
    request.mutable_update_mask()->add_paths("title");
    request.set_request_id(NewRequestId());
    return Call<v1::Topic>(ada, "UpdateTopic", request);
  }
  absl::StatusOr<v1::Post> Reply() {
    return Call<v1::Post>(ben, "CreatePost", PostRequest(topic.name(), "Rye."));
  }

  bool waited = false;
};

TEST_CASE_METHOD(Fixture, "a reply and an edit that wait while the topic is deleted find nothing") {
  const auto remove = [&](postgres::Work& work) {
    Topic gone;
    gone.id = id;
    gone.version = 9;
    DeleteTopic(work, gone, clock.Now());
  };
  SECTION("reply") {
    CHECK(Is(After<v1::Post>([&] { return Reply(); }, remove).status(), policy_reasons::kNotFound));
  }
  SECTION("edit of a post") {
    CHECK(Is(After<v1::Post>([&] { return Edit(); }, remove).status(), policy_reasons::kNotFound));
  }
  SECTION("edit of the topic") {
    CHECK(
        Is(After<v1::Topic>([&] { return Rename(); }, remove).status(), policy_reasons::kNotFound));
  }
  CHECK(waited);
  CHECK(database.Ask("SELECT count(*) FROM posts") == "0");
}

TEST_CASE_METHOD(Fixture, "an edit that waits while its post is deleted finds nothing") {
  const PostId post_id = *resources::ParsePost("", post.name())->post;
  const auto answer = After<v1::Post>([&] { return Edit(); },
                                      [&](postgres::Work& work) {
                                        discussions::Post gone =
                                            (*HoldPost(work, id, post_id))->post;
                                        if (DeletePost(gone, clock.Now()).ok())
                                          DeletePost(work, gone);
                                      });
  CHECK(waited);
  CHECK(Is(answer.status(), policy_reasons::kNotFound));
  CHECK(database.Ask("SELECT count(*) FROM posts WHERE markdown = 'Spelt.'") == "0");
}

TEST_CASE_METHOD(Fixture, "an edit that waits while its topic changes hands is not the caller's") {
  static constexpr postgres::Statement kGiveAway{"give_away",
                                                 "UPDATE topics SET author_id = $2 WHERE id = $1"};
  const auto answer = After<v1::Topic>(
      [&] { return Rename(); }, [&](postgres::Work& work) { work.Defer(kGiveAway, id, ben); });
  CHECK(waited);
  CHECK(Is(answer.status(), policy_reasons::kNotPermitted));
  CHECK(Must(GetTopic(ada, topic.name())).title() == "Bread");
}

TEST_CASE_METHOD(Fixture, "an edit that waits while its topic moves out of sight finds nothing") {
  static constexpr postgres::Statement kMove{"move",
                                             "UPDATE topics SET community_id = $2 WHERE id = $1"};
  facts.SetRole(secret, ada, Role::kNone);
  const auto answer = After<v1::Topic>(
      [&] { return Rename(); }, [&](postgres::Work& work) { work.Defer(kMove, id, secret); });
  CHECK(waited);
  CHECK(Is(answer.status(), policy_reasons::kNotFound));
  CHECK(Must(GetTopic(ben, topic.name())).title() == "Bread");
}

}  // namespace
}  // namespace guildhall::discussions
