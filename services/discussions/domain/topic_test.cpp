#include "services/discussions/domain/topic.h"

#include <catch2/catch.hpp>

#include "guildhall/discussions/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/markdown.h"

namespace guildhall::discussions {
namespace {

const absl::Time kNow = absl::FromUnixSeconds(1'700'000'000);
const MemberId kAuthor(Uuid{{1}}), kModerator(Uuid{{2}});

Contribution By(std::string markdown, absl::Time time = kNow) {
  return {PostId(), MemberId(), std::move(markdown), time};
}

TEST_CASE("posts are numbered from 1 on, and the topic shows the last one") {
  Topic topic;
  CHECK(AddPost(topic, By("one"))->number == 1);
  const Post second = *AddPost(topic, By("two", kNow + absl::Minutes(1)));
  CHECK(second.number == 2);
  CHECK(topic.last_post_number == 2);
  CHECK(topic.last_post_time == second.create_time);
  CHECK(topic.score == Score(2, second.create_time));
}

TEST_CASE("a post is never older than the one before it") {
  Topic topic;
  CHECK(AddPost(topic, By("one"))->create_time == kNow);
  CHECK(AddPost(topic, By("two", kNow - absl::Seconds(3)))->create_time == kNow);
}

TEST_CASE("a topic shows the last post that stands, and numbers go on behind what has gone") {
  Topic topic{.last_post_number = 4, .last_post_time = kNow + absl::Minutes(3)};
  EndWith(topic, {4, kNow + absl::Minutes(3), 2, kAuthor, kNow + absl::Minutes(1)});
  CHECK(topic.last_post_number == 4);
  CHECK(LastStanding(topic) == 2);
  CHECK(topic.last_author == kAuthor);
  CHECK(topic.last_post_time == kNow + absl::Minutes(1));
  CHECK(topic.score == Score(2, kNow + absl::Minutes(1)));
  // Nor is the next one older than what has gone.
  const Post next = *AddPost(topic, By("five", kNow + absl::Minutes(2)));
  CHECK(next.number == 5);
  CHECK(next.create_time == kNow + absl::Minutes(3));
  CHECK(LastStanding(topic) == 5);
  CHECK(LastPlaceTime(topic) == next.create_time);
}

TEST_CASE("a post's time is what the database gives back: whole microseconds") {
  Topic topic;
  CHECK(AddPost(topic, By("one", kNow + absl::Nanoseconds(1999)))->create_time ==
        kNow + absl::Microseconds(1));
}

TEST_CASE("a topic of 10,000 posts takes no more") {
  Topic topic{.last_post_number = kMaxPostsPerTopic - 1};
  CHECK(AddPost(topic, By("the last")).ok());
  CHECK(Is(AddPost(topic, By("one too many")).status(), reasons::kTopicFull));
  CHECK(topic.last_post_number == kMaxPostsPerTopic);
}

TEST_CASE("a post is text of 1 byte to 64 KiB that says something") {
  for (const char* shown : {"---", "![](https://b.c)", "|a|\n|---|", "🥖"}) {
    CHECK(RenderNew("markdown", shown).ok());
  }
  CHECK(*RenderNew("markdown", "*x*") == "<p><em>x</em></p>\n");
  CHECK(RenderNew("markdown", std::string(Count(kMaxMarkdown), 'x')).ok());
  for (const std::string& bad :
       {std::string(), std::string(" \r\n\t"), std::string("\u200B\u202E"),
        std::string("&nbsp;&#8203;"), std::string("[a]: https://b.c"), std::string("> -"),
        std::string("a\0b", 3), std::string("\xff"), std::string(Count(kMaxMarkdown) + 1, 'x')}) {
    CAPTURE(bad.substr(0, 10));
    const absl::Status refused = RenderNew("post.markdown", bad).status();
    CHECK(Is(refused, policy::reasons::kFieldInvalid));
    CHECK(DetailsOf(refused)->violations[0].field == "post.markdown");
  }
}

TEST_CASE("a deleted post renders to nothing") {
  Post post{.number = 2, .markdown = "gone"};
  CHECK(Render(post) == "<p>gone</p>\n");
  REQUIRE(DeletePost(post, kNow).ok());
  CHECK(post.markdown.empty());
  CHECK(Render(post).empty());
}

TEST_CASE("each edit, and the deletion, makes another version of a post") {
  Post post{.number = 2, .markdown = "one"};
  EditPost(post, "two", post.author, kNow);
  CHECK(post.version == 2);
  CHECK(post.edit_time == kNow);
  REQUIRE(DeletePost(post, kNow).ok());
  CHECK(post.version == 3);
  Topic topic;
  EditTopic(topic, {.title = "Rye"}, kAuthor);
  CHECK(topic.version == 2);
  CHECK(topic.title == "Rye");
}

TEST_CASE("a text is its author's until somebody else gives the post another one") {
  Post post{.author = kAuthor, .markdown = "one"};
  EditPost(post, "one", kModerator, kNow);
  CHECK_FALSE(post.moderated);
  EditPost(post, "two", kModerator, kNow);
  CHECK(post.moderated);
  EditPost(post, "two", kAuthor, kNow);
  CHECK(post.moderated);
  EditPost(post, "three", kAuthor, kNow);
  CHECK_FALSE(post.moderated);
}

TEST_CASE("saving what stands is no edit, whoever saves") {
  Post post{.author = kAuthor, .markdown = "one"};
  for (const MemberId editor : {kAuthor, kModerator}) {
    CHECK_FALSE(EditPost(post, "one", editor, kNow));
    CHECK(post.version == 1);
    CHECK_FALSE(post.edit_time);
  }
  CHECK(EditPost(post, "One", kAuthor, kNow));
}

TEST_CASE("setting a topic to what it is is no edit") {
  Topic topic{.title = "Bread", .closer = kModerator, .tags = {"rye"}};
  const Topic before = topic;
  for (const TopicEdit& edit :
       {TopicEdit(), TopicEdit{.title = "Bread"}, TopicEdit{.pinned = false},
        TopicEdit{.closed = true}, TopicEdit{.accepted_post = 0},
        TopicEdit{.tags = std::vector<std::string>{"rye"}},
        TopicEdit{.kind = TopicKind::kDiscussion}}) {
    CHECK_FALSE(EditTopic(topic, edit, kAuthor));
    CHECK(topic == before);
  }
  CHECK(EditTopic(topic, {.title = "bread"}, kAuthor));
  CHECK(EditTopic(topic, {.pinned = true}, kAuthor));
  CHECK(EditTopic(topic, {.tags = std::vector<std::string>{"rye", "spelt"}}, kAuthor));
  CHECK(EditTopic(topic, {.kind = TopicKind::kQuestion}, kAuthor));
  CHECK(EditTopic(topic, {.accepted_post = 2}, kAuthor));
  CHECK(EditTopic(topic, {.closed = false}, kAuthor));
  CHECK(topic.version == 7);
}

TEST_CASE("whoever has read a post with what is forgotten now has not read it as it is") {
  Post post{.number = 1, .markdown = "one"};
  ForgetRevisions(post);
  CHECK(post.version == 2);
  CHECK(post.markdown == "one");
  CHECK_FALSE(post.edit_time);
}

TEST_CASE("what its author has closed, who keeps order closes for good") {
  Topic topic{.author = kAuthor, .closer = kAuthor};
  EditTopic(topic, {.closed = true}, kModerator);
  CHECK(topic.closer == kModerator);
  CHECK_FALSE(CheckOwnEdit("topic", topic, {.closed = false}).ok());
}

TEST_CASE("an edit sets what it names, and leaves the rest") {
  Topic topic{.title = "Bread"};
  EditTopic(topic, {.pinned = true, .closed = true}, kModerator);
  CHECK(topic.title == "Bread");
  CHECK(topic.pinned);
  CHECK(topic.closer == kModerator);
  EditTopic(topic, {.title = "Rye"}, kAuthor);
  CHECK(topic.pinned);
  CHECK(topic.closer == kModerator);
  EditTopic(topic, {.pinned = false, .closed = false}, kModerator);
  CHECK_FALSE(topic.pinned);
  CHECK_FALSE(topic.closer);
}

TEST_CASE("a post answers one that is there") {
  Topic topic{.last_post_number = 3};
  CHECK_FALSE(*ReplyToFrom("reply", 0, topic));
  CHECK(*ReplyToFrom("reply", 3, topic) == 3);
  CHECK_FALSE(ReplyToFrom("reply", 4, topic).ok());
  CHECK_FALSE(ReplyToFrom("reply", -1, topic).ok());
  Contribution answer = By("yes");
  answer.reply_to = 2;
  CHECK(AddPost(topic, answer)->reply_to == 2);
}

TEST_CASE("a topic is a discussion unless it says otherwise") {
  CHECK(*TopicKindFrom("kind", 0) == TopicKind::kDiscussion);
  CHECK(*TopicKindFrom("kind", 4) == TopicKind::kPraise);
  CHECK(*TopicKindFrom("kind", 5) == TopicKind::kPoll);
  CHECK_FALSE(TopicKindFrom("kind", 6).ok());
  CHECK_FALSE(TopicKindFrom("kind", -1).ok());
}

TEST_CASE("a praise is for one to ten members, and nothing else is") {
  const std::vector<MemberId> one = {kAuthor}, twice = {kAuthor, kAuthor};
  std::vector<MemberId> eleven;
  for (std::uint8_t n = 0; n < 11; ++n) eleven.emplace_back(Uuid{{n}});
  CHECK(CheckPraised("praised", TopicKind::kPraise, one).ok());
  CHECK(CheckPraised("praised", TopicKind::kPraise, std::span(eleven).first(10)).ok());
  CHECK_FALSE(CheckPraised("praised", TopicKind::kPraise, {}).ok());
  CHECK_FALSE(CheckPraised("praised", TopicKind::kPraise, eleven).ok());
  CHECK_FALSE(CheckPraised("praised", TopicKind::kPraise, twice).ok());
  CHECK(CheckPraised("praised", TopicKind::kQuestion, {}).ok());
  CHECK_FALSE(CheckPraised("praised", TopicKind::kQuestion, one).ok());
}

TEST_CASE("nobody praises itself, neither alone nor among others") {
  const MemberId other(Uuid{{9}});
  const std::vector<MemberId> itself = {kAuthor}, both = {other, kAuthor}, others = {other};
  CHECK(CheckPraising(kAuthor, others).ok());
  CHECK(CheckPraising(kAuthor, {}).ok());
  CHECK(Is(CheckPraising(kAuthor, itself), reasons::kOwnPraise));
  CHECK(Is(CheckPraising(kAuthor, both), reasons::kOwnPraise));
}

TEST_CASE("a question has one answer, which is not the question itself") {
  Topic topic{.last_post_number = 3, .kind = TopicKind::kQuestion};
  for (const int number : {0, 2, 3}) CHECK(CheckAnswer("accepted", topic, number).ok());
  for (const int number : {-1, 1, 4}) CHECK_FALSE(CheckAnswer("accepted", topic, number).ok());
  EditTopic(topic, {.accepted_post = 2}, kAuthor);
  CHECK(topic.accepted_post == 2);
  EditTopic(topic, {.title = "Rye"}, kAuthor);
  CHECK(topic.accepted_post == 2);
  EditTopic(topic, {.accepted_post = 0}, kAuthor);
  CHECK_FALSE(topic.accepted_post);
  topic.kind = TopicKind::kDiscussion;
  CHECK(Is(CheckAnswer("accepted", topic, 2), reasons::kNotAQuestion));
}

TEST_CASE("a closed topic takes no posts of members") {
  Topic topic;
  CHECK(CheckPosting(topic).ok());
  EditTopic(topic, {.closed = true}, kAuthor);
  CHECK(Is(CheckPosting(topic), reasons::kTopicClosed));
}

TEST_CASE("an author opens again what it closed, and nothing that somebody else did") {
  Topic topic{.author = kAuthor};
  const TopicEdit opens{.closed = false}, closes{.closed = true};
  EditTopic(topic, closes, kAuthor);
  CHECK(CheckOwnEdit("topic", topic, opens).ok());
  EditTopic(topic, opens, kAuthor);
  EditTopic(topic, closes, kModerator);
  CHECK(Is(CheckOwnEdit("topic", topic, opens), reasons::kClosedByModerator));
  CHECK(CheckOwnEdit("topic", topic, closes).ok());
  EditTopic(topic, closes, kAuthor);
  CHECK(topic.closer == kModerator);
}

TEST_CASE("an author makes a question of its discussion, and takes that back") {
  using enum TopicKind;
  const auto takes = [](TopicKind kind, TopicKind becomes) {
    return CheckOwnEdit("topic", Topic{.kind = kind}, {.kind = becomes});
  };
  CHECK(takes(kDiscussion, kQuestion).ok());
  CHECK(takes(kQuestion, kDiscussion).ok());
  for (const TopicKind other : {kAnnouncement, kPraise, kPoll}) {
    CHECK(takes(other, other).ok());
    for (const TopicKind own : {kDiscussion, kQuestion}) {
      CHECK(Is(takes(own, other), policy::reasons::kFieldInvalid));
      CHECK(Is(takes(other, own), policy::reasons::kFieldInvalid));
    }
  }
}

TEST_CASE("a topic that moves keeps all but its pin") {
  Topic topic{.title = "Bread", .last_post_number = 3, .pinned = true, .closer = kAuthor};
  MoveTopic(topic, CommunityId(Uuid{{7}}));
  CHECK(topic.community == CommunityId(Uuid{{7}}));
  CHECK_FALSE(topic.pinned);
  CHECK(topic.closer == kAuthor);
  CHECK(topic.last_post_number == 3);
  CHECK(topic.version == 2);
}

TEST_CASE("a removed post is a deleted one, and says so") {
  Post post{.number = 2, .markdown = "gone"};
  REQUIRE(RemovePost(post, kNow).ok());
  CHECK(post.removed);
  CHECK(post.delete_time == kNow);
  CHECK(post.markdown.empty());
  Post first{.number = 1};
  CHECK(Is(RemovePost(first, kNow), reasons::kFirstPost));
  CHECK_FALSE(first.removed);
}

TEST_CASE("a post that comes back has its text again, as another version") {
  Post post{.number = 2, .markdown = "gone"};
  REQUIRE(RemovePost(post, kNow).ok());
  RestorePost(post, "gone");
  CHECK(Render(post) == "<p>gone</p>\n");
  CHECK_FALSE(post.removed);
  CHECK_FALSE(post.delete_time);
  CHECK(post.version == 3);
}

TEST_CASE("a removal has a reason of at most 500 characters") {
  CHECK(*RemovalReasonFrom("reason", " No adverts. ") == "No adverts.");
  CHECK_FALSE(RemovalReasonFrom("reason", " ").ok());
  CHECK(RemovalReasonFrom("reason", std::string(500, 'x')).ok());
  CHECK_FALSE(RemovalReasonFrom("reason", std::string(501, 'x')).ok());
}

TEST_CASE("the first post is deleted with its topic only") {
  Post first{.number = 1, .markdown = "stays"};
  CHECK(Is(DeletePost(first, kNow), reasons::kFirstPost));
  CHECK(first.markdown == "stays");
}

TEST_CASE("a topic in which others posted is not its author's alone") {
  CHECK(CheckDeletingTopic(false).ok());
  CHECK(Is(CheckDeletingTopic(true), reasons::kTopicHasReplies));
}

TEST_CASE("twice as many posts weigh as much as two weeks") {
  const absl::Time later = kNow + absl::Hours(14 * 24);
  CHECK(Score(31, kNow) == Approx(Score(15, later)));
  CHECK(Score(31, kNow) > Score(30, kNow));
  CHECK(Score(15, later) > Score(15, kNow));
}

TEST_CASE("what follows a watermark is unread, and nothing is read beyond the last post") {
  const TopicId topic;
  CHECK(ReadStateOf(topic, 0, 5) == ReadState{topic, 0, 5});
  CHECK(ReadStateOf(topic, 3, 5) == ReadState{topic, 3, 2});
  // What was read behind what stands has gone since.
  CHECK(ReadStateOf(topic, 9, 5) == ReadState{topic, 9, 0});
}

TEST_CASE("a mark reaches until the time that the reader says, and never into the future") {
  CHECK(MarkTime(std::nullopt, kNow) == kNow);
  CHECK(MarkTime(kNow - absl::Minutes(5), kNow) == kNow - absl::Minutes(5));
  CHECK(MarkTime(kNow + absl::Minutes(5), kNow) == kNow);
}

constexpr TopicKind kTalk[] = {TopicKind::kDiscussion, TopicKind::kQuestion,
                               TopicKind::kAnnouncement};

bool Becomes(TopicKind from, TopicKind to) {
  return CheckEdit("topic", {.kind = from}, {.kind = to}).ok();
}

TEST_CASE("discussions, questions and announcements become each other") {
  for (const TopicKind from : kTalk) {
    for (const TopicKind to : kTalk) CHECK(Becomes(from, to));
  }
}

TEST_CASE("a praise and a poll stay what they are, and nothing else becomes one") {
  for (const TopicKind kind : {TopicKind::kPraise, TopicKind::kPoll}) {
    CHECK(Becomes(kind, kind));
    for (const TopicKind other : kTalk) {
      CHECK_FALSE(Becomes(kind, other));
      CHECK_FALSE(Becomes(other, kind));
    }
  }
  CHECK_FALSE(Becomes(TopicKind::kPraise, TopicKind::kPoll));
  CHECK_FALSE(Becomes(TopicKind::kPoll, TopicKind::kPraise));
  CHECK(CheckEdit("topic", {.kind = TopicKind::kPoll}, {.kind = TopicKind::kQuestion}) ==
        WrongField("topic.kind", "becomes neither a praise nor a poll, nor anything else of one"));
}

TEST_CASE("what a poll asks stays, the titles of others change") {
  const Topic poll{.title = "Rye?", .kind = TopicKind::kPoll};
  CHECK(CheckEdit("topic", poll, {.title = "Rye?", .pinned = true}).ok());
  CHECK(CheckEdit("topic", poll, {.title = "Spelt?"}) ==
        WrongField("topic.title", "is what the poll asks"));
  CHECK(CheckEdit("topic", {.title = "Rye?", .kind = TopicKind::kQuestion}, {.title = "Spelt?"})
            .ok());
}

TEST_CASE("what is no question any more has no answer") {
  Topic topic{.kind = TopicKind::kQuestion, .accepted_post = 2};
  EditTopic(topic, {.tags = std::vector<std::string>{"rye"}, .kind = TopicKind::kQuestion},
            MemberId());
  CHECK(topic.accepted_post == 2);
  CHECK(topic.tags == std::vector<std::string>{"rye"});
  EditTopic(topic, {.kind = TopicKind::kAnnouncement}, MemberId());
  CHECK(topic.kind == TopicKind::kAnnouncement);
  CHECK_FALSE(topic.accepted_post);
}

}  // namespace
}  // namespace guildhall::discussions
