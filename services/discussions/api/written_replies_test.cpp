// Every write makes the replies void that it makes wrong, before it is answered: no look at the
// change log is of help here.
#include <functional>
#include <vector>

#include "services/discussions/api/api_fixture.h"

namespace guildhall::discussions {
namespace {

using Names = std::set<std::string>;

struct Fixture : ApiFixture {
  Fixture() {
    for (const CommunityId place : {open, closed}) facts.SetRole(place, ada, Role::kModerator);
    for (const auto& [name, reading] : readings) methods.emplace(name, &replies.Declare(name));
    v1::ImportTopicsRequest request;
    v1::ImportedTopic& imported = *request.add_topics();
    imported.set_name(resources::Name(archived));
    imported.set_community(resources::Name(open));
    imported.set_title("Imported");
    imported.set_author(resources::Name(ada));
    imported.mutable_create_time()->set_seconds(1'600'000'000);
    Must(CallInternal<v1::ImportTopicsResponse>("ImportTopics", request));
    Must(Import(1));
  }

  // What is answered now: bytes, or a refusal as text; and which kept reply it would be.
  struct Reading {
    std::function<std::string()> read;
    cache::Subject subject;
  };
  template <typename Response, typename Request>
  Reading ReadingOf(const std::string& method, const Request& request) {
    return {[this, method, request] {
              const auto response = Call<Response>(ben, method, request);
              return response.ok() ? response->SerializeAsString() : Told(response.status());
            },
            *SubjectOf(request)};
  }
  Reading TopicReading(const std::string& name) {
    v1::GetTopicRequest request;
    request.set_name(name);
    return ReadingOf<v1::Topic>("GetTopic", request);
  }
  Reading TopicsReading(CommunityId place) {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(place));
    return ReadingOf<v1::ListTopicsResponse>("ListTopics", request);
  }
  Reading PostReading() {
    v1::GetPostRequest request;
    request.set_name(post.name());
    return ReadingOf<v1::Post>("GetPost", request);
  }
  Reading PostsReading(const std::string& name) {
    v1::ListPostsRequest request;
    request.set_parent(name);
    return ReadingOf<v1::ListPostsResponse>("ListPosts", request);
  }

  // As the engine does: what is kept, or else what the database has, which is then kept.
  std::string Served(const std::string& name) {
    // As the follower does: for a second replies are kept and given.
    replies.Heard(SystemClock().Monotonic(), replies.Note(), 1);
    const Reading& reading = readings.at(name);
    cache::Subject subject = reading.subject;
    subject.key.method = methods.at(name)->number;
    const auto found = replies.Find(*methods.at(name), subject.key);
    if (found.reply != nullptr) return found.reply->bytes;
    auto reply = std::make_shared<cache::Reply>();
    reply->bytes = reading.read();
    replies.Keep(*found.ticket, subject, reply);
    return reply->bytes;
  }

