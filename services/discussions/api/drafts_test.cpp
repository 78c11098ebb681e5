#include <atomic>
#include <thread>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;

struct Fixture : ApiFixture {
  const std::string place = resources::Name(open);

  absl::StatusOr<v1::Draft> Store(MemberId who, const std::string& where, const std::string& text,
                                  const std::string& etag = "", const std::string& title = "") {
    v1::UpdateDraftRequest request;
    request.mutable_draft()->set_place(where);
    request.mutable_draft()->set_title(title);
    request.mutable_draft()->set_markdown(text);
    request.mutable_draft()->set_etag(etag);
    return Call<v1::Draft>(who, "DraftService/UpdateDraft", request);
  }
  absl::StatusOr<v1::Draft> Get(MemberId who, const std::string& where) {
    v1::GetDraftRequest request;
    request.set_place(where);
    return Call<v1::Draft>(who, "DraftService/GetDraft", request);
  }
  absl::Status Drop(MemberId who, const std::string& where, const std::string& etag = "") {
    v1::DeleteDraftRequest request;
    request.set_place(where);
    request.set_etag(etag);
    return Call<v1::DeleteDraftResponse>(who, "DraftService/DeleteDraft", request).status();
  }
  absl::StatusOr<v1::ListDraftsResponse> List(MemberId who, const std::string& token = "") {
    v1::ListDraftsRequest request;
    request.set_page_size(2);
    request.set_page_token(token);
    return Call<v1::ListDraftsResponse>(who, "DraftService/ListDrafts", request);
  }
};

TEST_CASE_METHOD(Fixture, "a draft is read back as it was stored, by who stored it") {
  const v1::Draft stored = Must(Store(ben, place, " **rye ", "", " Which"));
  CHECK(stored.title() == " Which");
  CHECK(stored.markdown() == " **rye ");
  CHECK(Must(Get(ben, place)).SerializeAsString() == stored.SerializeAsString());
  CHECK(Is(Get(ada, place).status(), policy_reasons::kNotFound));
  CHECK(Must(List(ada)).drafts_size() == 0);
}

TEST_CASE_METHOD(Fixture, "there is a draft for each place to write in") {
  const std::string topic = Open(ada, open).name();
  const std::string post = Post(ada, topic).name();
  const std::vector<std::string> places = {place, topic, post};
  for (const std::string& each : places) {
    Must(Store(ben, each, "at " + each));
    clock.Advance(absl::Minutes(1));
  }
  for (const std::string& each : places) CHECK(Must(Get(ben, each)).markdown() == "at " + each);
  const auto first = Must(List(ben));
  REQUIRE(first.drafts_size() == 2);
  CHECK(first.drafts(0).place() == post);
  CHECK(first.drafts(1).place() == topic);
  const auto second = Must(List(ben, first.next_page_token()));
  REQUIRE(second.drafts_size() == 1);
  CHECK(second.drafts(0).place() == place);
  CHECK(second.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "an edit is begun beside an answer to the same post") {
  const std::string post = Post(ada, Open(ada, open).name()).name();
  Must(Store(ada, post, "an answer"));
  Must(Store(ada, post + "/revision", "better words"));
  CHECK(Must(Get(ada, post)).markdown() == "an answer");
  const v1::Draft edit = Must(Get(ada, post + "/revision"));
  CHECK(edit.markdown() == "better words");
  CHECK(edit.place() == post + "/revision");
  CHECK(Must(List(ada)).drafts_size() == 2);
  CHECK(Drop(ada, post + "/revision").ok());
  CHECK(Must(Get(ada, post)).markdown() == "an answer");
}

TEST_CASE_METHOD(Fixture, "a draft holds all that a topic or a post is made of, as it was typed") {
  v1::UpdateDraftRequest request;
  v1::Draft& draft = *request.mutable_draft();
  draft.set_place(place);
  draft.set_kind(v1::TOPIC_KIND_POLL);
  draft.add_tags("Sour Dough ");
  draft.add_tags("");
  draft.add_praised_members("members/who");
  draft.mutable_poll()->add_options()->set_text("Rye");
  draft.add_quotes()->set_text("as Ada said");
  v1::Draft stored = Must(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request));
  CHECK(Must(Get(ben, place)).SerializeAsString() == stored.SerializeAsString());
  CHECK(Must(List(ben)).drafts(0).SerializeAsString() == stored.SerializeAsString());
  const std::string etag = stored.etag();
  stored.clear_etag();
  stored.clear_update_time();
  CHECK(stored.SerializeAsString() == draft.SerializeAsString());

  draft.add_tags("rye");
  CHECK(Is(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request).status(),
           policy_reasons::kEtagStale));
  draft.set_etag(etag);
  CHECK(Must(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request)).tags_size() == 3);
  draft.add_tags(std::string(64 << 10, 'x'));
  CHECK(Is(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request).status(),
           policy_reasons::kFieldInvalid));
}

