// Posts, edits, deletions, removals that are taken back, splits, merges and moves at once: nothing
// that was acknowledged is lost, and no number is missing.
#include <atomic>
#include <functional>
#include <map>
#include <mutex>
#include <random>
#include <thread>

#include "libs/testing/eventually.h"
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/store/import_writes.h"

namespace guildhall::discussions {
namespace {

struct Fixture : CarryingFixture {
  // Topics as they come about, to choose from; some are gone by then.
  std::string AnyTopic(std::mt19937& chance) { return AnyOf(topics, chance); }
  std::string AnyOf(const std::vector<std::string>& names, std::mt19937& chance) {
    const std::lock_guard lock(mutex);
    return names[chance() % names.size()];
  }
  std::string AnyPost(std::mt19937& chance, const std::string& topic) {
    const std::lock_guard lock(mutex);
    const auto& posts = posts_in[topic];
    return posts.empty() ? topic + "/posts/none" : posts[chance() % posts.size()];
  }
  void Know(const std::string& topic, const std::string& post) {
    const std::lock_guard lock(mutex);
    posts_in[topic].push_back(post);
  }

  // Tries until it is taken. A thousand refusals are no race any more: then what was tried is lost,
  // and the test says so.
  static void Insist(const std::function<bool()>& attempt) {
    for (int tries = 0; tries < 1000 && !attempt(); ++tries) {
    }
  }

  // Writes a post and edits it where it is by then, until the edit is taken.
  void Write(std::mt19937& chance, const std::string& text) {
    const std::string topic = AnyTopic(chance);
    const auto post = Call<v1::Post>(ada, "CreatePost", PostRequest(topic, "new"));
    if (!post.ok()) return;
    Know(topic, post->name());
    Insist([&] {
      const auto now = GetPost(ada, post->name());
      if (!now.ok()) return false;
      v1::UpdatePostRequest edit;
      edit.mutable_post()->set_name(now->name());
      edit.mutable_post()->set_markdown(text);
      edit.mutable_update_mask()->add_paths("markdown");
      edit.set_request_id(NewRequestId());
      return Call<v1::Post>(ada, "UpdatePost", edit).ok();
    });
    const std::lock_guard lock(mutex);
    written[post->name()] = text;
  }
  // Writes a post that who keeps order removes, and brings back wherever it is by then.
  void RemoveAndRestore(std::mt19937& chance, const std::string& text) {
    const auto post = Call<v1::Post>(ada, "CreatePost", PostRequest(AnyTopic(chance), text));
    if (!post.ok()) return;
    {
      const std::lock_guard lock(mutex);
      written[post->name()] = text;
    }
    v1::RemovePostRequest removal;
    removal.set_reason("Not here.");
    removal.set_request_id(NewRequestId());
    removal.set_name(post->name());
    if (!Call<v1::Removal>(ben, "ModerationService/RemovePost", removal).ok()) return;
    Insist([&] {
      const auto now = GetPost(ben, post->name());
      if (!now.ok()) return false;
      v1::RestorePostRequest back;
      back.set_name(now->name());
      back.set_request_id(NewRequestId());
      return Call<v1::Post>(ben, "ModerationService/RestorePost", back).ok();
    });
    ++restored;
  }
  // Splits, merges, moves, posts and deletes: what is lost with a topic has never been in `topics`.
  void Rearrange(std::mt19937& chance) {
    const bool of_doomed = chance() % 4 == 0;
    const std::string topic = of_doomed ? AnyOf(doomed, chance) : AnyTopic(chance);
    switch (chance() % 6) {
      case 0: {
        const auto split = Split(ben, SplitRequest(topic, {AnyPost(chance, topic)}));
        if (!split.ok()) return;
        const std::lock_guard lock(mutex);
        (of_doomed ? doomed : topics).push_back(split->name());
        break;
      }
      case 1:
        (void)Merge(ben, MergeRequest(topic, AnyTopic(chance)));
        break;
      case 2:
        (void)TryToMove(ben, MoveRequest(topic, chance() % 4 == 0 ? closed : open));
        break;
      case 3:
        DeletePosts(topic, chance);
        break;
      case 4:
        DeleteTopics(chance);
        break;
      default:
        (void)Call<v1::Post>(ben, "CreatePost", PostRequest(topic, "aside"));
    }
  }