  template <typename Response, typename Request>
  absl::Status Write(const std::string& method, Request request) {
    request.set_request_id(NewRequestId());
    return Call<Response>(ada, method, request).status();
  }
  absl::Status Rename() {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_title("Cake");
    request.mutable_update_mask()->add_paths("title");
    return Write<v1::Topic>("UpdateTopic", request);
  }
  absl::Status Edit() {
    v1::UpdatePostRequest request;
    request.mutable_post()->set_name(post.name());
    request.mutable_post()->set_markdown("Spelt.");
    request.mutable_update_mask()->add_paths("markdown");
    return Write<v1::Post>("UpdatePost", request);
  }
  template <typename Response, typename Request>
  absl::Status Delete(const std::string& method, const std::string& name) {
    Request request;
    request.set_name(name);
    return Write<Response>(method, request);
  }
  absl::Status Pin() {
    v1::ModerateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_pinned(true);
    request.mutable_update_mask()->add_paths("pinned");
    return Write<v1::Topic>("ModerationService/ModerateTopic", request);
  }
  absl::Status Split() {
    v1::SplitTopicRequest request;
    request.set_name(topic.name());
    request.add_posts(post.name());
    request.set_title("Cake");
    return Write<v1::Topic>("CarryingService/SplitTopic", request);
  }
  absl::Status Merge(const std::string& from, const std::string& into) {
    v1::MergeTopicsRequest request;
    request.set_name(from);
    request.set_destination(into);
    return Write<v1::Topic>("CarryingService/MergeTopics", request);
  }
  absl::Status React() {
    v1::CreateReactionRequest request;
    request.set_parent(post.name());
    request.mutable_reaction()->set_kind(v1::REACTION_KIND_LIKE);
    return Write<v1::Reaction>("ReactionService/CreateReaction", request);
  }
  absl::Status TakeBack() {
    GUILDHALL_TRY(React());
    // What was kept since the reaction is what goes wrong.
    for (const auto& [name, reading] : readings) before[name] = Served(name);
    v1::DeleteReactionRequest request;
    request.set_parent(post.name());
    request.set_kind(v1::REACTION_KIND_LIKE);
    return Write<v1::DeleteReactionResponse>("ReactionService/DeleteReaction", request);
  }
  Reading UnansweredReading() {
    v1::ListTopicsRequest request;
    request.set_parent(resources::Name(open));
    request.set_filter(v1::TOPIC_FILTER_UNANSWERED);
    return ReadingOf<v1::ListTopicsResponse>("ListTopics", request);
  }
  absl::Status Accept() {
    v1::UpdateTopicRequest request;
    request.mutable_topic()->set_name(topic.name());
    request.mutable_topic()->set_accepted_post_number(post.number());
    request.mutable_update_mask()->add_paths("accepted_post_number");
    return Write<v1::Topic>("UpdateTopic", request);
  }
  // A question of which the second post is the answer.
  absl::Status DeleteAnswer() {
    GUILDHALL_TRY(Accept());
    for (const auto& [name, reading] : readings) before[name] = Served(name);
    return Delete<v1::DeletePostResponse, v1::DeletePostRequest>("DeletePost", post.name());
  }
  // A post that the one after it quotes.
  absl::Status DeleteQuoted() {
    v1::CreatePostRequest request = PostRequest(topic.name(), "So it is.");
    v1::Quote& quote = *request.mutable_post()->add_quotes();
    quote.set_post(post.name());
    quote.set_text(post.markdown());
    GUILDHALL_TRY(Write<v1::Post>("CreatePost", request));
    for (const auto& [name, reading] : readings) before[name] = Served(name);
    return Delete<v1::DeletePostResponse, v1::DeletePostRequest>("DeletePost", post.name());
  }
  absl::Status Answer() {
    v1::CreatePostRequest request = PostRequest(topic.name(), "Yours.");
    request.mutable_post()->set_reply_to_number(post.number());
    return Write<v1::Post>("CreatePost", request);
  }
  template <typename Request>
  absl::Status Remove(const std::string& method, const std::string& name) {
    Request request;
    request.set_name(name);
    request.set_reason("Not here.");
    return Write<v1::Removal>("ModerationService/" + method, request);
  }
  absl::StatusOr<v1::ImportPostsResponse> Import(int number) {
    v1::ImportPostsRequest request;
    v1::ImportedPost& imported = *request.add_posts();
    imported.set_name(resources::PostName(archived, PostId(Numbered(1000 + number, 8))));
    imported.set_number(number);
    imported.set_author(resources::Name(ben));
    imported.set_markdown("*old*");
    imported.mutable_create_time()->set_seconds(1'600'000'000 + number);
    return CallInternal<v1::ImportPostsResponse>("ImportPosts", request);
  }

  const TopicId archived{Numbered(8, 8)};
  const v1::Topic topic = Ask(ada, open);
  const v1::Post post = Post(ada, topic.name());
  const std::map<std::string, Reading> readings = {
      {"topic", TopicReading(topic.name())},
      {"archived topic", TopicReading(resources::Name(archived))},
      {"topics", TopicsReading(open)},
      {"topics elsewhere", TopicsReading(closed)},
      {"unanswered", UnansweredReading()},
      {"post", PostReading()},
      {"posts", PostsReading(topic.name())},
      {"archived posts", PostsReading(resources::Name(archived))}};
  std::map<std::string, const cache::Method*> methods;
  // What was kept before the write.
  std::map<std::string, std::string> before;
};

struct Case {
  const char* write;
  std::function<absl::Status(Fixture&)> run;
  Names makes_wrong;
};

const std::vector<Case> kCases = {
    {"CreateTopic",
     [](Fixture& it) {
       it.Open(it.ada, it.open);
       return absl::OkStatus();
     },
     {"topics"}},
    {"UpdateTopic", [](Fixture& it) { return it.Rename(); }, {"topic", "topics", "unanswered"}},
    {"DeleteTopic",
     [](Fixture& it) {
       return it.Delete<v1::DeleteTopicResponse, v1::DeleteTopicRequest>("DeleteTopic",
                                                                         it.topic.name());
     },
     {"topic", "topics", "unanswered", "post", "posts"}},
    {"CreatePost",
     [](Fixture& it) {
       it.Post(it.ada, it.topic.name());
       return absl::OkStatus();
     },
     {"topic", "topics", "unanswered", "posts"}},
    {"UpdatePost", [](Fixture& it) { return it.Edit(); }, {"post", "posts"}},
    {"DeletePost",
     [](Fixture& it) {
       return it.Delete<v1::DeletePostResponse, v1::DeletePostRequest>("DeletePost",
                                                                       it.post.name());
     },
     {"post", "posts"}},
    {"DeletePost of an answer to a question",
     [](Fixture& it) { return it.DeleteAnswer(); },
     {"topic", "topics", "unanswered", "post", "posts"}},
    {"DeletePost of what is quoted",
     [](Fixture& it) { return it.DeleteQuoted(); },
     {"post", "posts"}},
    {"an answer",
     [](Fixture& it) { return it.Answer(); },
     {"topic", "topics", "unanswered", "post", "posts"}},
    {"CreateReaction", [](Fixture& it) { return it.React(); }, {"post", "posts"}},
    {"DeleteReaction", [](Fixture& it) { return it.TakeBack(); }, {"post", "posts"}},
    {"ModerateTopic", [](Fixture& it) { return it.Pin(); }, {"topic", "topics", "unanswered"}},
    {"MoveTopic",
     [](Fixture& it) {
       return it.TryToMove(it.ada, it.MoveRequest(it.topic.name(), it.closed)).status();
     },
     {"topic", "topics", "topics elsewhere", "unanswered"}},
    {"SplitTopic",
     [](Fixture& it) { return it.Split(); },
     {"topic", "topics", "unanswered", "post", "posts"}},
    {"MergeTopics",
     [](Fixture& it) { return it.Merge(it.topic.name(), resources::Name(it.archived)); },
     {"topic", "archived topic", "topics", "unanswered", "post", "posts", "archived posts"}},
    {"MergeTopics, the other way",
     [](Fixture& it) { return it.Merge(resources::Name(it.archived), it.topic.name()); },
     {"topic", "archived topic", "topics", "unanswered", "posts", "archived posts"}},
    {"RemoveTopic",
     [](Fixture& it) { return it.Remove<v1::RemoveTopicRequest>("RemoveTopic", it.topic.name()); },
     {"topic", "topics", "unanswered", "post", "posts"}},
    {"RemovePost",
     [](Fixture& it) { return it.Remove<v1::RemovePostRequest>("RemovePost", it.post.name()); },
     {"post", "posts"}},
    {"ImportPosts",
     [](Fixture& it) { return it.Import(2).status(); },
     {"archived topic", "topics", "archived posts"}},
};

TEST_CASE("the process that wrote shows at once what there is now") {
  for (const Case& one : kCases) {
    DYNAMIC_SECTION(one.write) {
      Fixture fixture;
      for (const auto& [name, reading] : fixture.readings) {
        fixture.before[name] = fixture.Served(name);
      }
      fixture.clock.Advance(absl::Minutes(1));
      const absl::Status written = one.run(fixture);
      INFO(written);
      REQUIRE(written.ok());
      Names made_wrong;
      for (const auto& [name, reading] : fixture.readings) {
        INFO(name);
        const std::string now = reading.read();
        if (now != fixture.before[name]) made_wrong.insert(name);
        CHECK(fixture.Served(name) == now);
      }
      CHECK(made_wrong == one.makes_wrong);
    }
  }
}

}  // namespace
}  // namespace guildhall::discussions
