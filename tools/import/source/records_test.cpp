#include "tools/import/source/records.h"

#include <catch2/catch.hpp>

#include "libs/resources/names.h"
#include "tools/import/text_limit.h"

namespace guildhall::importing {
namespace {

absl::Time At(int seconds) { return absl::FromUnixSeconds(seconds); }

SourcePlace Place(std::string key, std::string name, std::string parent = "") {
  return {.key = std::move(key),
          .name = std::move(name),
          .parent = std::move(parent),
          .time = At(300),
          .participations = {{.person = "Ada", .time = At(300)}}};
}

SourceThread Thread(std::vector<SourceMessage> messages) {
  return {.key = "1/Proof", .place = "1", .title = "Proof", .messages = std::move(messages)};
}

SourceMessage Message(std::string key, int time, std::string markdown = "text") {
  return {.key = std::move(key), .person = "Ada", .time = At(time), .markdown = markdown};
}

struct Fixture {
  SourceOutline outline{.people = {{.key = "Ada", .name = " Ada\tB ", .time = At(100)}},
                        .places = {Place("1", "maths")}};
};

TEST_CASE_METHOD(Fixture, "ids are of source, kind and key, those of messages of their time, too") {
  Records records("zulip", outline);
  CHECK(records.Members()[0].record.name() ==
        resources::Name(MemberId(ImportedUuid(At(0), "zulip", "member", "Ada"))));
  CHECK(records.Communities()[0].record.name() ==
        resources::Name(CommunityId(ImportedUuid(At(0), "zulip", "community", "1"))));
  const auto sent = records.Of(Thread({Message("10", 310)}));
  REQUIRE(sent);
  const TopicId topic(ImportedUuid(At(0), "zulip", "topic", "1/Proof"));
  CHECK(sent->topic.record.name() == resources::Name(topic));
  CHECK(sent->posts[0].record.name() ==
        resources::PostName(topic, PostId(ImportedUuid(At(310), "zulip", "post", "10"))));
  CHECK(sent->posts[0].record.number() == 0);
  CHECK(records.Members()[0].record.display_name() == "Ada B");
}

TEST_CASE_METHOD(Fixture, "places of one name are told apart beside each other") {
  outline.places = {Place("1", "Maths"), Place("2", "maths"), Place("3", "maths", "1")};
  const auto communities = Records("zulip", outline).Communities();
  CHECK(communities[0].record.display_name() == "Maths");
  CHECK(communities[1].record.display_name() == "2 maths");
  CHECK(communities[2].record.display_name() == "maths");
}

TEST_CASE_METHOD(Fixture, "a place is no more open, and no deeper, than places may be") {
  outline.places = {Place("1", "a")};
  outline.places[0].visibility = SourceVisibility::kSecret;
  for (int n = 2; n <= 6; ++n) {
    outline.places.push_back(Place(std::to_string(n), "a", std::to_string(n - 1)));
  }
  Records records("zulip", outline);
  const auto communities = records.Communities();
  CHECK(communities[1].record.visibility() == directory::v1::VISIBILITY_SECRET);
  CHECK(communities[5].record.parent() == communities[3].record.name());
  // Five of them narrowed, one not as deep.
  CHECK(records.TakeLosses().size() == 6);
}

TEST_CASE_METHOD(Fixture, "what is in a secret place is secret, wherever it stands") {
  for (int n = 2; n <= 7; ++n) {
    outline.places.push_back(Place(std::to_string(n), "a", std::to_string(n - 1)));
  }
  outline.places[4].visibility = SourceVisibility::kSecret;
  outline.places.push_back(Place("8", "b", "lost"));
  const auto communities = Records("zulip", outline).Communities();
  CHECK(communities[3].record.visibility() == directory::v1::VISIBILITY_OPEN);
  CHECK(communities[5].record.parent() == communities[3].record.name());
  for (std::size_t i = 4; i < 8; ++i) {
    CHECK(communities[i].record.visibility() == directory::v1::VISIBILITY_SECRET);
  }
}

TEST_CASE_METHOD(Fixture, "ids stay what they are when a source grows backwards") {
  const auto names = [this](std::vector<SourceMessage> messages) {
    Records records("zulip", outline);
    return std::vector{records.Members()[0].record.name(), records.Communities()[0].record.name(),
                       records.Of(Thread(std::move(messages)))->posts.back().record.name()};
  };
  const auto before = names({Message("10", 310), Message("11", 320)});
  outline.people[0].time = At(50);
  outline.places[0].time = At(60);
  CHECK(names({Message("9", 90), Message("10", 310), Message("11", 320)}) == before);
  CHECK(names({Message("11", 320)}) == before);
}

TEST_CASE_METHOD(Fixture, "a text that is too long is cut, and an empty one says so") {
  Records records("zulip", outline);
  const auto sent =
      records.Of(Thread({Message("10", 310, std::string(70 << 10, 'a')), Message("11", 320, "")}));
  CHECK(sent->posts[0].record.markdown().size() == kMostTextBytes);
  CHECK(sent->posts[1].record.markdown() == "*(no text)*");
  const auto losses = records.TakeLosses();
  REQUIRE(losses.size() == 2);
  CHECK(losses[0].what == "cut at 64 KiB of 70");
  CHECK(losses[1].what == "shows nothing");
  CHECK_FALSE(losses[0].whole);
}

TEST_CASE_METHOD(Fixture, "names, titles and descriptions that are cut are told") {
  outline.people[0].name = std::string(101, 'a');
  outline.places[0].name = std::string(101, 'b');
  outline.places[0].description = std::string(2001, 'c');
  Records records("zulip", outline);
  SourceThread thread = Thread({Message("10", 310)});
  thread.title = std::string(201, 'd');
  CHECK(records.Of(thread)->topic.record.title() == std::string(200, 'd'));
  CHECK(records.Members()[0].record.display_name() == std::string(100, 'a'));
  std::vector<std::string> told;
  for (const Loss& loss : records.TakeLosses()) told.push_back(loss.what);
  CHECK(told == std::vector<std::string>{"name cut at 100 characters", "name cut at 100 characters",
                                         "description cut at 2000 characters",
                                         "title cut at 200 characters"});
}

TEST_CASE_METHOD(Fixture, "an answer names what it answers, if that comes before it") {
  Records records("zulip", outline);
  std::vector<SourceMessage> messages = {Message("1", 310), Message("2", 311), Message("3", 312)};
  messages[1].reply_to = "1";
  messages[2].reply_to = "9";
  const auto sent = records.Of(Thread(messages));
  CHECK(sent->posts[1].record.reply_to() == sent->posts[0].record.name());
  CHECK(sent->posts[2].record.reply_to().empty());
  CHECK(records.TakeLosses().size() == 1);
}

TEST_CASE_METHOD(Fixture, "what nobody wrote, and what stands nowhere, is lost by name") {
  Records records("zulip", outline);
  SourceMessage of_nobody = Message("2", 311);
  of_nobody.person = "Zoe";
  of_nobody.reactions = {{"Ada", "heart"}};
  CHECK(records.Of(Thread({Message("1", 310), of_nobody}))->posts.size() == 1);
  CHECK(records.TakeLosses().size() == 2);
  SourceThread nowhere = Thread({Message("1", 310)});
  nowhere.place = "9";
  CHECK_FALSE(records.Of(nowhere));
  CHECK(records.TakeLosses().size() == 2);
  CHECK(records.Of(Thread({Message("1", 310), Message("1", 310)}))->posts.size() == 1);
  CHECK(records.TakeLosses().size() == 1);
}

}  // namespace
}  // namespace guildhall::importing
