#include "tools/import/slack/slack_source.h"

#include <catch2/catch.hpp>

#include "services/discussions/domain/topic.h"
#include "tools/import/archive/archive_fixture.h"
#include "tools/import/source/source_fixture.h"

namespace guildhall::slack {
namespace {

using importing::ArchiveFixture;
using importing::Given;
using importing::Loss;
using importing::SourceKind;

// A workspace of three and a bot: two open channels, a private one, a direct conversation.
const ArchiveFixture::Files kWorkspace = {
    {"users.json", R"([
      {"id": "U1", "name": "ada", "profile": {"real_name": "Ada Lovelace"}},
      {"id": "U2", "name": "ben", "real_name": "Ben", "deleted": true},
      {"id": "U3", "name": "gus", "is_restricted": true}])"},
    {"channels.json", R"([
      {"id": "C1", "name": "general", "created": 1577750400, "creator": "U1",
       "members": ["U1", "U2", "U3"], "topic": {"value": "All of us"},
       "purpose": {"value": "*News* for <@U2>"}},
      {"id": "C2", "name": "old", "created": 1577750500, "creator": "", "members": [],
       "is_archived": true},
      {"id": "C3", "name": "empty", "members": []}])"},
    {"groups.json", R"([
      {"id": "G1", "name": "secret-plans", "created": 1577750600, "creator": "U2",
       "members": ["U2", "U3"]}])"},
    {"dms.json", R"([{"id": "D1", "created": 1, "members": ["U1", "U2"]}])"},
    {"general/2020-01-01.json", R"([
      {"type": "message", "subtype": "channel_join", "user": "U1", "ts": "1577836799.000000",
       "text": "<@U1> has joined the channel"},
      {"type": "message", "user": "U1", "ts": "1577836800.000100", "text": "Morning :wave:",
       "blocks": [{"type": "rich_text", "elements": [{"type": "rich_text_section", "elements":
                   [{"type": "text", "text": "Morning "}, {"type": "emoji", "name": "wave"}]}]}],
       "reactions": [{"name": "+1::skin-tone-3", "users": ["U2", "U9"], "count": 5},
                     {"name": "+1", "users": ["U2"], "count": 1}]},
      {"type": "message", "user": "U2", "ts": "1577836900.000200", "thread_ts":
       "1577836900.000200", "reply_count": 1, "text":
       "Where is *the <slack://x|plan>* for <#G1|secret-plans>?",
       "edited": {"user": "U2", "ts": "1577836901.000000"}},
      {"type": "message", "user": "U2", "ts": "1577836900.000200", "text": "again"}])"},
    {"general/2020-01-02.json", R"([
      {"type": "message", "user": "U1", "ts": "1577923300.000300", "thread_ts":
       "1577836900.000200", "text": "", "files": [{"name": "plan.pdf", "size": 240000}]},
      {"type": "message", "subtype": "bot_message", "bot_id": "B1", "username": "Builds",
       "ts": "1577923400.000400", "text": "", "attachments":
       [{"title": "Build 7", "title_link": "https://x.y/7", "text": "is *green*"}]},
      {"type": "message", "subtype": "tombstone", "user": "U1", "ts": "1577923500.000500",
       "text": "This message was deleted.", "reactions": [{"name": "+1", "users": ["U2"]}]}])"},
    {"old/2020-01-03.json",
     R"([{"type": "message", "user": "U8", "ts": "1578009600.000000", "text": "here"}])"},
    {"secret-plans/2020-01-01.json",
     R"([{"type": "message", "user": "U3", "ts": "1577836800.000000", "text": "hush"}])"},
    {"D1/2020-01-01.json",
     R"([{"type": "message", "user": "U1", "ts": "1577836800.000000", "text": "for Ben alone",
          "reactions": [{"name": "+1", "users": ["U1", "U2"]}]}])"},
    {"unlisted/2020-01-01.json",
     R"([{"type": "message", "user": "U1", "ts": "1577836800.000000", "text": "lost"}])"}};

Given Read(const std::string& path) {
  auto given = importing::ReadAll(OpenSlack(path));
  REQUIRE(given.status() == absl::OkStatus());
  CHECK(importing::SourceRules(*given).broken() == "");
  return *std::move(given);
}

