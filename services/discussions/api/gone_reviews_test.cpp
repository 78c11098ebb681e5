// Who deletes or edits away what was flagged takes it from readers, and not from who decides.
#include "services/discussions/api/moderating_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ModeratingFixture {
  Fixture() { Flag(post.name()); }

  void Flag(const std::string& name) { Flag(eve, name); }
  void Flag(MemberId who, const std::string& name) {
    v1::CreateFlagRequest request;
    request.set_parent(name);
    request.mutable_flag()->set_kind(v1::FLAG_KIND_ABUSE);
    request.set_request_id(NewRequestId());
    Must(Call<v1::Flag>(who, "FlagService/CreateFlag", request));
  }
  template <typename Request>
  Request Naming(const std::string& name) {
    Request request;
    request.set_name(name);
    request.set_request_id(NewRequestId());
    return request;
  }
  void Delete() {
    Must(Call<v1::DeletePostResponse>(ada, "DeletePost",
                                      Naming<v1::DeletePostRequest>(post.name())));
  }
  void DeleteTopic() {
    Must(Call<v1::DeleteTopicResponse>(ada, "DeleteTopic",
                                       Naming<v1::DeleteTopicRequest>(topic.name())));
  }
  v1::ListReviewsResponse Queue(MemberId who, CommunityId where) {
    v1::ListReviewsRequest request;
    request.set_parent(resources::Name(where));
    return Must(Call<v1::ListReviewsResponse>(who, "FlagService/ListReviews", request));
  }
  v1::Review OnlyReview(CommunityId where) {
    const auto queue = Queue(ben, where);
    REQUIRE(queue.reviews_size() == 1);
    return queue.reviews(0);
  }
  v1::Review OnlyReview() { return OnlyReview(open); }
  absl::Status Dismiss(MemberId who, const std::string& etag = "") {
    auto request = Naming<v1::DismissFlagsRequest>(post.name());
    request.set_note("Thank you.");
    request.set_etag(etag);
    return Call<v1::DismissFlagsResponse>(who, "FlagService/DismissFlags", request).status();
  }
  absl::StatusOr<v1::Removal> Remove(MemberId who, const std::string& etag = "") {
    auto request = Naming<v1::RemovePostRequest>(post.name());
    request.set_reason("No threats.");
    request.set_etag(etag);
    return Call<v1::Removal>(who, "ModerationService/RemovePost", request);
  }
  v1::Flag FlagOf(MemberId who) {
    const auto mine = Must(
        Call<v1::ListMyFlagsResponse>(who, "FlagService/ListMyFlags", v1::ListMyFlagsRequest()));
    REQUIRE(mine.flags_size() == 1);
    return mine.flags(0);
  }
  std::string Kept() { return database.Ask("SELECT count(*) FROM flagged_texts"); }

  const std::string said = "See https://old.example.";
};

TEST_CASE_METHOD(Fixture,
                 "what its author deleted waits on, and who keeps order reads what it was") {
  CHECK(OnlyReview().flagged_texts_size() == 0);
  Delete();
  const v1::Review review = OnlyReview();
  CHECK(review.post() == post.name());
  CHECK(review.title() == "Bread");
  CHECK(review.author() == resources::Name(ada));
  CHECK(review.markdown().empty());
  CHECK(review.has_delete_time());
  REQUIRE(review.flagged_texts_size() == 1);
  CHECK(review.flagged_texts(0).markdown() == said);
  CHECK(review.flagged_texts(0).has_flag_time());
  CHECK(review.flags_size() == 1);
  for (const MemberId who : {ada, ben, eve}) {
    CHECK(Must(GetPost(who, post.name())).markdown().empty());
  }
  CHECK(FlagOf(eve).outcome() == v1::FLAG_OUTCOME_UNSPECIFIED);
}

TEST_CASE_METHOD(Fixture, "what its author deleted waits in the queue of many communities, too") {
  Delete();
  v1::ListWaitingReviewsRequest request;
  request.add_communities(resources::Name(open));
  const auto queue =
      Must(Call<v1::ListWaitingReviewsResponse>(ben, "FlagService/ListWaitingReviews", request));
  REQUIRE(queue.reviews_size() == 1);
  CHECK(queue.reviews(0).SerializeAsString() == OnlyReview().SerializeAsString());
}

