// What posts quote of others: who says what, and how long it shows.
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/carrying_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Texts = std::vector<std::string>;

struct Fixture : CarryingFixture {
  v1::CreatePostRequest Quoting(const std::string& in, const std::string& source,
                                const std::string& text) {
    v1::CreatePostRequest request = PostRequest(in, "So it is.");
    v1::Quote& quote = *request.mutable_post()->add_quotes();
    quote.set_post(source);
    quote.set_text(text);
    return request;
  }
  v1::Post Quote(const v1::Post& source, const std::string& text) {
    return Must(Send(Quoting(topic.name(), source.name(), text)));
  }
  absl::StatusOr<v1::Post> Send(const v1::CreatePostRequest& request) {
    return Call<v1::Post>(ada, "CreatePost", request);
  }
  absl::StatusOr<v1::Post> Edit(MemberId who, const v1::Post& post, const std::string& text) {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown(text);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return Call<v1::Post>(who, "UpdatePost", request);
  }
  template <typename Response, typename Request>
  void Take(const std::string& method, const std::string& name) {
    Request request;
    request.set_name(name);
    if constexpr (requires { request.set_reason(""); }) request.set_reason("No.");
    request.set_request_id(NewRequestId());
    Must(Call<Response>(ben, method, request));
  }
  v1::DeletePostRequest DeleteRequest(const v1::Post& post) {
    v1::DeletePostRequest request;
    request.set_name(post.name());
    request.set_request_id(NewRequestId());
    return request;
  }
  void Delete(const v1::Post& post) {
    Must(Call<v1::DeletePostResponse>(ben, "DeletePost", DeleteRequest(post)));
  }
  Texts Shown(const v1::Post& post) {
    Texts texts;
    const v1::Post now = Must(GetPost(ben, post.name()));
    for (const v1::Quote& quote : now.quotes()) texts.push_back(quote.text());
    return texts;
  }
  // In how many rows of any table a word stands; claims keep answers for a day.
  std::string RowsWith(const std::string& word) {
    return database.Ask("SELECT (SELECT count(*) FROM posts WHERE markdown LIKE '%" + word +
                        "%') + (SELECT count(*) FROM quotes WHERE text LIKE '%" + word + "%')");
  }

  const v1::Topic topic = Open(ada, open);
  const v1::Post rye = Post(ben, topic.name(), "Rye needs *more* water, says Canary.");
};

TEST_CASE_METHOD(Fixture, "a post quotes others of its topic, and says who wrote that") {
  auto request = Quoting(topic.name(), rye.name(), " more \n water ");
  const auto first = PostsOf(ada, topic.name())[0];
  v1::Quote& second = *request.mutable_post()->add_quotes();
  second.set_post(first.name());
  second.set_text("Which flour?");
  const v1::Post post = Must(Send(request));
  REQUIRE(post.quotes_size() == 2);
  CHECK(post.quotes(0).post() == rye.name());
  CHECK(post.quotes(0).text() == "more water");
  CHECK(post.quotes(0).author() == resources::Name(ben));
  CHECK(post.quotes(0).post_number() == 2);
  CHECK(post.quotes(1).author() == resources::Name(ada));
  CHECK(Must(GetPost(eve, post.name())).SerializeAsString() == post.SerializeAsString());
  CHECK(PostsOf(eve, topic.name())[2].SerializeAsString() == post.SerializeAsString());
  CHECK(PostsOf(eve, topic.name())[1].quotes().empty());
}

TEST_CASE_METHOD(Fixture, "nobody is quoted with what it did not say") {
  for (const char* text : {"Rye needs less water", "Rye needs *more* water"}) {
    const absl::Status refused = Send(Quoting(topic.name(), rye.name(), text)).status();
    REQUIRE(Is(refused, reasons::kQuoteNotSaid));
    CHECK(DetailsOf(refused)->violations[0].field == "post.quotes.text");
  }
  CHECK(database.Ask("SELECT count(*) FROM posts") == "2");
}

