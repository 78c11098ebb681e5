#include <atomic>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "libs/testing/eventually.h"
#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

namespace policy_reasons = policy::reasons;
using Names = std::vector<std::string>;

struct Fixture : ApiFixture {
  static std::string At(MemberId member) { return "[@x](" + resources::Name(member) + ") "; }
  v1::Post Say(MemberId who, const v1::Topic& topic, const std::string& text) {
    clock.Advance(absl::Seconds(1));
    return Post(who, topic.name(), text);
  }
  absl::Status TryToSay(MemberId who, const v1::Topic& topic, const std::string& text) {
    return Call<v1::Post>(who, "CreatePost", PostRequest(topic.name(), text)).status();
  }
  absl::StatusOr<v1::Post> Edit(MemberId who, const v1::Post& post, const std::string& text) {
    clock.Advance(absl::Seconds(1));
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown(text);
    request.mutable_update_mask()->add_paths("markdown");
    request.set_request_id(NewRequestId());
    return Call<v1::Post>(who, "UpdatePost", request);
  }
  v1::ListMyMentionsResponse List(MemberId who, int page_size = 0, const std::string& token = "") {
    v1::ListMyMentionsRequest request;
    for (const CommunityId place : {open, closed, secret}) {
      request.add_communities(resources::Name(place));
    }
    request.set_page_size(page_size);
    request.set_page_token(token);
    return Must(Call<v1::ListMyMentionsResponse>(who, "MentionService/ListMyMentions", request));
  }
  Names Mentioning(MemberId who) {
    const v1::ListMyMentionsResponse page = List(who);
    Names names;
    for (const v1::Mention& mention : page.mentions()) names.push_back(mention.post());
    return names;
  }
  template <typename Response, typename Request>
  void Take(MemberId who, const std::string& method, const std::string& name) {
    Request request;
    request.set_name(name);
    if constexpr (requires { request.set_reason(""); }) request.set_reason("No.");
    request.set_request_id(NewRequestId());
    Must(Call<Response>(who, method, request));
  }
  std::string Count(const std::string& what) {
    return database.Ask("SELECT count(*) FROM " + what);
  }

  const std::string everyone = "[@all](members/everyone)", moderators = "[@x](members/moderators)";
  v1::Topic topic = Open(ada, open);
};

TEST_CASE_METHOD(Fixture, "who is mentioned finds where, by whom and when, newest first") {
  const v1::Post first = Say(ada, topic, At(ben)), second = Say(ada, topic, At(ben) + At(eve));
  Say(ada, topic, "Nobody.");
  CHECK(Mentioning(ben) == Names{second.name(), first.name()});
  CHECK(Mentioning(eve) == Names{second.name()});
  CHECK(Mentioning(ada).empty());
  const v1::ListMyMentionsResponse page = List(ben, 1);
  REQUIRE(page.mentions_size() == 1);
  const v1::Mention& mention = page.mentions(0);
  CHECK(mention.kind() == v1::MENTION_KIND_MEMBER);
  CHECK(mention.post_number() == 3);
  CHECK(mention.topic_title() == "Bread");
  CHECK(mention.post_author() == resources::Name(ada));
  CHECK(mention.community() == resources::Name(open));
  CHECK(mention.create_time().seconds() == second.create_time().seconds());
  const v1::ListMyMentionsResponse next = List(ben, 1, page.next_page_token());
  REQUIRE(next.mentions_size() == 1);
  CHECK(next.mentions(0).post() == first.name());
  CHECK(next.next_page_token().empty());
}

TEST_CASE_METHOD(Fixture, "the first post of a topic mentions as others do") {
  v1::CreateTopicRequest request;
  request.set_parent(resources::Name(open));
  request.mutable_topic()->set_title("Bread");
  request.set_markdown(At(ben));
  request.set_request_id(NewRequestId());
  const auto opened = Must(Call<v1::Topic>(ada, "CreateTopic", request));
  REQUIRE(Mentioning(ben).size() == 1);
  CHECK(Mentioning(ben)[0].starts_with(opened.name()));
}

TEST_CASE_METHOD(Fixture, "an edit adds mentions and takes them away, and tells of those it adds") {
  const v1::Post post = Say(ada, topic, At(ben));
  Must(Edit(ada, post, At(ben) + At(eve)));
  CHECK(Mentioning(ben) == Names{post.name()});
  CHECK(Mentioning(eve) == Names{post.name()});
  Must(Edit(ada, post, At(eve)));
  CHECK(Mentioning(ben).empty());
  CHECK(Mentioning(eve) == Names{post.name()});
  CHECK(Count("change_log WHERE kind = " + std::to_string(change::v1::KIND_POST_MENTIONS)) == "2");
}