Given ReadWorkspace() { return Read(ArchiveFixture(kWorkspace).Packed()); }

std::vector<std::string> LossesOf(const Given& given, SourceKind kind) {
  std::vector<std::string> lines;
  for (const Loss& loss : given.losses) {
    if (loss.kind == kind) {
      lines.push_back(loss.key + (loss.whole ? " is lost: " : " loses ") + loss.what);
    }
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}

TEST_CASE("people are those of the list, and whoever wrote or reacted") {
  std::vector<std::string> people;
  for (const auto& person : ReadWorkspace().outline.people) {
    people.push_back(person.key + " " + person.name + (person.external ? " (external)" : ""));
    CHECK(person.time == absl::FromUnixSeconds(1577750400));
  }
  CHECK(people == std::vector<std::string>{"U1 Ada Lovelace", "U2 Ben", "U3 gus (external)",
                                           "U9 U9 (external)", "B1 Builds", "U8 U8 (external)"});
}

TEST_CASE("channels are open, private ones secret, with their members") {
  const Given given = ReadWorkspace();
  REQUIRE(given.outline.places.size() == 3);
  const importing::SourcePlace& general = given.outline.places[0];
  CHECK(general.name == "general");
  CHECK(general.address == "/archives/C1");
  CHECK(general.description == "**News** for **@Ben**\n\nAll of us");
  CHECK(general.visibility == importing::SourceVisibility::kOpen);
  CHECK_FALSE(general.admits_externals);
  REQUIRE(general.participations.size() == 2);
  CHECK(general.participations[0].role == importing::SourceRole::kOwner);
  CHECK(given.outline.places[1].participations[0].person == "U8");
  const importing::SourcePlace& plans = given.outline.places[2];
  CHECK(plans.visibility == importing::SourceVisibility::kSecret);
  CHECK(plans.admits_externals);
  CHECK(plans.participations[1].person == "U3");
}

TEST_CASE("what is private is so in whatever list, and takes who may read it alone") {
  ArchiveFixture::Files files = kWorkspace;
  files[1].second = R"([
      {"id": "C1", "name": "general", "is_private": true, "creator": "U1", "members": ["U2"]},
      {"id": "C2", "name": "old", "is_private": true, "creator": "U1", "members": []},
      {"id": "C3", "name": "talk", "is_mpim": true, "members": ["U1"]}])";
  const Given given = Read(ArchiveFixture(files).Packed());
  REQUIRE(given.outline.places.size() == 2);
  const importing::SourcePlace& general = given.outline.places[0];
  CHECK(general.visibility == importing::SourceVisibility::kSecret);
  REQUIRE(general.participations.size() == 1);  // not who made it, and left
  CHECK(general.participations[0].person == "U2");
  CHECK(LossesOf(given, SourceKind::kPlace) ==
        std::vector<std::string>{"C2 is lost: a private channel without members",
                                 "C3 is lost: a direct conversation",
                                 "D1 is lost: a direct conversation"});
  const auto messages = LossesOf(given, SourceKind::kMessage);
  CHECK(std::count(
            messages.begin(), messages.end(),
            "C2/1578009600.000000 is lost: a message of a channel that does not come along") == 1);
}

TEST_CASE("a thread is titled by its first words, a day by channel and date") {
  const Given given = ReadWorkspace();
  std::vector<std::string> threads;
  for (const auto& thread : given.threads) threads.push_back(thread.key + ": " + thread.title);
  CHECK(threads == std::vector<std::string>{"C1/2020-01-01: general, 2020-01-01",
                                            "C1/1577836900.000200: Where is the plan for #G1?",
                                            "C1/2020-01-02: general, 2020-01-02",
                                            "C2/2020-01-03: old, 2020-01-03",
                                            "G1/2020-01-01: secret-plans, 2020-01-01"});
}