TEST_CASE_METHOD(Fixture,
                 "a topic that its author deleted leaves title and text of what was flagged") {
  DeleteTopic();
  const v1::Review review = OnlyReview();
  CHECK(review.title() == "Bread");
  CHECK(review.author() == resources::Name(ada));
  REQUIRE(review.flagged_texts_size() == 1);
  CHECK(review.flagged_texts(0).markdown() == said);
  REQUIRE(Dismiss(ben, review.etag()).ok());
  CHECK(FlagOf(eve).outcome() == v1::FLAG_OUTCOME_DELETED_BY_AUTHOR);
  CHECK(Kept() == "0");
}

TEST_CASE_METHOD(Fixture, "each text that was flagged is kept, whatever its author makes of it") {
  clock.Advance(absl::Seconds(1));
  Edit(post, "See you in the car park.");
  Flag(ben, post.name());
  clock.Advance(absl::Seconds(1));
  Edit(post, "See you.");
  const v1::Review edited = OnlyReview();
  CHECK(edited.markdown() == "See you.");
  REQUIRE(edited.flagged_texts_size() == 2);
  Delete();
  const v1::Review review = OnlyReview();
  REQUIRE(review.flagged_texts_size() == 2);
  CHECK(review.flagged_texts(0).markdown() == said);
  CHECK(review.flagged_texts(1).markdown() == "See you in the car park.");
}

