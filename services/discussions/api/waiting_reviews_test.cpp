// The reviews of many communities in one queue, and how many there are.
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

using Names = std::vector<std::string>;

// Ben keeps order in two of three communities.
struct Fixture : ApiFixture {
  Fixture() {
    for (const CommunityId place : {open, secret}) facts.SetRole(place, ben, Role::kModerator);
  }

  // A post of Ada's that somebody flags.
  std::string Flagged(CommunityId where, const std::string& title = "Bread") {
    clock.Advance(absl::Seconds(1));
    const std::string post = Post(ada, Open(ada, where, title).name(), "Buy my flour!").name();
    Flag(ben, post);
    return post;
  }
  void Flag(MemberId who, const std::string& post) {
    v1::CreateFlagRequest request;
    request.set_parent(post);
    request.mutable_flag()->set_kind(v1::FLAG_KIND_SPAM);
    request.set_request_id(NewRequestId());
    Must(Call<v1::Flag>(who, "FlagService/CreateFlag", request));
  }
  void Dismiss(MemberId who, const std::string& post) {
    v1::DismissFlagsRequest request;
    request.set_name(post);
    request.set_request_id(NewRequestId());
    Must(Call<v1::DismissFlagsResponse>(who, "FlagService/DismissFlags", request));
  }
  absl::StatusOr<v1::ListWaitingReviewsResponse> List(MemberId who, const Names& communities,
                                                      const std::string& token = "", int size = 0) {
    v1::ListWaitingReviewsRequest request;
    for (const std::string& each : communities) request.add_communities(each);
    request.set_page_token(token);
    request.set_page_size(size);
    return Call<v1::ListWaitingReviewsResponse>(who, "FlagService/ListWaitingReviews", request);
  }
  // All pages.
  Names All(MemberId who, int size = 10) {
    Names posts;
    std::string token;
    do {
      const auto page = Must(List(who, everywhere, token, size));
      CHECK(page.reviews_size() <= size);
      for (const v1::Review& review : page.reviews()) posts.push_back(review.post());
      token = page.next_page_token();
    } while (!token.empty());
    return posts;
  }
  absl::StatusOr<v1::BatchGetReviewCountsResponse> TryToCount(MemberId who,
                                                              const Names& communities) {
    v1::BatchGetReviewCountsRequest request;
    for (const std::string& each : communities) request.add_communities(each);
    return Call<v1::BatchGetReviewCountsResponse>(who, "FlagService/BatchGetReviewCounts", request);
  }
  // As "community:count" for each that is told.
  Names Counts(MemberId who) {
    Names told;
    const auto counted = Must(TryToCount(who, everywhere));
    for (const v1::ReviewCount& each : counted.review_counts()) {
      told.push_back(each.community() + ":" + std::to_string(each.review_count()));
    }
    return told;
  }

  const std::string in_open = resources::Name(open), in_closed = resources::Name(closed),
                    in_secret = resources::Name(secret);
  const Names everywhere = {in_open, in_closed, in_secret};
};

TEST_CASE_METHOD(Fixture, "who keeps order in many communities has one queue, longest wait first") {
  const std::string first = Flagged(open), second = Flagged(secret), third = Flagged(open);
  Flagged(closed);
  CHECK(All(ben) == Names{first, second, third});
  CHECK(Counts(ben) == Names{in_open + ":2", in_secret + ":1"});
  Flag(eve, first);
  Dismiss(ben, second);
  CHECK(All(ben) == Names{first, third});
  CHECK(Counts(ben) == Names{in_open + ":2", in_secret + ":0"});
}

