// What a topic is for, and what becomes of it when that changes.
#include <catch2/catch.hpp>

#include "libs/base/refusal.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {
namespace {

using enum TopicKind;

bool Becomes(TopicKind from, TopicKind to) {
  return CheckEdit("topic", {.kind = from}, {.kind = to}).ok();
}

TEST_CASE("discussions, questions and announcements become each other") {
  for (const TopicKind from : {kDiscussion, kQuestion, kAnnouncement}) {
    for (const TopicKind to : {kDiscussion, kQuestion, kAnnouncement}) CHECK(Becomes(from, to));
  }
}

TEST_CASE("a praise and a poll stay what they are, and nothing else becomes one") {
  for (const TopicKind kind : {kPraise, kPoll}) {
    CHECK(Becomes(kind, kind));
    for (const TopicKind other : {kDiscussion, kQuestion, kAnnouncement}) {
      CHECK_FALSE(Becomes(kind, other));
      CHECK_FALSE(Becomes(other, kind));
    }
  }
  CHECK_FALSE(Becomes(kPraise, kPoll));
  CHECK_FALSE(Becomes(kPoll, kPraise));
  CHECK(CheckEdit("topic", {.kind = kPoll}, {.kind = kQuestion}) ==
        WrongField("topic.kind", "becomes neither a praise nor a poll, nor anything else of one"));
}

TEST_CASE("what a poll asks stays, the titles of others change") {
  const Topic poll{.title = "Rye?", .kind = kPoll};
  CHECK(CheckEdit("topic", poll, {.title = "Rye?", .pinned = true}).ok());
  CHECK(CheckEdit("topic", poll, {.title = "Spelt?"}) ==
        WrongField("topic.title", "is what the poll asks"));
  CHECK(CheckEdit("topic", {.title = "Rye?", .kind = kQuestion}, {.title = "Spelt?"}).ok());
}

TEST_CASE("what is no question any more has no answer") {
  Topic topic{.kind = kQuestion, .accepted_post = 2};
  EditTopic(topic, {.tags = std::vector<std::string>{"rye"}, .kind = kQuestion}, MemberId());
  CHECK(topic.accepted_post == 2);
  CHECK(topic.tags == std::vector<std::string>{"rye"});
  EditTopic(topic, {.kind = kAnnouncement}, MemberId());
  CHECK(topic.kind == kAnnouncement);
  CHECK_FALSE(topic.accepted_post);
}

}  // namespace
}  // namespace guildhall::discussions