TEST_CASE("messages are Markdown, with their time, author, address and reactions") {
  const Given given = ReadWorkspace();
  const importing::SourceMessage& morning = given.threads[0].messages[0];
  CHECK(morning.markdown == "Morning 👋");
  CHECK(morning.person == "U1");
  CHECK(morning.time == absl::FromUnixMicros(1577836800000100));
  CHECK(morning.address == "/archives/C1/p1577836800000100");
  REQUIRE(morning.reactions.size() == 2);
  CHECK(morning.reactions[1].person == "U9");
  CHECK(morning.reactions[1].name == "+1");
  const importing::SourceThread& plan = given.threads[1];
  REQUIRE(plan.messages.size() == 2);
  CHECK(plan.messages[0].markdown == "Where is **the plan** for **#G1**?");
  CHECK(plan.messages[1].markdown == "*File: plan.pdf*");
  CHECK(given.threads[2].messages[0].markdown ==
        "> **[Build 7](https://x.y/7)**\n>\n> is **green**");
}

TEST_CASE("whatever does not come along is named") {
  const Given given = ReadWorkspace();
  CHECK(LossesOf(given, SourceKind::kPlace) ==
        std::vector<std::string>{"C1 loses mention of @Ben: its words",
                                 "C2 loses that it was archived",
                                 "C3 is lost: a channel without members and messages",
                                 "D1 is lost: a direct conversation"});
  CHECK(LossesOf(given, SourceKind::kParticipation) ==
        std::vector<std::string>{"C1/U3 is lost: a guest's place in an open channel"});
  CHECK(LossesOf(given, SourceKind::kReaction) ==
        std::vector<std::string>{
            "C1/1577836800.000100 is lost: a reaction is there twice",
            "C1/1577923500.000500 is lost: a reaction to a message that is lost",
            "D1/1577836800.000000 is lost: a reaction to a message that is lost",
            "D1/1577836800.000000 is lost: a reaction to a message that is lost"});
  CHECK(LossesOf(given, SourceKind::kMessage) ==
        std::vector<std::string>{
            "C1/1577836800.000100 loses 3 reactions :+1: of people that the export does not name",
            "C1/1577836900.000200 is lost: a message is there twice",
            "C1/1577836900.000200 loses link to slack://x: only its words",
            "C1/1577836900.000200 loses mention of #G1: its words",
            "C1/1577836900.000200 loses when it was edited",
            "C1/1577923300.000300 loses file plan.pdf (240 KB)",
            "C1/1577923500.000500 is lost: a message that was deleted there",
            "D1/1577836800.000000 is lost: a direct message",
            "unlisted/1577836800.000000 is lost: a message of a channel that no list has"});
  CHECK(given.read.messages == 10);
}

TEST_CASE("packed and unpacked read the same") {
  const ArchiveFixture fixture(kWorkspace);
  const Given packed = Read(fixture.Packed());
  const Given unpacked = Read(fixture.Folder());
  REQUIRE(packed.threads.size() == unpacked.threads.size());
  for (std::size_t i = 0; i < packed.threads.size(); ++i) {
    CHECK(packed.threads[i].key == unpacked.threads[i].key);
    CHECK(packed.threads[i].messages.size() == unpacked.threads[i].messages.size());
  }
}

TEST_CASE("discussions takes what is read") {
  for (const auto& thread : ReadWorkspace().threads) {
    for (const auto& message : thread.messages) {
      CHECK(discussions::RenderNew("markdown", message.markdown).ok());
    }
  }
}

TEST_CASE("what is no export is refused, and told where") {
  const auto fault = [](ArchiveFixture::Files files) {
    files.emplace_back("users.json", "[]");
    return std::string(OpenSlack(ArchiveFixture(files).Packed()).status().message());
  };
  CHECK(fault({}) == "no export of Slack: there is no channels.json");
  CHECK(fault({{"a/users.json", "[]"}}) == "users.json: there is another one");
  CHECK(fault({{"channels.json", "[{]"}}) == "channels.json: no JSON in UTF-8 at byte 3");
  CHECK(fault({{"channels.json", R"([{"name": "x"}])"}}) == "channels.json: element 1 has no id");
  CHECK(fault({{"channels.json", R"([{"id": "C1"}, {"id": "C1"}])"}}) ==
        "channels.json: element 2 is there twice");
  CHECK(fault({{"x/2020-01-01.json", R"([{"ts": "1.000000"}, {"ts": "soon"}])"}}) ==
        "x/2020-01-01.json: element 2 has no time");
  CHECK(fault({{"x/2020-01-01.json", R"([{"ts": "1.000000", "thread_ts": "x"}])"}}) ==
        "x/2020-01-01.json: element 1 has no time of its thread");
}

}  // namespace
}  // namespace guildhall::slack