TEST_CASE_METHOD(Fixture, "mentions go with what is deleted or removed") {
  facts.SetRole(open, ben, Role::kModerator);
  const v1::Post deleted = Say(ada, topic, At(eve)), removed = Say(ada, topic, At(eve));
  const v1::Topic other = Open(ada, open), third = Open(ada, open);
  Say(ada, other, At(eve));
  Say(ada, third, At(eve));
  CHECK(Mentioning(eve).size() == 4);
  Take<v1::DeletePostResponse, v1::DeletePostRequest>(ada, "DeletePost", deleted.name());
  Take<v1::Removal, v1::RemovePostRequest>(ben, "ModerationService/RemovePost", removed.name());
  Take<v1::DeleteTopicResponse, v1::DeleteTopicRequest>(ada, "DeleteTopic", other.name());
  Take<v1::Removal, v1::RemoveTopicRequest>(ben, "ModerationService/RemoveTopic", third.name());
  CHECK(Mentioning(eve).empty());
  CHECK(Count("mentions WHERE community_id IS NOT NULL") == "0");
}

TEST_CASE_METHOD(Fixture, "who moves a topic and who posts where it goes meet in one order") {
  // What a post writes to: that something was written there, and then whom it mentions.
  constexpr postgres::Statement kWritten{
      "written", "UPDATE community_activity SET active_time = active_time WHERE community_id = $1"};
  constexpr postgres::Statement kMentioned{
      "mentioned", "UPDATE group_mentions SET everyone_time = now() WHERE community_id = $1"};
  for (const CommunityId place : {open, closed}) facts.SetRole(place, ben, Role::kModerator);
  Say(ben, Open(ada, closed), everyone);
  clock.Advance(absl::Hours(1));
  Say(ben, topic, everyone);
  absl::Status moved;
  std::thread mover;
  const absl::Status posted = database->Transact(
      {.deadline = Deadline::After(deadline)}, [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_TRY(work.Run(kWritten, closed).status());
        mover = std::thread(
            [&] { moved = TryToMove(ben, MoveRequest(topic.name(), closed)).status(); });
        const bool met = testing::Eventually([&] { return database.SomebodyWaits(); });
        return met ? work.Run(kMentioned, closed).status() : absl::InternalError("nobody waits");
      });
  mover.join();
  CHECK(posted == absl::OkStatus());
  CHECK(moved == absl::OkStatus());
  CHECK(Count("mentions WHERE community_id = '" + closed.ToString() + "'") == "2");
}

TEST_CASE_METHOD(Fixture, "who may not read a post is not told that it is mentioned there") {
  const v1::Topic hidden = Open(ada, secret);
  const std::string before = List(eve, 1).SerializeAsString();
  const v1::Post post = Say(ada, hidden, At(eve));
  CHECK(List(eve, 1).SerializeAsString() == before);
  const v1::Post seen = Say(ada, topic, At(eve));
  Say(ada, hidden, At(eve));
  // One is all there is: no page is cut short, and no token leads to nothing.
  const v1::ListMyMentionsResponse page = List(eve, 1);
  CHECK(page.mentions_size() == 1);
  CHECK(page.next_page_token().empty());
  CHECK(Mentioning(eve) == Names{seen.name()});
  facts.SetRole(secret, eve, Role::kMember);
  CHECK(Mentioning(eve).size() == 3);
  facts.SetRole(secret, eve, Role::kNone);
  CHECK(Mentioning(eve) == Names{seen.name()});
}

TEST_CASE_METHOD(Fixture, "the writer's answer does not depend on who may read") {
  const v1::Topic hidden = Open(ada, secret);
  const auto shown = [&](MemberId member) {
    std::string html = Say(ada, hidden, At(member)).html();
    return html.replace(html.find(member.ToString()), member.ToString().size(), "");
  };
  CHECK(shown(ben) == shown(eve));
  CHECK(shown(ben) == shown(MemberId(Numbered(99))));
}

TEST_CASE_METHOD(Fixture, "mentions move with their topic") {
  const v1::Post post = Say(ada, topic, At(eve) + moderators);
  facts.SetRole(open, eve, Role::kModerator);
  CHECK(Mentioning(eve) == Names{post.name()});
  Move(topic.name(), secret);
  CHECK(Mentioning(eve).empty());
  CHECK(Mentioning(ben) == Names{post.name()});
  Move(topic.name(), open);
  CHECK(Mentioning(eve) == Names{post.name()});
}

