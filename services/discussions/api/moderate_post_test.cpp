// What who keeps order does with the text of a post: its author stays who wrote it, and everybody
// sees whose text it is now.
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/discussions/api/moderating_fixture.h"
#include "services/discussions/workers/search_indexer.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Fixture = ModeratingFixture;

struct MentionFixture : ModeratingFixture {
  static std::string At(MemberId who) { return "[@X](" + resources::Name(who) + ")"; }
  int MentionsOf(MemberId who) {
    v1::ListMyMentionsRequest request;
    request.add_communities(resources::Name(open));
    return Must(Call<v1::ListMyMentionsResponse>(who, "MentionService/ListMyMentions", request))
        .mentions_size();
  }
};

TEST_CASE_METHOD(Fixture, "who keeps order mends a post, the first one of a topic, too") {
  clock.Advance(absl::Minutes(5));
  for (const v1::Post& each : {first, post}) {
    const v1::Post mended = Moderate(each, "See <https://new.example>.");
    CHECK(mended.markdown() == "See <https://new.example>.");
    CHECK(mended.author() == resources::Name(ada));
    CHECK(mended.moderated());
    CHECK(mended.number() == each.number());
    CHECK(mended.etag() != each.etag());
    CHECK(mended.edit_time().seconds() == absl::ToUnixSeconds(clock.Now()));
    CHECK(Must(GetPost(eve, each.name())).SerializeAsString() == mended.SerializeAsString());
    CHECK(PostsOf(eve, topic.name())[each.number() - 1].SerializeAsString() ==
          mended.SerializeAsString());
  }
  CHECK(Logged(change::v1::KIND_POST_UPDATED) == "2");
}

TEST_CASE_METHOD(Fixture, "the history of a post tells which edits were not its author's") {
  Edit(post, "See https://older.example.");
  Moderate(post, "See https://new.example.");
  const auto history = HistoryOf(post);
  REQUIRE(history.size() == 2);
  CHECK(history[0].moderated());
  CHECK(history[0].markdown() == "See https://older.example.");
  CHECK_FALSE(history[1].moderated());
}

TEST_CASE_METHOD(Fixture, "an author is told why its post was edited, and not by whom") {
  Moderate(post, "See https://new.example.");
  const auto mine = Mine(ada);
  REQUIRE(mine.removals_size() == 1);
  const v1::Removal& told = mine.removals(0);
  CHECK(told.resource() == post.name());
  CHECK(told.reason() == "The link was broken.");
  CHECK(told.edited());
  CHECK_FALSE(told.forgotten());
  CHECK(told.remover().empty());
  CHECK(told.markdown().empty());
  CHECK(InOpen().removals(0).remover() == resources::Name(ben));
}

TEST_CASE_METHOD(Fixture, "an author is told nothing of a post that says what it did") {
  clock.Advance(absl::Minutes(5));
  CHECK(Moderate(post, post.markdown()).SerializeAsString() == post.SerializeAsString());
  CHECK(Mine(ada).removals_size() == 0);
  CHECK(HistoryOf(post).empty());
  CHECK(Logged(change::v1::KIND_POST_UPDATED) == "0");
}

TEST_CASE_METHOD(Fixture, "a post that its author edits again is its own again") {
  const v1::Post mended = Moderate(post, "See https://new.example.");
  // Saving what stands makes it nobody else's.
  CHECK(Edit(post, mended.markdown()).moderated());
  CHECK_FALSE(Edit(post, "See https://newer.example.").moderated());
  CHECK_FALSE(Must(GetPost(eve, post.name())).moderated());
}

TEST_CASE_METHOD(Fixture, "who keeps order edits its own post as its author") {
  const v1::Post own = Post(ben, topic.name(), "Rye.");
  CHECK_FALSE(Moderate(own, "Spelt.").moderated());
  CHECK_FALSE(HistoryOf(own)[0].moderated());
  CHECK_FALSE(Moderate(post, post.markdown()).moderated());
}

TEST_CASE_METHOD(MentionFixture, "what who keeps order writes mentions as if its author wrote it") {
  Edit(post, "Ask " + At(ben) + "!");
  CHECK(MentionsOf(ben) == 1);
  Moderate(post, "Please ask " + At(ben) + ", " + At(eve) + " or " + At(ada) + ".");
  CHECK(MentionsOf(ben) == 1);
  CHECK(MentionsOf(eve) == 1);
  CHECK(MentionsOf(ada) == 0);
  Moderate(post, "Please ask somebody, [all](members/everyone).");
  CHECK(MentionsOf(eve) == 0);
  CHECK(database.Ask("SELECT author_id FROM mentions") == ada.ToString());
}