TEST_CASE_METHOD(Fixture,
                 "a draft that praises its author is kept, and refused when it is posted") {
  v1::UpdateDraftRequest request;
  request.mutable_draft()->set_place(place);
  request.mutable_draft()->set_kind(v1::TOPIC_KIND_PRAISE);
  request.mutable_draft()->add_praised_members(resources::Name(ben));
  const v1::Draft draft = Must(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request));
  v1::CreateTopicRequest posted;
  posted.set_parent(place);
  posted.mutable_topic()->set_title("Rye");
  posted.mutable_topic()->set_kind(draft.kind());
  *posted.mutable_topic()->mutable_praised_members() = draft.praised_members();
  posted.set_markdown("Thank me!");
  posted.set_request_id(NewRequestId());
  CHECK(Is(Call<v1::Topic>(ben, "CreateTopic", posted).status(), reasons::kOwnPraise));
}

TEST_CASE_METHOD(Fixture,
                 "what a version stores that knows of text alone is a draft of text alone") {
  v1::UpdateDraftRequest request;
  request.mutable_draft()->set_place(place);
  request.mutable_draft()->add_quotes()->set_text("as Ada said");
  Must(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request));
  database.Run(
      "UPDATE drafts SET title = '', markdown = 'rye', "
      "update_time = update_time + interval '1 microsecond'");
  const v1::Draft bare = Must(Get(ben, place));
  CHECK(bare.markdown() == "rye");
  CHECK(bare.quotes().empty());
  request.mutable_draft()->set_etag(bare.etag());
  CHECK(Must(Call<v1::Draft>(ben, "DraftService/UpdateDraft", request)).quotes_size() == 1);
  CHECK(Must(Get(ben, place)).quotes_size() == 1);
}