TEST_CASE_METHOD(Fixture,
                 "what stands elsewhere, and what is deleted, is quoted like what never was") {
  const v1::Topic other = Open(ada, open), hidden = Open(ben, secret);
  const v1::Post elsewhere = Post(ben, other.name()), unseen = Post(ben, hidden.name());
  const v1::Post deleted = Post(ben, topic.name());
  Delete(deleted);
  const auto here = [&](const v1::Post& post) {
    return topic.name() + post.name().substr(post.name().find("/posts/"));
  };
  const auto refusal = [&](const std::string& source) {
    return Told(Send(Quoting(topic.name(), source, "Rye.")).status());
  };
  const std::string never = refusal(topic.name() + "/posts/" + Numbered(99).ToString());
  CHECK(never.find("post.quotes.post") != std::string::npos);
  for (const std::string& source :
       {elsewhere.name(), here(elsewhere), unseen.name(), here(unseen), deleted.name()}) {
    CHECK(refusal(source) == never);
  }
}

TEST_CASE_METHOD(Fixture, "a post quotes at most ten passages, each by the id of its post") {
  auto request = Quoting(topic.name(), rye.name(), "water");
  for (int n = 1; n < 10; ++n) *request.mutable_post()->add_quotes() = request.post().quotes(0);
  CHECK(Must(Send(request)).quotes_size() == 10);
  *request.mutable_post()->add_quotes() = request.post().quotes(0);
  request.set_request_id(NewRequestId());
  CHECK(Is(Send(request).status(), policy_reasons::kFieldInvalid));
  const auto by_number = Quoting(topic.name(), topic.name() + "/posts/2", "water");
  CHECK(Is(Send(by_number).status(), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "what was said goes with what is deleted or removed, wherever it is quoted") {
  const v1::Post here = Quote(rye, "says Canary"), there = Quote(rye, "Canary");
  Split(topic.name(), {there.name()});
  SECTION("deleted by its author") { Delete(rye); }
  SECTION("removed") {
    Take<v1::Removal, v1::RemovePostRequest>("ModerationService/RemovePost", rye.name());
  }
  CHECK(Shown(here).empty());
  CHECK(RowsWith("Canary") == "0");
}

TEST_CASE_METHOD(Fixture,
                 "what was said goes with its topic, also from where it is quoted by then") {
  const v1::Topic own = Open(ben, open);
  const v1::Post first = PostsOf(ben, own.name())[0];
  const v1::Post post =
      Must(Call<v1::Post>(ben, "CreatePost", Quoting(own.name(), first.name(), "Which flour?")));
  const v1::Topic cake = Split(own.name(), {post.name()});
  CHECK(database.Ask("SELECT count(*) FROM quotes") == "1");
  SECTION("deleted by its author") {
    Take<v1::DeleteTopicResponse, v1::DeleteTopicRequest>("DeleteTopic", own.name());
  }
  SECTION("removed: what was said is kept there alone") {
    Take<v1::Removal, v1::RemoveTopicRequest>("ModerationService/RemoveTopic", own.name());
  }
  CHECK(database.Ask("SELECT count(*) FROM quotes") == "0");
  CHECK(PostsOf(ada, cake.name())[0].quotes().empty());
}

TEST_CASE_METHOD(Fixture, "a post that is deleted quotes nobody") {
  const v1::Post post =
      Must(Call<v1::Post>(ben, "CreatePost", Quoting(topic.name(), rye.name(), "water")));
  Delete(post);
  CHECK(Must(GetPost(ada, post.name())).quotes().empty());
  CHECK(database.Ask("SELECT count(*) FROM quotes") == "0");
}

TEST_CASE_METHOD(Fixture, "live pages are told which posts have lost a quote") {
  const v1::Post post = Quote(rye, "water"), away = Quote(rye, "water");
  Split(topic.name(), {away.name()});
  const std::string counted =
      "SELECT coalesce(string_agg(resource::text, ' '), '') FROM "
      "change_log WHERE kind = " +
      std::to_string(change::v1::KIND_POST_COUNTED);
  CHECK(database.Ask(counted).empty());
  Delete(rye);
  CHECK(resources::ParsePost("", post.name())->post->ToString() == database.Ask(counted));
}

TEST_CASE_METHOD(Fixture, "a quote stays what was said when its post is edited") {
  const v1::Post post = Quote(rye, "more water");
  Must(Edit(ben, rye, "Rye needs less water."));
  CHECK(Shown(post) == Texts{"more water"});
  CHECK(Is(Send(Quoting(topic.name(), rye.name(), "more water")).status(), reasons::kQuoteNotSaid));
  CHECK(Shown(Quote(rye, "less water")) == Texts{"less water"});
}

TEST_CASE_METHOD(Fixture, "who edits a post does not change what it quotes") {
  const v1::Post post = Quote(rye, "water");
  const v1::Post edited = Must(Edit(ada, post, "Or not."));
  REQUIRE(edited.quotes_size() == 1);
  CHECK(edited.quotes(0).text() == "water");
  CHECK(Shown(post) == Texts{"water"});
}

TEST_CASE_METHOD(Fixture, "a quote shows while both posts stand in one topic") {
  const v1::Post post = Quote(rye, "water"), also = Quote(rye, "more");
  const v1::Topic cake = Split(topic.name(), {post.name()});
  CHECK(Shown(post).empty());
  CHECK(Shown(also) == Texts{"more"});
  Merge(cake.name(), topic.name());
  const v1::Post back = PostsOf(ada, topic.name()).back();
  REQUIRE(back.quotes_size() == 1);
  CHECK(back.quotes(0).post() == rye.name());
  const v1::Topic both = Split(topic.name(), {rye.name(), also.name()});
  const v1::Post went = PostsOf(ada, both.name())[1];
  REQUIRE(went.quotes_size() == 1);
  CHECK(went.quotes(0).post_number() == 1);
  CHECK(went.quotes(0).post().starts_with(both.name()));
}

TEST_CASE_METHOD(Fixture, "what was said before a topic moved is told as its history tells it") {
  const v1::Topic hidden = Open(ben, secret);
  const v1::Post plain = Post(ben, hidden.name(), "the merger is on Friday");
  const v1::Post post = Must(Send(Quoting(hidden.name(), plain.name(), "the merger")));
  Must(Edit(ben, plain, "a meeting is on Friday"));
  const v1::Post later = Must(Send(Quoting(hidden.name(), plain.name(), "a meeting")));
  CHECK(Shown(post) == Texts{"the merger"});
  Move(hidden.name(), open);
  CHECK(Must(GetPost(eve, post.name())).quotes().empty());
  CHECK(Must(GetPost(eve, later.name())).quotes_size() == 1);
  Must(Edit(ben, plain, "a meeting is on Monday"));
  CHECK(Must(GetPost(eve, post.name())).quotes().empty());
  CHECK(Must(GetPost(eve, later.name())).quotes_size() == 1);
  Move(hidden.name(), secret);
  CHECK(Shown(post) == Texts{"the merger"});
}

TEST_CASE_METHOD(Fixture, "a post is not found by what it quotes") {
  const v1::Post post = Quote(rye, "Canary");
  SearchIndexer indexer{*database};
  while (*indexer.RunOnce(clock.Now()) > 0) {
  }
  v1::SearchPostsRequest request;
  request.set_query("canary");
  request.add_communities(resources::Name(open));
  const auto page =
      Must(Call<v1::SearchPostsResponse>(ada, "PostSearchService/SearchPosts", request));
  REQUIRE(page.results_size() == 1);
  CHECK(page.results(0).post() == rye.name());
}

TEST_CASE_METHOD(Fixture,
                 "a repeated request gets its first answer, also when what it quotes is gone") {
  const auto request = Quoting(topic.name(), rye.name(), "water");
  const v1::Post post = Must(Send(request));
  Delete(rye);
  CHECK(Must(Send(request)).SerializeAsString() == post.SerializeAsString());
  CHECK(Shown(post).empty());
}

TEST_CASE_METHOD(Fixture, "what is deleted while others quote it is quoted by nobody") {
  for (int round = 0; round < 5; ++round) {
    const v1::Post said = Post(ben, topic.name(), "Canary");
    std::vector<std::thread> writers;
    for (int writer = 0; writer < 6; ++writer) {
      writers.emplace_back([this, request = Quoting(topic.name(), said.name(), "Canary"),
                            deletion = DeleteRequest(said), writer] {
        if (writer == 3) {
          (void)Call<v1::DeletePostResponse>(ben, "DeletePost", deletion);
        } else {
          (void)Send(request);
        }
      });
    }
    for (std::thread& writer : writers) writer.join();
    CHECK(database.Ask("SELECT count(*) FROM posts WHERE markdown = 'Canary'") == "0");
    CHECK(database.Ask("SELECT count(*) FROM quotes") == "0");
  }
}

}  // namespace
}  // namespace guildhall::discussions