TEST_CASE_METHOD(Fixture, "a post is found by what it says now") {
  SearchIndexer indexer{*database};
  const auto found = [&](const std::string& query) {
    while (Must(indexer.RunOnce(clock.Now())) > 0) {
    }
    v1::SearchPostsRequest request;
    request.set_query(query);
    request.add_communities(resources::Name(open));
    return Must(Call<v1::SearchPostsResponse>(eve, "PostSearchService/SearchPosts", request))
        .results_size();
  };
  const v1::Post rye = Post(ada, topic.name(), "rye");
  CHECK(found("rye") == 1);
  Moderate(rye, "spelt");
  CHECK(found("spelt") == 1);
  CHECK(found("rye") == 0);
}

TEST_CASE_METHOD(Fixture, "a post is edited for a reason by who keeps order, as it was read") {
  for (const MemberId who : {ada, eve}) {
    CHECK(Is(Moderate(who, Moderation(post.name(), "Mine.")).status(),
             policy_reasons::kNotPermitted));
  }
  auto request = Moderation(post.name(), "See https://new.example.");
  request.mutable_post()->set_etag("\"stale\"");
  CHECK(Is(Moderate(ben, request).status(), policy_reasons::kEtagStale));
  request.mutable_post()->set_etag(post.etag());
  CHECK(Moderate(ben, request).ok());
}

TEST_CASE_METHOD(Fixture, "what is no text, no reason and no mask of a text is refused") {
  const auto refused = [&](const v1::ModeratePostRequest& request) {
    return Is(Moderate(ben, request).status(), policy_reasons::kFieldInvalid);
  };
  for (const std::string& text : {std::string(), std::string(" \n"), std::string("\0", 1),
                                  std::string("\xff"), std::string((64 << 10) + 1, 'x')}) {
    CHECK(refused(Moderation(post.name(), text)));
  }
  CHECK(refused(Moderation(topic.name() + "/posts/2", "By number.")));
  for (const std::string& reason : {std::string(), std::string(" "), std::string(501, 'x')}) {
    auto request = Moderation(post.name(), "Text.");
    request.set_reason(reason);
    CHECK(refused(request));
  }
  auto request = Moderation(post.name(), "Text.");
  request.mutable_update_mask()->add_paths("author");
  CHECK(refused(request));
  CHECK(Must(GetPost(eve, post.name())).SerializeAsString() == post.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "a moderation that is repeated gets its first answer") {
  const auto request = Moderation(post.name(), "See https://new.example.");
  const std::string mended = Must(Moderate(ben, request)).SerializeAsString();
  Edit(post, "See https://newer.example.");
  CHECK(Must(Moderate(ben, request)).SerializeAsString() == mended);
  CHECK(Must(GetPost(eve, post.name())).markdown() == "See https://newer.example.");
  CHECK(Mine(ada).removals_size() == 1);
}

TEST_CASE_METHOD(Fixture, "an edited post is removed and brought back like others") {
  Moderate(post, "Buy my flour!");
  v1::RestorePostRequest back;
  back.set_name(post.name());
  back.set_request_id(NewRequestId());
  // It stands: there is nothing to take back.
  CHECK(Is(Call<v1::Post>(ben, "ModerationService/RestorePost", back).status(),
           reasons::kNotRemoved));
  v1::RemovePostRequest remove;
  remove.set_name(post.name());
  remove.set_reason("No adverts.");
  remove.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", remove));
  CHECK_FALSE(Must(GetPost(eve, post.name())).moderated());
  CHECK(Is(Moderate(ben, Moderation(post.name(), "x")).status(), policy_reasons::kNotFound));
  const v1::Post restored = Must(Call<v1::Post>(ben, "ModerationService/RestorePost", back));
  CHECK(restored.markdown() == "Buy my flour!");
  CHECK(restored.moderated());
}

TEST_CASE_METHOD(Fixture, "of an author and who keeps order, one edits what both have read") {
  for (int round = 0; round < 5; ++round) {
    const v1::Post read = Must(GetPost(ada, post.name()));
    auto edit = EditRequest(read, "author " + std::to_string(round));
    auto order = Moderation(read.name(), "order " + std::to_string(round));
    edit.mutable_post()->set_etag(read.etag());
    order.mutable_post()->set_etag(read.etag());
    absl::Status edited, ordered;
    std::thread author([&] { edited = Call<v1::Post>(ada, "UpdatePost", edit).status(); });
    std::thread moderator([&] { ordered = Moderate(ben, order).status(); });
    author.join();
    moderator.join();
    CHECK(edited.ok() != ordered.ok());
    CHECK(Is(edited.ok() ? ordered : edited, policy_reasons::kEtagStale));
    CHECK(Must(GetPost(eve, post.name())).moderated() == ordered.ok());
  }
}

}  // namespace
}  // namespace guildhall::discussions
