// What a post said before its edits goes for good: from its history and from where it is quoted.
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/moderating_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Texts = std::vector<std::string>;

struct Fixture : ModeratingFixture {
  v1::CreatePostRequest Quoting(const v1::Post& source, const std::string& text) {
    v1::CreatePostRequest request = PostRequest(topic.name(), "So it is.");
    v1::Quote& quote = *request.mutable_post()->add_quotes();
    quote.set_post(source.name());
    quote.set_text(text);
    return request;
  }
  v1::Post Quote(const v1::Post& source, const std::string& text) {
    return Must(Call<v1::Post>(ben, "CreatePost", Quoting(source, text)));
  }
  Texts Shown(const v1::Post& of) {
    Texts texts;
    const v1::Post now = Must(GetPost(eve, of.name()));
    for (const v1::Quote& quote : now.quotes()) texts.push_back(quote.text());
    return texts;
  }
  // In how many rows a word stands; claims keep answers for a day.
  std::string RowsWith(const std::string& word) {
    std::string sum = "0";
    for (const char* table : {"posts", "revisions", "removals", "quotes"}) {
      const std::string column = std::string(table) == "quotes" ? "text" : "markdown";
      sum += " + (SELECT count(*) FROM " + std::string(table) + " WHERE " + column + " LIKE '%" +
             word + "%')";
    }
    return database.Ask("SELECT " + sum);
  }
};