  // Writes an answer, and another one, that their author or who keeps order then deletes, wherever
  // they are by then; some of what was removed comes back.
  void DeletePosts(const std::string& topic, std::mt19937& chance) {
    for (const bool own : {true, false}) {
      auto answer = PostRequest(topic, "aside");
      answer.mutable_post()->set_reply_to_number(1 + chance() % 3);
      const auto post = Call<v1::Post>(ada, "CreatePost", answer);
      if (!post.ok()) continue;
      Know(topic, post->name());
      // What begins a topic of its own by then stays.
      for (int tries = 0; tries < 5; ++tries) {
        const auto now = GetPost(ada, post->name());
        if (!now.ok() || now->has_delete_time()) break;
        if (own) {
          v1::DeletePostRequest request;
          request.set_name(now->name());
          request.set_request_id(NewRequestId());
          (void)Call<v1::DeletePostResponse>(ada, "DeletePost", request);
        } else {
          v1::RemovePostRequest request;
          request.set_name(now->name());
          request.set_reason("Not here.");
          request.set_request_id(NewRequestId());
          (void)Call<v1::Removal>(ben, "ModerationService/RemovePost", request);
          if (chance() % 2 == 0) break;
          v1::RestorePostRequest back;
          back.set_name(now->name());
          back.set_request_id(NewRequestId());
          (void)Call<v1::Post>(ben, "ModerationService/RestorePost", back);
        }
      }
    }
  }
  void DeleteTopics(std::mt19937& chance) {
    v1::DeleteTopicRequest deletion;
    deletion.set_name(AnyOf(doomed, chance));
    deletion.set_request_id(NewRequestId());
    (void)Call<v1::DeleteTopicResponse>(ada, "DeleteTopic", deletion);
    v1::RemoveTopicRequest removal;
    removal.set_name(AnyOf(doomed, chance));
    removal.set_reason("Not here.");
    removal.set_request_id(NewRequestId());
    (void)Call<v1::Removal>(ben, "ModerationService/RemoveTopic", removal);
    if (chance() % 2 == 0) {
      v1::RestoreTopicRequest back;
      back.set_name(removal.name());
      back.set_request_id(NewRequestId());
      if (Call<v1::Topic>(ben, "ModerationService/RestoreTopic", back).ok()) ++restored_topics;
    }
    v1::CreateTopicRequest creation;
    creation.set_parent(resources::Name(open));
    creation.mutable_topic()->set_title("Doomed");
    creation.set_markdown("aside");
    creation.set_request_id(NewRequestId());
    const auto next = Call<v1::Topic>(ada, "CreateTopic", creation);
    if (!next.ok()) return;
    const std::lock_guard lock(mutex);
    doomed.push_back(next->name());
  }