TEST_CASE_METHOD(Fixture, "who dismisses what was deleted brings nothing back") {
  Delete();
  REQUIRE(Dismiss(ben).ok());
  CHECK(Queue(ben, open).reviews_size() == 0);
  CHECK(FlagOf(eve).outcome() == v1::FLAG_OUTCOME_DELETED_BY_AUTHOR);
  CHECK(FlagOf(eve).note() == "Thank you.");
  CHECK(Kept() == "0");
  CHECK(Must(GetPost(ben, post.name())).markdown().empty());
  CHECK(Mine(ada).removals_size() == 0);
  CHECK(Is(Dismiss(ben), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "the author of what was deleted is told why it was to be removed") {
  Delete();
  const v1::Removal removal = Must(Remove(ben));
  CHECK(removal.resource() == post.name());
  CHECK(removal.markdown().empty());
  CHECK(FlagOf(eve).outcome() == v1::FLAG_OUTCOME_REMOVED);
  REQUIRE(Mine(ada).removals_size() == 1);
  CHECK(Mine(ada).removals(0).reason() == "No threats.");
  CHECK(InOpen().removals(0).SerializeAsString() == removal.SerializeAsString());
  CHECK(Kept() == "0");
  auto back = Naming<v1::RestorePostRequest>(post.name());
  CHECK(Is(Call<v1::Post>(ben, "ModerationService/RestorePost", back).status(),
           reasons::kNotRemoved));
  CHECK(Is(Remove(ben).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "also of a topic that its author deleted, which stays deleted") {
  DeleteTopic();
  const auto request = [&] {
    auto naming = Naming<v1::RemovePostRequest>(post.name());
    naming.set_reason("No threats.");
    return naming;
  }();
  const v1::Removal removal = Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", request));
  CHECK(Must(Call<v1::Removal>(ben, "ModerationService/RemovePost", request)).SerializeAsString() ==
        removal.SerializeAsString());
  REQUIRE(Mine(ada).removals_size() == 1);
  CHECK(Mine(ada).removals(0).reason() == "No threats.");
  CHECK(Is(Call<v1::Topic>(ben, "ModerationService/RestoreTopic",
                           Naming<v1::RestoreTopicRequest>(topic.name()))
               .status(),
           policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "who decides about what was deleted meanwhile is told") {
  const std::string etag = OnlyReview().etag();
  Delete();
  CHECK(Is(Dismiss(ben, etag), policy_reasons::kEtagStale));
  CHECK(Is(Remove(ben, etag).status(), policy_reasons::kEtagStale));
  CHECK(Remove(ben, OnlyReview().etag()).ok());
}

TEST_CASE_METHOD(Fixture, "who deleted its own post leaves the decision to others") {
  facts.SetRole(open, ada, Role::kModerator);
  Delete();
  CHECK(Is(Dismiss(ada), reasons::kOwnPost));
  CHECK(Is(Remove(ada).status(), reasons::kOwnPost));
  const auto queue = Queue(ada, open);
  REQUIRE(queue.reviews_size() == 1);
  CHECK(queue.reviews(0).flagged_texts_size() == 0);
  CHECK(queue.reviews(0).flags_size() == 0);
  CHECK(Remove(ben).ok());
}

TEST_CASE_METHOD(Fixture, "what was flagged is kept until a decision, or until nobody flags it") {
  CHECK(Kept() == "1");
  Delete();
  v1::DeleteFlagRequest request;
  request.set_post(post.name());
  Must(Call<v1::DeleteFlagResponse>(eve, "FlagService/DeleteFlag", request));
  CHECK(Kept() == "0");
  CHECK(Queue(ben, open).reviews_size() == 0);
  CHECK(Is(Dismiss(ben), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "what stands and was decided about is kept nowhere else") {
  REQUIRE(Dismiss(ben).ok());
  CHECK(Kept() == "0");
  Delete();
  CHECK(Queue(ben, open).reviews_size() == 0);
}

TEST_CASE_METHOD(Fixture, "what who keeps order removes waits no more, and its removal keeps it") {
  Edit(post, "See you.");
  CHECK(Must(Remove(ben)).markdown() == "See you.");
  CHECK(Kept() == "0");
  CHECK(Queue(ben, open).reviews_size() == 0);
}

TEST_CASE_METHOD(Fixture, "what was had forgotten is forgotten where it was flagged, too") {
  Edit(post, "My password was here.");
  Forget(post);
  CHECK(OnlyReview().flagged_texts_size() == 0);
  CHECK(Kept() == "0");
  Flag(ben, post.name());
  Forget(post);
  Delete();
  REQUIRE(OnlyReview().flagged_texts_size() == 1);
  CHECK(OnlyReview().flagged_texts(0).markdown() == "My password was here.");
}

TEST_CASE_METHOD(Fixture, "who wrote it has nothing forgotten that others decide about") {
  const v1::Post own = Post(ben, topic.name(), "I know where you live.");
  Flag(own.name());
  REQUIRE(Kept() == "2");
  Must(Call<v1::Post>(ben, "UpdatePost", EditRequest(own, "See you.")));
  Must(Forget(ben, Forgetting(own.name())));
  CHECK(Kept() == "2");
}

TEST_CASE_METHOD(Fixture, "what was said elsewhere is read by who keeps order there alone") {
  Edit(post, "See you.");
  Flag(ben, post.name());
  Move(topic.name(), secret);
  Delete();
  const v1::Review there = OnlyReview(secret);
  REQUIRE(there.flagged_texts_size() == 1);
  CHECK(there.flagged_texts(0).markdown() == "See you.");
  Move(topic.name(), open);
  REQUIRE(OnlyReview().flagged_texts_size() == 1);
  CHECK(OnlyReview().flagged_texts(0).markdown() == said);
}

TEST_CASE_METHOD(Fixture, "readers and its author learn nothing of what waits") {
  Delete();
  for (const MemberId who : {ada, eve}) {
    v1::ListReviewsRequest request;
    request.set_parent(resources::Name(open));
    CHECK(Is(Call<v1::ListReviewsResponse>(who, "FlagService/ListReviews", request).status(),
             policy_reasons::kNotPermitted));
    CHECK(Is(Dismiss(who), policy_reasons::kNotPermitted));
  }
  const std::string never = resources::PostName(TopicId(Numbered(98)), PostId(Numbered(99)));
  DeleteTopic();
  auto request = Naming<v1::DismissFlagsRequest>(never);
  CHECK(Told(Dismiss(eve)) ==
        Told(Call<v1::DismissFlagsResponse>(eve, "FlagService/DismissFlags", request).status()));
}

TEST_CASE_METHOD(Fixture,
                 "a page of reviews tells 512 KiB of what was flagged, a smaller one more") {
  const std::string long_text(60'000, 'x');
  for (int n = 0; n < 10; ++n) {
    const v1::Post other = Must(Call<v1::Post>(
        ada, "CreatePost", PostRequest(topic.name(), long_text + std::to_string(n))));
    clock.Advance(absl::Seconds(1));
    Flag(other.name());
    Edit(other, "Nothing.");
  }
  int texts = 0;
  v1::ListReviewsRequest request;
  request.set_parent(resources::Name(open));
  request.set_page_size(30);
  const auto page = Must(Call<v1::ListReviewsResponse>(ben, "FlagService/ListReviews", request));
  for (const v1::Review& review : page.reviews()) texts += review.flagged_texts_size();
  CHECK(texts == 8);
}

}  // namespace
}  // namespace guildhall::discussions
