// Flags, the queue of reviews, and what those who flagged are told.
#include <thread>

#include "libs/testing/eventually.h"
#include "services/discussions/api/api_fixture.h"
#include "services/discussions/store/topic_writes.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  Fixture() {
    for (const CommunityId place : {open, secret}) facts.SetRole(place, ben, Role::kModerator);
  }

  v1::Topic topic = Open(ada, open);
  v1::Post post = Post(ada, topic.name(), "Buy my flour!");

  v1::CreateFlagRequest Spam(const std::string& name) {
    v1::CreateFlagRequest request;
    request.set_parent(name);
    request.mutable_flag()->set_kind(v1::FLAG_KIND_SPAM);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Flag> Create(MemberId who, const v1::CreateFlagRequest& request) {
    return Call<v1::Flag>(who, "FlagService/CreateFlag", request);
  }
  absl::StatusOr<v1::Flag> Flag(MemberId who) { return Create(who, Spam(post.name())); }
  v1::ListMyFlagsResponse Mine(MemberId who) {
    return Must(
        Call<v1::ListMyFlagsResponse>(who, "FlagService/ListMyFlags", v1::ListMyFlagsRequest()));
  }
  v1::Flag OnlyOf(MemberId who) {
    const auto mine = Mine(who);
    REQUIRE(mine.flags_size() == 1);
    return mine.flags(0);
  }
  absl::StatusOr<v1::ListReviewsResponse> Reviews(MemberId who, CommunityId where,
                                                  const std::string& token = "", int size = 0) {
    v1::ListReviewsRequest request;
    request.set_parent(resources::Name(where));
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListReviewsResponse>(who, "FlagService/ListReviews", request);
  }
  absl::StatusOr<v1::ListDecidedReviewsResponse> Decided(MemberId who, CommunityId where,
                                                         const std::string& token = "",
                                                         int size = 0) {
    v1::ListDecidedReviewsRequest request;
    request.set_parent(resources::Name(where));
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListDecidedReviewsResponse>(who, "FlagService/ListDecidedReviews", request);
  }
  absl::Status Withdraw(MemberId who, const std::string& name) {
    v1::DeleteFlagRequest request;
    request.set_post(name);
    return Call<v1::DeleteFlagResponse>(who, "FlagService/DeleteFlag", request).status();
  }
  v1::DismissFlagsRequest Dismissal() {
    v1::DismissFlagsRequest request;
    request.set_name(post.name());
    request.set_note("A baker may say so.");
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Dismiss(MemberId who, const v1::DismissFlagsRequest& request) {
    return Call<v1::DismissFlagsResponse>(who, "FlagService/DismissFlags", request).status();
  }
  absl::Status Dismiss(MemberId who) { return Dismiss(who, Dismissal()); }
  void Edit(const std::string& markdown) {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown(markdown);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    post = Must(Call<v1::Post>(ada, "UpdatePost", request));
  }
  template <typename Request>
  Request Naming(const std::string& name) {
    Request request;
    request.set_name(name);
    request.set_request_id(NewRequestId());
    return request;
  }
};

TEST_CASE_METHOD(Fixture, "a flagged post waits in its community's queue until it is dismissed") {
  const v1::Flag flag = Must(Flag(eve));
  CHECK(flag.post() == post.name());
  CHECK(flag.member() == resources::Name(eve));
  const auto queue = Must(Reviews(ben, open));
  REQUIRE(queue.reviews_size() == 1);
  CHECK(queue.reviews(0).post() == post.name());
  CHECK(queue.reviews(0).title() == "Bread");
  CHECK(queue.reviews(0).author() == resources::Name(ada));
  CHECK(queue.reviews(0).markdown() == "Buy my flour!");
  CHECK(queue.reviews(0).etag() == post.etag());
  REQUIRE(queue.reviews(0).flags_size() == 1);
  CHECK(queue.reviews(0).flags(0).SerializeAsString() == flag.SerializeAsString());
  CHECK(OnlyOf(eve).SerializeAsString() == flag.SerializeAsString());

  REQUIRE(Dismiss(ben).ok());
  CHECK(Must(Reviews(ben, open)).reviews_size() == 0);
  CHECK(OnlyOf(eve).outcome() == v1::FLAG_OUTCOME_DISMISSED);
  CHECK(OnlyOf(eve).note() == "A baker may say so.");
  CHECK(OnlyOf(eve).has_decide_time());
  CHECK(Is(Dismiss(ben), reasons::kNoFlags));
  CHECK(Must(GetPost(eve, post.name())).markdown() == "Buy my flour!");
}

TEST_CASE_METHOD(Fixture, "a flag is withdrawn until it is decided") {
  Must(Flag(eve));
  REQUIRE(Withdraw(eve, post.name()).ok());
  CHECK(Mine(eve).flags_size() == 0);
  CHECK(Must(Reviews(ben, open)).reviews_size() == 0);
  CHECK(Withdraw(eve, post.name()).ok());
  Must(Flag(eve));
  REQUIRE(Dismiss(ben).ok());
  CHECK(Withdraw(eve, post.name()).ok());
  CHECK(OnlyOf(eve).outcome() == v1::FLAG_OUTCOME_DISMISSED);
}

TEST_CASE_METHOD(Fixture, "the review of a post goes on with the flags of others") {
  Must(Flag(eve));
  clock.Advance(absl::Seconds(1));
  Must(Flag(ben));
  REQUIRE(Withdraw(eve, post.name()).ok());
  const auto queue = Must(Reviews(ben, open));
  REQUIRE(queue.reviews_size() == 1);
  REQUIRE(queue.reviews(0).flags_size() == 1);
  CHECK(queue.reviews(0).flags(0).member() == resources::Name(ben));
  CHECK(Withdraw(ada, post.name()).ok());
  CHECK(Must(Reviews(ben, open)).reviews_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a flag is withdrawn where its member may not read any more") {
  const v1::Post hidden = Post(ada, Open(ada, secret).name());
  Must(Create(ben, Spam(hidden.name())));
  facts.SetRole(secret, ben, Role::kNone);
  const std::string never = resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)));
  CHECK(Told(Withdraw(ben, hidden.name())) == Told(Withdraw(ben, never)));
  CHECK(database.Ask("SELECT count(*) FROM flags") == "0");
  CHECK(Is(Withdraw(ben, topic.name()), policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture, "whoever has no flag there waits for nobody") {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  REQUIRE(database
              ->Transact(context,
                         [&](postgres::Work& work) -> absl::Status {
                           GUILDHALL_TRY(
                               LockTopic(work, *resources::ParseTopic("", topic.name())).status());
                           return Withdraw(eve, post.name());
                         })
              .ok());
}

TEST_CASE_METHOD(Fixture, "a flag is withdrawn in order with what happens where its post went") {
  Must(Flag(eve));
  const auto id = [](const v1::Topic& of) { return *resources::ParseTopic("", of.name()); };
  const TopicId from = id(topic), into = id(Open(ada, open));
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  std::thread withdrawing;
  absl::Status withdrawn;
  bool waited = false;
  const absl::Status held = database->Transact(context, [&](postgres::Work& work) {
    GUILDHALL_TRY(LockTopic(work, into).status());
    // As a split does.
    const absl::Status split = database->Transact(context, [&](postgres::Work& splitting) {
      GUILDHALL_TRY(LockTopic(splitting, from).status());
      withdrawing = std::thread([&] { withdrawn = Withdraw(eve, post.name()); });
      CHECK(testing::Eventually([&] { return database.SomebodyWaits(); }));
      database.Run("UPDATE flags SET topic_id = '" + into.ToString() + "'");
      return absl::OkStatus();
    });
    waited = testing::Eventually([&] { return database.SomebodyWaits(); });
    return split;
  });
  withdrawing.join();
  CHECK(held == absl::OkStatus());
  CHECK(waited);
  CHECK(withdrawn == absl::OkStatus());
  CHECK(database.Ask("SELECT count(*) FROM flags") == "0");
}

TEST_CASE_METHOD(Fixture, "the flags of one post are one review, decided at once") {
  Must(Flag(eve));
  clock.Advance(absl::Seconds(1));
  Must(Flag(ben));
  const auto queue = Must(Reviews(ben, open));
  REQUIRE(queue.reviews_size() == 1);
  REQUIRE(queue.reviews(0).flags_size() == 2);
  CHECK(queue.reviews(0).flags(0).member() == resources::Name(eve));
  REQUIRE(Dismiss(ben).ok());
  for (const MemberId who : {eve, ben}) CHECK(OnlyOf(who).outcome() == v1::FLAG_OUTCOME_DISMISSED);
}

TEST_CASE_METHOD(Fixture, "a review shows twenty flags and is decided with all of them") {
  for (int n = 0; n < 25; ++n) Must(Flag(MemberId(Numbered(100 + n))));
  CHECK(Must(Reviews(ben, open)).reviews(0).flags_size() == 20);
  REQUIRE(Dismiss(ben).ok());
  CHECK(database.Ask("SELECT count(*) FROM flags WHERE outcome = 2") == "25");
}

TEST_CASE_METHOD(Fixture,
                 "whoever removes the post has decided, and the author's reason stays his") {
  Must(Flag(eve));
  auto request = Naming<v1::RemovePostRequest>(post.name());
  request.set_reason("No adverts.");
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", request));
  CHECK(OnlyOf(eve).outcome() == v1::FLAG_OUTCOME_REMOVED);
  CHECK(OnlyOf(eve).note().empty());
  CHECK(Must(Reviews(ben, open)).reviews_size() == 0);
  CHECK(Is(Dismiss(ben), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "a topic that is removed takes the reviews of all its posts along") {
  const v1::Post other = Post(ada, topic.name(), "And my sugar!");
  Must(Flag(eve));
  Must(Create(eve, Spam(other.name())));
  auto request = Naming<v1::RemoveTopicRequest>(topic.name());
  request.set_reason("Adverts.");
  Must(Call<v1::Removal>(ben, "ModerationService/RemoveTopic", request));
  CHECK(Must(Reviews(ben, open)).reviews_size() == 0);
  const auto mine = Mine(eve);
  CHECK(mine.flags_size() == 2);
  for (const v1::Flag& flag : mine.flags()) CHECK(flag.outcome() == v1::FLAG_OUTCOME_REMOVED);
}

TEST_CASE_METHOD(Fixture, "a post is flagged again only when it has been edited since the answer") {
  Must(Flag(eve));
  CHECK(Is(Flag(eve).status(), reasons::kFlagExists));
  REQUIRE(Dismiss(ben).ok());
  CHECK(Is(Flag(eve).status(), reasons::kFlagExists));
  clock.Advance(absl::Seconds(1));
  Edit("Buy my flour! Now!");
  clock.Advance(absl::Seconds(1));
  Must(Flag(eve));
  CHECK(Must(Reviews(ben, open)).reviews_size() == 1);
}

TEST_CASE_METHOD(Fixture, "who decides about what was edited meanwhile is told") {
  Must(Flag(eve));
  auto request = Dismissal();
  request.set_etag(post.etag());
  Edit("Flour is good.");
  CHECK(Is(Dismiss(ben, request), policy_reasons::kEtagStale));
  CHECK(OnlyOf(eve).outcome() == v1::FLAG_OUTCOME_UNSPECIFIED);
}

TEST_CASE_METHOD(Fixture, "nobody flags or dismisses what they wrote") {
  CHECK(Is(Flag(ada).status(), reasons::kOwnPost));
  post = Post(ben, topic.name(), "Mine is cheaper!");
  Must(Flag(ada));
  CHECK(Is(Dismiss(ben), reasons::kOwnPost));
  CHECK(Must(Reviews(ben, open)).reviews(0).flags_size() == 0);
  facts.SetRole(open, eve, Role::kOwner);
  CHECK(Dismiss(eve).ok());
}

TEST_CASE_METHOD(Fixture, "reviews move with their topic, and nobody sees those of elsewhere") {
  Must(Flag(eve));
  Move(topic.name(), secret);
  CHECK(Must(Reviews(ben, open)).reviews_size() == 0);
  CHECK(Must(Reviews(ben, secret)).reviews_size() == 1);
  CHECK(Mine(eve).flags_size() == 0);
  facts.SetRole(open, ada, Role::kModerator);
  CHECK(Is(Reviews(ada, secret).status(), policy_reasons::kNotPermitted));
}

TEST_CASE_METHOD(Fixture,
                 "what was decided is listed, the latest first, with who flagged and why") {
  Must(Flag(eve));
  clock.Advance(absl::Seconds(1));
  Must(Flag(ben));
  clock.Advance(absl::Seconds(1));
  REQUIRE(Dismiss(ben).ok());
  clock.Advance(absl::Seconds(1));
  Edit("Buy my flour! Now!");
  clock.Advance(absl::Seconds(1));
  Must(Flag(eve));
  CHECK(Must(Decided(ben, open)).reviews_size() == 1);
  auto removal = Naming<v1::RemovePostRequest>(post.name());
  removal.set_reason("No adverts.");
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", removal));
  const auto first = Must(Decided(ben, open, "", 1));
  REQUIRE(first.reviews_size() == 1);
  const v1::DecidedReview& removed = first.reviews(0);
  CHECK(removed.outcome() == v1::FLAG_OUTCOME_REMOVED);
  CHECK(removed.flags_size() == 1);
  const auto second = Must(Decided(ben, open, first.next_page_token(), 1));
  CHECK(second.next_page_token().empty());
  REQUIRE(second.reviews_size() == 1);
  const v1::DecidedReview& dismissed = second.reviews(0);
  CHECK(dismissed.post() == post.name());
  CHECK(dismissed.title() == "Bread");
  CHECK(dismissed.author() == resources::Name(ada));
  CHECK(dismissed.outcome() == v1::FLAG_OUTCOME_DISMISSED);
  CHECK(dismissed.decider() == resources::Name(ben));
  CHECK(dismissed.note() == "A baker may say so.");
  REQUIRE(dismissed.flags_size() == 2);
  CHECK(dismissed.flags(0).member() == resources::Name(eve));
  CHECK(dismissed.flags(1).kind() == v1::FLAG_KIND_SPAM);
}

TEST_CASE_METHOD(Fixture,
                 "a decision stays where it was made, without the title of what has gone") {
  Must(Flag(eve));
  REQUIRE(Dismiss(ben).ok());
  Move(topic.name(), secret);
  CHECK(Must(Decided(ben, secret)).reviews_size() == 0);
  const auto here = Must(Decided(ben, open));
  REQUIRE(here.reviews_size() == 1);
  CHECK(here.reviews(0).title().empty());
  CHECK(here.reviews(0).flags_size() == 1);
  facts.SetRole(open, eve, Role::kModerator);
  CHECK(Must(Decided(eve, open)).SerializeAsString() == here.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "who keeps order is not told who flagged what it wrote, decided or not") {
  post = Post(ben, topic.name(), "Mine is cheaper!");
  Must(Flag(ada));
  facts.SetRole(open, eve, Role::kOwner);
  REQUIRE(Dismiss(eve).ok());
  CHECK(Must(Decided(ben, open)).reviews(0).flags_size() == 0);
  CHECK(Must(Decided(eve, open)).reviews(0).flags_size() == 1);
  CHECK(Is(Decided(ada, open).status(), policy_reasons::kNotPermitted));
  facts.SetRole(open, ada, Role::kModerator);
  for (int n = 0; n < 2; ++n) {
    post = Post(ben, topic.name(), "Still cheaper!");
    Must(Flag(ada));
    clock.Advance(absl::Seconds(1));
    REQUIRE(Dismiss(eve).ok());
  }
  CHECK(Is(Decided(ada, open, Must(Decided(eve, open, "", 1)).next_page_token()).status(),
           policy_reasons::kPageTokenInvalid));
}

TEST_CASE_METHOD(Fixture, "the queue is for who keeps order, flags for who may read") {
  CHECK(Is(Reviews(ada, open).status(), policy_reasons::kNotPermitted));
  Must(Flag(eve));
  CHECK(Is(Dismiss(ada), policy_reasons::kNotPermitted));
  const v1::Post hidden = Post(ada, Open(ada, secret).name());
  CHECK(Told(Create(eve, Spam(hidden.name())).status()) == Told(access::NotFound()));
}

TEST_CASE_METHOD(Fixture, "a flag by request id is one flag, and a dismissal one dismissal") {
  const auto request = Spam(post.name());
  const std::string first = Must(Create(eve, request)).SerializeAsString();
  CHECK(Must(Create(eve, request)).SerializeAsString() == first);
  CHECK(database.Ask("SELECT count(*) FROM flags") == "1");
  const auto dismissal = Dismissal();
  REQUIRE(Dismiss(ben, dismissal).ok());
  CHECK(Dismiss(ben, dismissal).ok());
}

TEST_CASE_METHOD(Fixture, "the queue goes on in pages, the one that waits longest first") {
  std::vector<std::string> flagged;
  for (int n = 0; n < 3; ++n) {
    flagged.push_back(Post(ada, topic.name()).name());
    Must(Create(eve, Spam(flagged.back())));
    clock.Advance(absl::Seconds(1));
  }
  std::vector<std::string> seen;
  std::string token;
  do {
    const auto page = Must(Reviews(ben, open, token, 2));
    for (const v1::Review& review : page.reviews()) seen.push_back(review.post());
    token = page.next_page_token();
  } while (!token.empty());
  CHECK(seen == flagged);
}

TEST_CASE_METHOD(Fixture, "fifty flags of one member are under review at a time") {
  database.Run(
      "INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, kind, "
      "opens_review, text) SELECT gen_random_uuid(), gen_random_uuid(), gen_random_uuid(), "
      "gen_random_uuid(), '" +
      eve.ToString() + "', now(), 1, true, '' FROM generate_series(1, 50)");
  CHECK(Is(Flag(eve).status(), reasons::kTooManyFlags));
  CHECK(Flag(ben).ok());
}

TEST_CASE_METHOD(Fixture,
                 "many flag at once: one review; flags beside its decision are in the next") {
  std::vector<std::thread> readers;
  std::vector<v1::CreateFlagRequest> requests;
  for (int n = 0; n < 8; ++n) requests.push_back(Spam(post.name()));
  Must(Flag(eve));
  const auto dismissal = Dismissal();
  for (int n = 0; n < 8; ++n) {
    readers.emplace_back([&, n] {
      (void)Create(MemberId(Numbered(100 + n)), requests[static_cast<std::size_t>(n)]);
    });
  }
  readers.emplace_back([&] { (void)Dismiss(ben, dismissal); });
  for (std::thread& reader : readers) reader.join();
  CHECK(database.Ask("SELECT count(*) FROM flags WHERE decide_time IS NULL AND opens_review") ==
        database.Ask("SELECT least(count(*), 1) FROM flags WHERE decide_time IS NULL"));
}

}  // namespace
}  // namespace guildhall::discussions