  std::mutex mutex;
  std::vector<std::string> topics, doomed;
  std::map<std::string, std::vector<std::string>> posts_in;
  // What was acknowledged, by the names that it was given.
  std::map<std::string, std::string> written;
  std::atomic<int> restored{0}, restored_topics{0};
};

TEST_CASE_METHOD(Fixture, "32 writers who rearrange topics lose no post, no edit and no number") {
  for (int n = 0; n < 6; ++n) topics.push_back(Open(ada, open).name());
  for (int n = 0; n < 3; ++n) doomed.push_back(Open(ada, open).name());
  // Not on the test's own thread: nothing is asserted there.
  std::vector<std::thread> writers;
  for (int writer = 0; writer < 32; ++writer) {
    writers.emplace_back([this, writer] {
      std::mt19937 chance(writer);
      for (int n = 0; n < 8; ++n) {
        const std::string text = std::to_string(writer) + "." + std::to_string(n);
        if (writer % 2 == 1) {
          Rearrange(chance);
        } else if (writer % 8 == 0) {
          RemoveAndRestore(chance, text);
        } else {
          Write(chance, text);
        }
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  CheckWhole();
  REQUIRE_FALSE(written.empty());
  CHECK(restored > 0);
  CHECK(restored_topics > 0);
  CHECK(database.Ask("SELECT count(*) > 3 FROM topics WHERE delete_time IS NOT NULL AND "
                     "merged_into_id IS NULL") == "t");
  for (const auto& [name, text] : written) {
    CHECK(Must(GetPost(ada, name)).markdown() == text);
  }
  CHECK(database.Ask("SELECT count(*) FROM posts WHERE version > 0 AND delete_time IS NULL AND "
                     "markdown NOT IN ('new', 'aside', 'Which flour?')") ==
        std::to_string(written.size()));
  CHECK(database.Ask("SELECT count(*) FROM topics WHERE merged_into_id IN "
                     "(SELECT id FROM topics WHERE merged_into_id IS NOT NULL)") == "0");
}

TEST_CASE_METHOD(Fixture, "two topics that are merged into each other at once become one") {
  for (int round = 0; round < 8; ++round) {
    const std::string one = Open(ada, open).name(), other = Open(ada, open).name();
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 4; ++writer) {
      writers.emplace_back([&, writer] {
        (void)Merge(ben, writer % 2 == 0 ? MergeRequest(one, other) : MergeRequest(other, one));
      });
    }
    for (std::thread& writer : writers) writer.join();
    const v1::Topic now = Must(GetTopic(ada, one));
    CHECK(now.last_post_number() == 2);
    CHECK(Must(GetTopic(ada, other)).name() == now.name());
  }
  CheckWhole();
}

TEST_CASE_METHOD(Fixture,
                 "whoever holds what was merged before, and asks where it went, gets there") {
  const v1::Topic first = Open(ada, open);
  clock.Advance(absl::Seconds(1));
  const v1::Topic second = Open(ada, open), third = Open(ada, open);
  const auto id = [](const v1::Topic& topic) { return *resources::ParseTopic("", topic.name()); };
  Merge(first.name(), second.name());
  absl::Status merged, both;
  std::thread moderator;
  // As an import does that names both: in order of their ids.
  both = database->Transact({.deadline = Deadline::After(deadline)}, [&](postgres::Work& work) {
    (void)LockTargets(work, std::vector{id(first)});
    moderator = std::thread(
        [&] { merged = Merge(ben, MergeRequest(second.name(), third.name())).status(); });
    (void)testing::Eventually([&] { return database.SomebodyWaits(); });
    return LockTargets(work, std::vector{id(second)}).status();
  });
  moderator.join();
  CHECK(both == absl::OkStatus());
  CHECK(merged == absl::OkStatus());
  CHECK(Must(GetTopic(ada, first.name())).name() == third.name());
}

TEST_CASE_METHOD(
    Fixture,
    "four topics that are merged each into each at once become one, and nobody is in the way") {
  for (int round = 0; round < 4; ++round) {
    std::vector<std::string> four;
    for (int n = 0; n < 4; ++n) four.push_back(Open(ada, open).name());
    std::vector<std::thread> writers;
    std::vector<absl::Status> outcomes(12);
    for (int writer = 0; writer < 12; ++writer) {
      writers.emplace_back([&, writer] {
        const int from = writer % 4, into = (from + 1 + writer / 4) % 4;
        outcomes[writer] = Merge(ben, MergeRequest(four[from], four[into])).status();
      });
    }
    for (std::thread& writer : writers) writer.join();
    // Each found both topics, or one of them gone.
    for (const absl::Status& outcome : outcomes) {
      CHECK((outcome.ok() || Is(outcome, policy::reasons::kNotFound)));
    }
    const std::string now = Must(GetTopic(ada, four[0])).name();
    for (const std::string& name : four) CHECK(Must(GetTopic(ada, name)).name() == now);
    CHECK(Must(GetTopic(ada, now)).last_post_number() == 4);
  }
  CheckWhole();
}

}  // namespace
}  // namespace guildhall::discussions