TEST_CASE_METHOD(Fixture, "a review says where it is, and what its community's queue says of it") {
  Flagged(secret, "Flour");
  const auto page = Must(List(ben, everywhere));
  REQUIRE(page.reviews_size() == 1);
  CHECK(page.reviews(0).community() == in_secret);
  v1::ListReviewsRequest request;
  request.set_parent(in_secret);
  const auto queue = Must(Call<v1::ListReviewsResponse>(ben, "FlagService/ListReviews", request));
  REQUIRE(queue.reviews_size() == 1);
  CHECK(page.reviews(0).SerializeAsString() == queue.reviews(0).SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "pages of any size hold each review once, also of one moment") {
  facts.SetRole(closed, ben, Role::kModerator);
  Names posts;
  for (int n = 0; n < 9; ++n) {
    posts.push_back(Flagged(n % 3 == 0 ? secret : n % 3 == 1 ? closed : open));
    if (n % 3 == 2) Flag(eve, posts.back());
  }
  database.Run("UPDATE flags SET create_time = date_bin('3 s', create_time, 'epoch')");
  const Names all = All(ben, 30);
  CHECK(std::set<std::string>(all.begin(), all.end()) ==
        std::set<std::string>(posts.begin(), posts.end()));
  for (const int size : {1, 2, 4, 8, 9}) CHECK(All(ben, size) == all);
}

TEST_CASE_METHOD(Fixture, "the queue goes on where it was, whatever is decided meanwhile") {
  const std::string first = Flagged(open), second = Flagged(secret), third = Flagged(open);
  const auto page = Must(List(ben, everywhere, "", 1));
  Dismiss(ben, first);
  Dismiss(ben, second);
  Flagged(secret);
  const auto rest = Must(List(ben, everywhere, page.next_page_token(), 1));
  REQUIRE(rest.reviews_size() == 1);
  CHECK(rest.reviews(0).post() == third);
}

TEST_CASE_METHOD(Fixture, "where one keeps no order nothing waits, there or not") {
  const std::string here = Flagged(open);
  Flagged(closed);
  Flagged(secret);
  facts.SetRole(secret, ben, Role::kMember);
  const std::string never = resources::Name(CommunityId(Numbered(99)));
  CHECK(All(ben) == Names{here});
  CHECK(Must(List(ben, {in_open, in_secret})).SerializeAsString() ==
        Must(List(ben, {in_open, never})).SerializeAsString());
  CHECK(Must(TryToCount(ben, {in_secret, in_open})).SerializeAsString() ==
        Must(TryToCount(ben, {never, in_open})).SerializeAsString());
  for (const MemberId who : {ada, eve}) {
    CHECK(Must(List(who, everywhere)).ByteSizeLong() == 0);
    CHECK(Must(TryToCount(who, everywhere)).ByteSizeLong() == 0);
  }
}

TEST_CASE_METHOD(Fixture, "whoever keeps order no more is told nothing with the next page") {
  Flagged(open);
  Flagged(secret);
  Flagged(open);
  const auto page = Must(List(ben, everywhere, "", 1));
  facts.SetRole(open, ben, Role::kMember);
  const auto rest = Must(List(ben, everywhere, page.next_page_token(), 1));
  REQUIRE(rest.reviews_size() == 1);
  CHECK(rest.reviews(0).community() == in_secret);
  CHECK(rest.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "a review moves with its topic into the queue of who keeps order there") {
  const v1::Topic topic = Open(ada, closed);
  Flag(ada, Post(ben, topic.name()).name());
  CHECK(All(ben).empty());
  Move(topic.name(), open);
  facts.SetRole(closed, ben, Role::kMember);
  const auto page = Must(List(ben, everywhere));
  REQUIRE(page.reviews_size() == 1);
  CHECK(page.reviews(0).community() == in_open);
  // Who wrote the post is not told who flagged it.
  CHECK(page.reviews(0).flags_size() == 0);
}

TEST_CASE_METHOD(Fixture, "removed posts wait no more") {
  const std::string post = Flagged(open);
  v1::RemovePostRequest request;
  request.set_name(post);
  request.set_reason("No adverts.");
  request.set_request_id(NewRequestId());
  Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", request));
  CHECK(All(ben).empty());
  CHECK(Counts(ben) == Names{in_open + ":0", in_secret + ":0"});
}

TEST_CASE_METHOD(Fixture, "a hundred reviews mean a hundred or more") {
  const auto add = [&](int count) {
    database.Run(
        "INSERT INTO flags (id, community_id, topic_id, post_id, member_id, create_time, kind, "
        "opens_review, text) SELECT gen_random_uuid(), '" +
        open.ToString() + "', gen_random_uuid(), gen_random_uuid(), '" + eve.ToString() +
        "', now(), 1, true, '' FROM generate_series(1, " + std::to_string(count) + ")");
  };
  add(99);
  CHECK(Counts(ben)[0] == in_open + ":99");
  add(2);
  CHECK(Counts(ben)[0] == in_open + ":100");
}

TEST_CASE_METHOD(Fixture, "queues of many take 100 communities, and their own tokens") {
  Flagged(open);
  Flagged(secret);
  CHECK(List(ben, Names(100, in_open)).ok());
  CHECK(Must(List(ben, {})).ByteSizeLong() == 0);
  CHECK(Must(TryToCount(ben, {in_open, in_open})).review_counts_size() == 2);
  for (const Names& wrong : {Names(101, in_open), Names{"communities/one"}}) {
    CHECK(Is(List(ben, wrong).status(), policy_reasons::kFieldInvalid));
    CHECK(Is(TryToCount(ben, wrong).status(), policy_reasons::kFieldInvalid));
  }
  const std::string token = Must(List(ben, everywhere, "", 1)).next_page_token();
  REQUIRE_FALSE(token.empty());
  facts.SetRole(open, eve, Role::kModerator);
  CHECK(Is(List(eve, everywhere, token, 1).status(), policy_reasons::kPageTokenInvalid));
  CHECK(Is(List(ben, {in_open}, token, 1).status(), policy_reasons::kPageTokenInvalid));
}

}  // namespace
}  // namespace guildhall::discussions