TEST_CASE_METHOD(Fixture, "a draft holds no more of anything than a topic or a post") {
  v1::UpdateDraftRequest tags, members, options, quotes;
  for (int n = 0; n < 6; ++n) tags.mutable_draft()->add_tags("rye");
  for (int n = 0; n < 11; ++n) members.mutable_draft()->add_praised_members("members/who");
  for (int n = 0; n < 21; ++n) options.mutable_draft()->mutable_poll()->add_options();
  for (int n = 0; n < 11; ++n) quotes.mutable_draft()->add_quotes();
  for (v1::UpdateDraftRequest* request : {&tags, &members, &options, &quotes}) {
    request->mutable_draft()->set_place(place);
    CHECK(Is(Call<v1::Draft>(ben, "DraftService/UpdateDraft", *request).status(),
             policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "a text is shown as it will look, and nothing is kept of it") {
  v1::GetPreviewRequest request;
  request.set_markdown("**Rye**, says [@Ada](" + resources::Name(ada) + ")");
  const auto preview = Must(Call<v1::Preview>(ben, "DraftService/GetPreview", request));
  v1::CreatePostRequest posting;
  posting.set_parent(Open(ada, open).name());
  posting.mutable_post()->set_markdown(request.markdown());
  posting.set_request_id(NewRequestId());
  CHECK(preview.html() == Must(Call<v1::Post>(ben, "CreatePost", posting)).html());
  CHECK(Must(List(ben)).drafts_size() == 0);
  for (const std::string& refused : {std::string(), std::string("\n "), std::string("a\0b", 3),
                                     std::string((64 << 10) + 1, 'x')}) {
    request.set_markdown(refused);
    CHECK(Is(Call<v1::Preview>(ben, "DraftService/GetPreview", request).status(),
             policy_reasons::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Fixture, "drafts that were stored at the same time come once each, in pages") {
  const std::string topic = Open(ada, open).name();
  const std::multiset<std::string> places = {place, topic, Post(ada, topic).name()};
  for (const std::string& each : places) Must(Store(ben, each, "r"));
  const auto first = Must(List(ben)), second = Must(List(ben, first.next_page_token()));
  std::multiset<std::string> seen;
  for (const auto* page : {&first, &second}) {
    for (const v1::Draft& draft : page->drafts()) seen.insert(draft.place());
  }
  CHECK(seen == places);
}

TEST_CASE_METHOD(Fixture, "two devices do not write over each other") {
  const v1::Draft first = Must(Store(ben, place, "r"));
  CHECK(Is(Store(ben, place, "other").status(), policy_reasons::kEtagStale));
  const v1::Draft second = Must(Store(ben, place, "ry", first.etag()));
  CHECK(second.etag() != first.etag());
  CHECK(Is(Store(ben, place, "other", first.etag()).status(), policy_reasons::kEtagStale));
  CHECK(Is(Drop(ben, place, first.etag()), policy_reasons::kEtagStale));
  CHECK(Must(Get(ben, place)).markdown() == "ry");
}

TEST_CASE_METHOD(Fixture, "storing the same again is answered as it stands") {
  const v1::Draft first = Must(Store(ben, place, "r"));
  const v1::Draft second = Must(Store(ben, place, "ry", first.etag()));
  clock.Advance(absl::Minutes(1));
  CHECK(Must(Store(ben, place, "ry", first.etag())).SerializeAsString() ==
        second.SerializeAsString());
}

TEST_CASE_METHOD(Fixture, "what was thrown away elsewhere does not come back unseen") {
  const v1::Draft draft = Must(Store(ben, place, "r"));
  CHECK(Drop(ben, place, draft.etag()).ok());
  CHECK(Drop(ben, place, draft.etag()).ok());
  CHECK(Is(Get(ben, place).status(), policy_reasons::kNotFound));
  CHECK(Is(Store(ben, place, "ry", draft.etag()).status(), policy_reasons::kEtagStale));
  clock.Advance(absl::Microseconds(1));
  CHECK(Must(Store(ben, place, "ry")).etag() != draft.etag());
  CHECK(Drop(ben, place).ok());
  CHECK(Is(Get(ben, place).status(), policy_reasons::kNotFound));
}

TEST_CASE_METHOD(Fixture, "of many who store at once over the same draft, one does") {
  const v1::Draft first = Must(Store(ben, place, "r"));
  std::atomic<int> stored{0};
  std::vector<std::thread> devices;
  for (int n = 0; n < 8; ++n) {
    devices.emplace_back(
        [&, n] { stored += Store(ben, place, "from " + std::to_string(n), first.etag()).ok(); });
  }
  for (std::thread& device : devices) device.join();
  CHECK(stored == 1);
}

TEST_CASE_METHOD(Fixture, "a draft may be for any place, and tells nothing of it") {
  const std::string hidden = Open(ada, secret).name();
  const std::string never = resources::Name(TopicId(Numbered(99)));
  for (const std::string& where : {hidden, never}) {
    CHECK(Is(Get(eve, where).status(), policy_reasons::kNotFound));
    CHECK(Must(Store(eve, where, "knock")).markdown() == "knock");
    CHECK(Drop(eve, where).ok());
  }
}

TEST_CASE_METHOD(Fixture, "places of different kinds are different, whatever their ids") {
  const std::string topic = resources::Name(TopicId(open.uuid()));
  Must(Store(ben, place, "a topic"));
  CHECK(Is(Get(ben, topic).status(), policy_reasons::kNotFound));
  Must(Store(ben, topic, "a post"));
  CHECK(Drop(ben, topic).ok());
  CHECK(Must(Get(ben, place)).markdown() == "a topic");
}

TEST_CASE_METHOD(Fixture, "drafts are bounded in size and number") {
  CHECK(Is(Store(ben, place, std::string((64 << 10) + 1, 'x')).status(),
           policy_reasons::kFieldInvalid));
  CHECK(Is(Store(ben, "members/me", "x").status(), policy_reasons::kFieldInvalid));
  CHECK(Is(Store(ben, resources::Name(TopicId(Numbered(9))) + "/posts/1", "x").status(),
           policy_reasons::kFieldInvalid));
  const v1::Draft draft = Must(Store(ben, place, "x"));
  database.Run("INSERT INTO drafts SELECT '" + ben.ToString() +
               "', gen_random_uuid(), NULL, now(), 1, '', '' FROM generate_series(1, 99)");
  CHECK(Is(Store(ben, resources::Name(closed), "x").status(), reasons::kTooManyDrafts));
  CHECK(Store(ben, place, "y", draft.etag()).ok());
}

}  // namespace
}  // namespace guildhall::discussions
