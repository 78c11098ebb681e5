#include <atomic>
#include <thread>

#include "services/discussions/api/api_fixture.h"
#include "services/discussions/workers/post_reconciler.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name());

  v1::CreateReactionRequest To(const std::string& name, v1::ReactionKind kind) {
    v1::CreateReactionRequest request;
    request.set_parent(name);
    request.mutable_reaction()->set_kind(kind);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Reaction> React(MemberId who, const v1::CreateReactionRequest& request) {
    return Call<v1::Reaction>(who, "ReactionService/CreateReaction", request);
  }
  absl::StatusOr<v1::Reaction> React(MemberId who, v1::ReactionKind kind) {
    return React(who, To(post.name(), kind));
  }
  absl::Status TakeBack(MemberId who, v1::ReactionKind kind) {
    v1::DeleteReactionRequest request;
    request.set_parent(post.name());
    request.set_kind(kind);
    request.set_request_id(NewRequestId());
    return Call<v1::DeleteReactionResponse>(who, "ReactionService/DeleteReaction", request)
        .status();
  }
  // "kind:count" of each kind that the post shows.
  std::string Shown() {
    const v1::Post seen = Must(GetPost(eve, post.name()));
    std::string shown;
    for (const v1::ReactionCount& each : seen.reaction_counts()) {
      shown += (shown.empty() ? "" : " ") + std::to_string(each.kind()) + ":" +
               std::to_string(each.count());
    }
    return shown;
  }
  absl::StatusOr<v1::BatchGetReactionsResponse> Own(MemberId who,
                                                    const std::vector<std::string>& posts) {
    v1::BatchGetReactionsRequest request;
    for (const std::string& name : posts) request.add_posts(name);
    return Call<v1::BatchGetReactionsResponse>(who, "ReactionService/BatchGetReactions", request);
  }
  absl::StatusOr<v1::ListReactionsResponse> List(MemberId who, const std::string& token = "",
                                                 int size = 0) {
    v1::ListReactionsRequest request;
    request.set_parent(post.name());
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListReactionsResponse>(who, "ReactionService/ListReactions", request);
  }
};

TEST_CASE_METHOD(Fixture, "a post shows how many react to it, by kind") {
  const v1::Reaction reaction = Must(React(ben, v1::REACTION_KIND_THANKS));
  CHECK(reaction.post() == post.name());
  CHECK(reaction.member() == resources::Name(ben));
  Must(React(ada, v1::REACTION_KIND_THANKS));
  Must(React(ada, v1::REACTION_KIND_SAD));
  CHECK(Shown() == "2:2 6:1");
  CHECK(Must(GetPost(eve, post.name())).etag() == post.etag());
}

TEST_CASE_METHOD(Fixture, "who reacts twice alike reacts once, since the first time") {
  const v1::Reaction first = Must(React(ben, v1::REACTION_KIND_LIKE));
  clock.Advance(absl::Minutes(1));
  CHECK(Must(React(ben, v1::REACTION_KIND_LIKE)).SerializeAsString() == first.SerializeAsString());
  CHECK(Shown() == "1:1");
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 52") == "1");
}

TEST_CASE_METHOD(Fixture, "a reaction is taken back, and only one's own") {
  Must(React(ben, v1::REACTION_KIND_LIKE));
  CHECK(TakeBack(ada, v1::REACTION_KIND_LIKE).ok());
  CHECK(TakeBack(ben, v1::REACTION_KIND_SAD).ok());
  CHECK(Shown() == "1:1");
  CHECK(TakeBack(ben, v1::REACTION_KIND_LIKE).ok());
  CHECK(Shown().empty());
  CHECK(TakeBack(ben, v1::REACTION_KIND_LIKE).ok());
  CHECK(database.Ask("SELECT count(*) FROM change_log WHERE kind = 52") == "2");
}

TEST_CASE_METHOD(Fixture,
                 "a reaction that was counted wrong is taken back all the same, and mended") {
  Must(React(ben, v1::REACTION_KIND_LIKE));
  Must(React(ada, v1::REACTION_KIND_SAD));
  database.Run("UPDATE posts SET reaction_counts = NULL");
  CHECK(TakeBack(ben, v1::REACTION_KIND_LIKE).ok());
  CHECK(Shown().empty());
  CHECK(*PostReconciler(*database).RunOnce(clock.Now()) == 1);
  CHECK(Shown() == "6:1");
}

TEST_CASE_METHOD(Fixture, "a request to react that is repeated does not react again") {
  const auto request = To(post.name(), v1::REACTION_KIND_LIKE);
  Must(React(ben, request));
  CHECK(TakeBack(ben, v1::REACTION_KIND_LIKE).ok());
  Must(React(ben, request));
  CHECK(Shown().empty());
}

