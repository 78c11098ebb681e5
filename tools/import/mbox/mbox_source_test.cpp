#include "tools/import/mbox/mbox_source.h"

#include <catch2/catch.hpp>

#include "services/discussions/domain/topic.h"
#include "tools/import/archive/archive_fixture.h"
#include "tools/import/source/source_fixture.h"

namespace guildhall::mbox {
namespace {

using importing::ArchiveFixture;
using importing::Given;
using importing::Loss;
using importing::SourceKind;

// A message as lists keep it, written at a second of 2020-01-06 12:00 UTC.
std::string Mail(const std::string& from, int second, const std::string& headers,
                 const std::string& text) {
  const std::string time = "12:00:0" + std::to_string(second);
  return "From list Mon Jan  6 " + time + " 2020\nFrom: " + from + "\nDate: Mon, 6 Jan 2020 " +
         time + " +0000\n" + headers + "\n" + text + "\n\n";
}

constexpr char kAda[] = "Ada Lovelace <Ada@x.org>";
constexpr char kBen[] = "ben@y.org";

const std::string kDevs =
    Mail(kBen, 3, "Message-ID: <2@y>\nIn-Reply-To: <1@x>\nSubject: Re: Plans\n", "> What?\nThis.") +
    Mail(kAda, 1, "Message-ID: <1@x>\nSubject: Plans\nArchived-At: <https://l.org/1>\n", "What?") +
    Mail("ADA@X.ORG", 2, "Message-ID: <3@x>\nReferences: <1@x> <2@y>\nSubject: Re: Plans\n",
         "Good.") +
    Mail(kAda, 4, "Message-ID: <1@x>\nSubject: Plans\n", "What?") +
    Mail(kBen, 5, "Subject: Re: [devs] Lost\nReferences: <0@z>\n", "") +
    "From list Mon Jan  6 12:00:06 2020\nFrom: \nDate: Mon, 6 Jan 2031 12:00:00 +0000\n\nlate\n";

const ArchiveFixture::Files kLists = {
    {"devs.mbox", kDevs},
    {"old/news.mbox.gz", importing::Gzip(Mail(kBen, 1, "Message-ID: <1@x>\n", "x"))},
    {"empty.mbox", ""},
    {".hidden", "no mbox"}};

Given Read(const std::string& path) {
  auto given = importing::ReadAll(OpenMbox(path));
  REQUIRE(given.status() == absl::OkStatus());
  CHECK(importing::SourceRules(*given).broken() == "");
  return *std::move(given);
}

Given ReadLists() { return Read(ArchiveFixture(kLists).Folder()); }

absl::Time At(int second) { return absl::FromUnixSeconds(1578312000 + second); }

TEST_CASE("lists are called as their files, people by name and hash") {
  const Given given = ReadLists();
  REQUIRE(given.outline.places.size() == 2);
  CHECK(given.outline.places[0].key == "devs");
  CHECK(given.outline.places[1].key == "old/news");
  CHECK(given.outline.places[1].name == "news");
  const auto& devs = given.outline.places[0].participations;
  REQUIRE(devs.size() == 3);
  REQUIRE(given.outline.people.size() == 3);
  CHECK(given.outline.people[1].name == "Ada Lovelace");
  CHECK(given.outline.people[1].time == At(1));
  // SHA-256 of "ada@x.org".
  CHECK(given.outline.people[1].key ==
        "210e59f6e61aa3a35ab77472ad49610a12db532296e8a29a4a021e1503aeb220");
  CHECK(given.outline.people[0].name == "ben");
  CHECK(given.outline.people[2].key == "nobody");
  CHECK(devs[0].person == given.outline.people[1].key);
}

TEST_CASE("a thread is what refers to each other, in an order that makes sense") {
  const Given given = ReadLists();
  REQUIRE(given.threads.size() == 4);
  const importing::SourceThread& plans = given.threads[0];
  CHECK(plans.title == "Plans");
  CHECK(plans.key == "devs/1@x");
  REQUIRE(plans.messages.size() == 3);
  CHECK(plans.messages[0].markdown == "What?");
  CHECK(plans.messages[0].address == "https://l.org/1");
  CHECK(plans.messages[1].markdown == "> What?\n\nThis.");
  CHECK(plans.messages[1].reply_to == "devs/1@x");
  // Written by a clock that was late: not before what it replies to.
  CHECK(plans.messages[2].key == "devs/3@x");
  CHECK(plans.messages[2].time == At(3));
  CHECK(given.threads[1].title == "[devs] Lost");
  CHECK(given.threads[1].messages[0].markdown.empty());
  CHECK(given.threads[1].messages[0].key.starts_with("devs/sha256:"));
  CHECK(given.threads[2].title == "No subject");
  CHECK(given.threads[2].messages[0].time == At(6));
  CHECK(given.threads[3].key == "old/news/1@x");
}

TEST_CASE("whatever does not come along is named") {
  std::vector<std::string> losses;
  for (const Loss& loss : ReadLists().losses) {
    losses.push_back(loss.key.substr(0, 8) + (loss.whole ? " is lost: " : " loses ") + loss.what);
  }
  CHECK(losses == std::vector<std::string>{"devs/1@x is lost: a message is there twice",
                                           "empty is lost: a list without messages",
                                           "devs/sha loses when it was written"});
}

TEST_CASE("what HTML loses on its way to Markdown is named") {
  const ArchiveFixture fixture(ArchiveFixture::Files{
      {"a.mbox", Mail(kAda, 1, "Message-ID: <1@x>\nContent-Type: text/html\n",
                      "<p>See <img src=\"https://x.y/z.png\"> <a href=\"/t\">that</a></p>")}});
  std::vector<std::string> losses;
  for (const Loss& loss : Read(fixture.Folder()).losses) losses.push_back(loss.what);
  CHECK(losses == std::vector<std::string>{"picture https://x.y/z.png: a link to where it is",
                                           "link to /t: only its words"});
}

TEST_CASE("one list is read alone, packed or not") {
  const ArchiveFixture fixture(kLists);
  CHECK(Read(fixture.Folder() + "/devs.mbox").threads.size() == 3);
  const Given news = Read(fixture.Folder() + "/old/news.mbox.gz");
  CHECK(news.outline.places[0].key == "news");
}

TEST_CASE("discussions takes what is read") {
  for (const auto& thread : ReadLists().threads) {
    for (const auto& message : thread.messages) {
      if (message.markdown.empty()) continue;
      CHECK(discussions::RenderNew("markdown", message.markdown).ok());
    }
  }
}

TEST_CASE("what is no list is refused") {
  const ArchiveFixture fixture(ArchiveFixture::Files{
      {"a.mbox", "Subject: x\n"}, {"b/c.mbox", kDevs}, {"b/c.mbox.gz", importing::Gzip(kDevs)}});
  const auto fault = [](const std::string& path) {
    return std::string(OpenMbox(path).status().message());
  };
  CHECK(fault(fixture.Folder() + "/a.mbox").find("line 1 begins no message") != std::string::npos);
  CHECK(fault(fixture.Folder() + "/b").ends_with(": another file has this list"));
  CHECK(fault(fixture.Packed()).ends_with("holds nothing to be read"));
  CHECK(fault("/absent") == "there is no /absent");
}

}  // namespace
}  // namespace guildhall::mbox