TEST_CASE_METHOD(Fixture, "what an author has edited out of a first post is read by nobody") {
  Edit(first, "The password is hunter2.");
  const v1::Post quoting = Quote(first, "hunter2");
  const v1::Post edited = Edit(first, "Help!");
  CHECK(HistoryOf(first).size() == 2);
  const v1::Post left = Forget(first);
  CHECK(HistoryOf(first).empty());
  CHECK(Shown(quoting).empty());
  CHECK(RowsWith("hunter2") == "0");
  CHECK(left.markdown() == "Help!");
  CHECK_FALSE(left.moderated());
  CHECK(left.edit_time().SerializeAsString() == edited.edit_time().SerializeAsString());
  CHECK(left.etag() != edited.etag());
  CHECK(Must(GetPost(eve, first.name())).SerializeAsString() == left.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "what should not be there is taken out and forgotten in one step") {
  Edit(first, "Help! The password is hunter2.");
  const v1::Post quoting = Quote(first, "hunter2"), also = Quote(first, "Help!");
  auto request = Moderation(first.name(), "Help!");
  request.set_forget_revisions(true);
  const v1::Post left = Must(Moderate(ben, request));
  CHECK(left.moderated());
  CHECK(HistoryOf(first).empty());
  CHECK(Shown(quoting).empty());
  CHECK(Shown(also) == Texts{"Help!"});
  CHECK(RowsWith("hunter2") == "0");
  CHECK(Mine(ada).removals(0).edited());
  CHECK(Mine(ada).removals(0).forgotten());
}

TEST_CASE_METHOD(Fixture, "who saves what a post says and forgets what it said edits nothing") {
  Edit(first, "The password is hunter2.");
  const v1::Post edited = Edit(first, "Help!");
  auto request = Moderation(first.name(), "Help!");
  request.set_forget_revisions(true);
  const v1::Post left = Must(Moderate(ben, request));
  CHECK(HistoryOf(first).empty());
  CHECK(left.etag() != edited.etag());
  CHECK(left.edit_time().SerializeAsString() == edited.edit_time().SerializeAsString());
  CHECK_FALSE(left.moderated());
  CHECK_FALSE(Mine(ada).removals(0).edited());
  CHECK(Mine(ada).removals(0).forgotten());
  CHECK(Must(GetPost(eve, first.name())).SerializeAsString() == left.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "what is quoted goes in whatever topic, and stays if it is still said") {
  const v1::Post here = Quote(post, "See"), gone = Quote(post, "old"), there = Quote(post, "old");
  Split(topic.name(), {there.name()});
  Edit(post, "See https://new.example.");
  Forget(post);
  CHECK(Shown(here) == Texts{"See"});
  CHECK(Shown(gone).empty());
  CHECK(RowsWith("old") == "0");
  // Live pages are told of the post, and of what has lost a quote before their eyes.
  CHECK(Logged(change::v1::KIND_POST_UPDATED) == "2");
  CHECK(database.Ask("SELECT string_agg(resource::text, ' ') FROM change_log WHERE kind = " +
                     std::to_string(change::v1::KIND_POST_COUNTED)) ==
        resources::ParsePost("", gone.name())->post->ToString());
}

TEST_CASE_METHOD(Fixture, "a history begins anew after it was forgotten") {
  Edit(post, "b");
  Forget(post);
  Edit(post, "c");
  const auto history = HistoryOf(post);
  REQUIRE(history.size() == 1);
  CHECK(history[0].markdown() == "b");
}

TEST_CASE_METHOD(Fixture, "what a post said elsewhere is forgotten with it") {
  const v1::Topic hidden = Open(ada, secret);
  const v1::Post plain = Post(ada, hidden.name(), "the merger is on Friday");
  Edit(plain, "a meeting is on Friday");
  Move(hidden.name(), open);
  CHECK(HistoryOf(plain).empty());
  Forget(plain);
  CHECK(RowsWith("merger") == "0");
}

TEST_CASE_METHOD(Fixture, "an author is told that its former texts went, whether there were any") {
  Forget(post);
  const auto mine = Mine(ada);
  REQUIRE(mine.removals_size() == 1);
  CHECK(mine.removals(0).reason() == "It was a password.");
  CHECK(mine.removals(0).forgotten());
  CHECK_FALSE(mine.removals(0).edited());
  CHECK(mine.removals(0).remover().empty());
  CHECK(InOpen().removals(0).remover() == resources::Name(ben));
}

TEST_CASE_METHOD(Fixture, "a history is forgotten by who keeps order, and for a reason") {
  for (const MemberId who : {ada, eve}) {
    CHECK(Is(Forget(who, Forgetting(post.name())).status(), policy_reasons::kNotPermitted));
  }
  auto request = Forgetting(post.name());
  request.set_reason(" ");
  CHECK(Is(Forget(ben, request).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Forget(ben, Forgetting(topic.name() + "/posts/2")).status(),
           policy_reasons::kFieldInvalid));
  request = Forgetting(post.name());
  request.set_etag(post.etag());
  Edit(post, "b");
  CHECK(Is(Forget(ben, request).status(), policy_reasons::kEtagStale));
  CHECK(HistoryOf(post).size() == 1);
}

TEST_CASE_METHOD(Fixture, "a repeated request forgets nothing that was said since") {
  const auto request = Forgetting(post.name());
  Edit(post, "b");
  const std::string left = Must(Forget(ben, request)).SerializeAsString();
  Edit(post, "c");
  CHECK(Must(Forget(ben, request)).SerializeAsString() == left);
  CHECK(HistoryOf(post).size() == 1);
  CHECK(Mine(ada).removals_size() == 1);
}

TEST_CASE_METHOD(Fixture, "what its author edits meanwhile and others quote brings nothing back") {
  for (int round = 0; round < 5; ++round) {
    const v1::Post said = Post(ada, topic.name(), "hunter2");
    auto order = Moderation(said.name(), "Help!");
    order.set_forget_revisions(true);
    order.mutable_post()->set_etag(said.etag());
    absl::Status edited, forgotten;
    std::vector<std::thread> writers;
    writers.emplace_back([&, edit = EditRequest(said, "Help, please!")] {
      edited = Call<v1::Post>(ada, "UpdatePost", edit).status();
    });
    // Whose etag is stale because its author was first, forgets what that edited out.
    writers.emplace_back([&, forget = Forgetting(said.name())] {
      forgotten = Moderate(ben, order).status();
      if (!forgotten.ok()) forgotten = Forget(ben, forget).status();
    });
    for (int n = 0; n < 3; ++n) {
      writers.emplace_back([this, request = Quoting(said, "hunter2")] {
        (void)Call<v1::Post>(ben, "CreatePost", request);
      });
    }
    for (std::thread& writer : writers) writer.join();
    CHECK(edited.ok());
    CHECK(forgotten.ok());
    CHECK(RowsWith("hunter2") == "0");
    CHECK(Must(GetPost(eve, said.name())).markdown() == "Help, please!");
    // A history tells what stood when the rest was forgotten, or nothing.
    for (const v1::Revision& revision : HistoryOf(said)) CHECK(revision.markdown() == "Help!");
  }
}

}  // namespace
}  // namespace guildhall::discussions