TEST_CASE_METHOD(Fixture, "members react, and readers see it") {
  CHECK(Is(React(eve, v1::REACTION_KIND_LIKE).status(), policy_reasons::kNotPermitted));
  CHECK(Is(TakeBack(eve, v1::REACTION_KIND_LIKE), policy_reasons::kNotPermitted));
  Must(React(ben, v1::REACTION_KIND_LIKE));
  CHECK(Must(List(eve)).reactions_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a reaction is of a kind of the contract, to a post by its id") {
  CHECK(Is(React(ben, v1::REACTION_KIND_UNSPECIFIED).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(React(ben, static_cast<v1::ReactionKind>(7)).status(), policy_reasons::kFieldInvalid));
  CHECK(Is(React(ben, To(topic.name() + "/posts/2", v1::REACTION_KIND_LIKE)).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "a deleted post takes no reactions and shows none") {
  Must(React(ben, v1::REACTION_KIND_LIKE));
  v1::DeletePostRequest request;
  request.set_name(post.name());
  request.set_request_id(NewRequestId());
  Must(Call<v1::DeletePostResponse>(ada, "DeletePost", request));
  CHECK(Shown().empty());
  CHECK(Must(List(eve)).reactions_size() == 0);
  CHECK(Must(Own(ben, {post.name()})).reactions_size() == 0);
  CHECK(Is(React(ben, v1::REACTION_KIND_SAD).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "who reacted is listed member by member, in pages") {
  for (const MemberId who : {ben, ada}) {
    Must(React(who, v1::REACTION_KIND_SAD));
    Must(React(who, v1::REACTION_KIND_LIKE));
  }
  std::vector<std::pair<std::string, int>> seen;
  std::string token;
  do {
    const auto page = Must(List(eve, token, 1));
    REQUIRE(page.reactions_size() == 1);
    seen.emplace_back(page.reactions(0).member(), page.reactions(0).kind());
    token = page.next_page_token();
  } while (!token.empty());
  CHECK(seen == std::vector<std::pair<std::string, int>>{{resources::Name(ada), 1},
                                                         {resources::Name(ada), 6},
                                                         {resources::Name(ben), 1},
                                                         {resources::Name(ben), 6}});
}

TEST_CASE_METHOD(Fixture, "one's own reactions are told for posts that one may read") {
  const v1::Post second = Post(ada, topic.name());
  const v1::Post hidden = Post(ben, Open(ada, secret).name());
  Must(React(ben, v1::REACTION_KIND_SAD));
  Must(React(ben, v1::REACTION_KIND_LIKE));
  Must(React(ada, To(second.name(), v1::REACTION_KIND_LIKE)));
  Must(React(ben, To(hidden.name(), v1::REACTION_KIND_LAUGH)));
  const std::string unknown = resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)));
  const std::vector<std::string> asked = {hidden.name(), unknown, second.name(), post.name()};
  const auto own = Must(Own(ben, asked));
  REQUIRE(own.reactions_size() == 2);
  CHECK(own.reactions(0).post() == hidden.name());
  CHECK(own.reactions(1).post() == post.name());
  CHECK(own.reactions(1).kinds_size() == 2);
  CHECK(own.reactions(1).kinds(0) == v1::REACTION_KIND_LIKE);
  facts.SetRole(secret, ben, Role::kNone);
  CHECK(Must(Own(ben, asked)).reactions_size() == 1);
  CHECK(Must(Own(eve, asked)).reactions_size() == 0);
  CHECK(Is(Own(ben, std::vector<std::string>(201, post.name())).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "counts equal a recount after many members react at once") {
  // Not on the test's own thread: nothing is asserted there.
  constexpr int kMembers = 32;
  for (int n = 0; n < kMembers; ++n)
    facts.SetRole(open, MemberId(Numbered(200 + n)), Role::kMember);
  std::vector<std::thread> members;
  std::atomic<int> failed{0};
  for (int n = 0; n < kMembers; ++n) {
    members.emplace_back([&, n] {
      const MemberId who(Numbered(200 + n));
      const auto insist = [&](auto request, auto call) {
        for (int attempt = 0; attempt < 100; ++attempt) {
          if (call(request).ok()) return;
        }
        ++failed;
      };
      for (const auto kind : {v1::REACTION_KIND_LIKE, v1::REACTION_KIND_SAD}) {
        insist(To(post.name(), kind), [&](const auto& request) { return React(who, request); });
      }
      if (n % 2 == 0) return;
      v1::DeleteReactionRequest back;
      back.set_parent(post.name());
      back.set_kind(v1::REACTION_KIND_LIKE);
      back.set_request_id(NewRequestId());
      insist(back, [&](const auto& request) {
        return Call<v1::DeleteReactionResponse>(who, "ReactionService/DeleteReaction", request);
      });
    });
  }
  for (std::thread& member : members) member.join();
  CHECK(failed == 0);
  CHECK(Shown() == "1:16 6:32");
  CHECK(*PostReconciler(*database).RunOnce(clock.Now()) == 0);
}

}  // namespace
}  // namespace guildhall::discussions