TEST_CASE_METHOD(Fixture, "everyone is mentioned by who keeps order alone, with one row") {
  CHECK(Is(TryToSay(ada, topic, everyone), policy_reasons::kNotPermitted));
  facts.SetRole(open, ada, Role::kModerator);
  const v1::Post post = Say(ada, topic, everyone);
  CHECK(Mentioning(ben) == Names{post.name()});
  CHECK(List(ben).mentions(0).kind() == v1::MENTION_KIND_EVERYONE);
  // Neither who wrote it, nor who only reads there.
  CHECK(Mentioning(ada).empty());
  CHECK(Mentioning(eve).empty());
  CHECK(Count("mentions") == "1");
}

TEST_CASE_METHOD(Fixture, "who does not keep order any more edits what mentions everyone") {
  facts.SetRole(open, ada, Role::kModerator);
  const v1::Post post = Say(ada, topic, everyone), plain = Say(ada, topic, "plain");
  facts.SetRole(open, ada, Role::kMember);
  CHECK(Edit(ada, post, everyone + "!").ok());
  CHECK(Is(Edit(ada, plain, everyone).status(), policy_reasons::kNotPermitted));
  CHECK(Must(GetPost(ben, plain.name())).markdown() == "plain");
}

TEST_CASE_METHOD(Fixture, "everyone is called ten times a day") {
  facts.SetRole(open, ada, Role::kOwner);
  for (int n = 0; n < 10; ++n) Say(ada, topic, everyone);
  CHECK(Is(TryToSay(ada, topic, everyone), reasons::kTooManyCalls));
  CHECK(TryToSay(ada, topic, moderators).ok());
  clock.Advance(absl::Hours(24));
  CHECK(TryToSay(ada, topic, everyone).ok());
}

TEST_CASE_METHOD(Fixture, "a call counts once it was made, whatever becomes of its post") {
  facts.SetRole(open, ada, Role::kOwner);
  facts.SetRole(closed, ada, Role::kOwner);
  const v1::Post post = Say(ada, topic, "plain");
  for (int n = 0; n < 8; ++n) {
    Must(Edit(ada, post, everyone));
    Must(Edit(ada, post, "plain"));
  }
  Take<v1::DeletePostResponse, v1::DeletePostRequest>(ada, "DeletePost",
                                                      Say(ada, topic, everyone).name());
  const v1::Topic moved = Open(ada, open);
  const v1::Post tenth = Say(ada, moved, everyone);
  Move(moved.name(), closed);
  CHECK(Is(Edit(ada, post, everyone).status(), reasons::kTooManyCalls));
  CHECK(Must(GetPost(ben, post.name())).markdown() == "plain");
  // What calls already calls nobody anew.
  CHECK(Edit(ada, tenth, everyone + "!").ok());
  CHECK(TryToSay(ada, moved, everyone).ok());
}

TEST_CASE_METHOD(Fixture, "of many who call everyone at once ten do") {
  facts.SetRole(open, ada, Role::kOwner);
  std::vector<v1::CreatePostRequest> requests;
  for (int n = 0; n < 16; ++n) {
    requests.push_back(PostRequest(Open(ada, open).name(), everyone));
  }
  std::atomic<int> called = 0, refused = 0;
  std::vector<std::thread> threads;
  for (const v1::CreatePostRequest& request : requests) {
    threads.emplace_back([&] {
      const absl::Status status = Call<v1::Post>(ada, "CreatePost", request).status();
      called += status.ok();
      refused += Is(status, reasons::kTooManyCalls);
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(called == 10);
  CHECK(refused == 6);
  CHECK(Count("mentions") == "10");
}

TEST_CASE_METHOD(Fixture, "those who keep order are mentioned by every member") {
  facts.SetRole(open, eve, Role::kModerator);
  const v1::Post post = Say(ada, topic, moderators);
  CHECK(Mentioning(eve) == Names{post.name()});
  CHECK(List(eve).mentions(0).kind() == v1::MENTION_KIND_MODERATORS);
  CHECK(Mentioning(ben).empty());
}

TEST_CASE_METHOD(Fixture, "a post that mentions in several ways comes once, by the nearest") {
  facts.SetRole(open, ada, Role::kModerator);
  facts.SetRole(open, ben, Role::kModerator);
  Say(ada, topic, everyone + moderators + At(ben));
  const v1::ListMyMentionsResponse page = List(ben);
  REQUIRE(page.mentions_size() == 1);
  CHECK(page.mentions(0).kind() == v1::MENTION_KIND_MEMBER);
}

TEST_CASE_METHOD(Fixture, "a post mentions at most twenty members, and says so") {
  std::string many;
  for (int n = 0; n < 21; ++n) many += At(MemberId(Numbered(100 + n)));
  CHECK(Is(TryToSay(ada, topic, many), policy_reasons::kFieldInvalid));
  CHECK(Count("posts") == "1");
}

}  // namespace
}  // namespace guildhall::discussions
