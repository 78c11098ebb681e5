#include "tools/import/zulip/zulip_source.h"

#include <catch2/catch.hpp>

#include "absl/strings/match.h"
#include "tools/import/zulip/message_fixture.h"

namespace guildhall::zulip {
namespace {

const ArchiveFixture::Files kFiles = {
    {"1-maths-talk/Proof.20of.3F.json", "[" + Message(10, 100, "Ada", "<p>first</p>") + "," +
                                            Message(11, 110, "Ben", "<p>second</p>") + "," +
                                            Message(11, 110, "Ben", "<p>second</p>") + "]"},
    {"2-logic/Rules.json", "[" + Message(12, 120, "Ben", "<a href='//'>third</a>") + "]"},
    {"3-empty/Nothing.json", "[]"}};

struct Fixture {
  const ArchiveFixture archive{kFiles};
  std::unique_ptr<ZulipSource> source =
      *ZulipSource::Open(archive.Packed(), "https://chat.example/");

  std::vector<importing::SourceThread> Threads() const {
    std::vector<importing::SourceThread> threads;
    for (;;) {
      auto thread = source->Next();
      REQUIRE(thread.ok());
      if (!*thread) return threads;
      threads.push_back(**thread);
    }
  }
};

TEST_CASE("what is no topic of a stream is named, and nothing else is no archive") {
  ArchiveFixture::Files files = kFiles;
  files.emplace_back("2-logic/deeper/Rules.json", "[]");
  files.emplace_back("realm.json", "{}");
  const ArchiveFixture mixed(files);
  const auto source = *ZulipSource::Open(mixed.Packed(), "");
  std::vector<std::string> lost;
  for (const importing::Loss& loss : source->TakeLosses()) {
    if (loss.kind == importing::SourceKind::kThread && loss.whole) lost.push_back(loss.key);
  }
  CHECK(lost == std::vector<std::string>{"2-logic/deeper/Rules.json", "realm.json"});
  CHECK(source->read().threads == 2);

  const ArchiveFixture other({{"realm.json", "{}"}, {"messages-000001.json", "{}"}});
  const absl::Status none = ZulipSource::Open(other.Folder(), "").status();
  CHECK(absl::IsInvalidArgument(none));
  CHECK(absl::StrContains(none.message(), "holds no topic of a stream"));
}

TEST_CASE_METHOD(Fixture, "people and streams come with their keys and first times") {
  const importing::SourceOutline& outline = source->outline();
  REQUIRE(outline.people.size() == 2);
  CHECK(outline.people[0].key == "Ada");
  CHECK(outline.people[1].time == absl::FromUnixSeconds(110));
  REQUIRE(outline.places.size() == 2);
  CHECK(outline.places[0].key == "1");
  CHECK(outline.places[0].name == "maths talk");
  CHECK(outline.places[0].visibility == importing::SourceVisibility::kOpen);
  CHECK_FALSE(outline.places[0].admits_externals);
  CHECK(outline.places[0].participations[0].person == "Ada");
  CHECK(outline.places[0].participations[1].time == absl::FromUnixSeconds(110));
  CHECK(outline.message_count == 3);
}

TEST_CASE_METHOD(Fixture, "topics come with their messages in order of time") {
  const std::vector<importing::SourceThread> threads = Threads();
  REQUIRE(threads.size() == 2);
  CHECK(threads[0].key == "1/Proof of?");
  CHECK(threads[0].place == "1");
  CHECK(threads[0].title == "Proof of?");
  REQUIRE(threads[0].messages.size() == 2);
  CHECK(threads[0].messages[0].key == "10");
  CHECK(threads[0].messages[0].markdown == "first");
  CHECK(threads[0].messages[1].person == "Ben");
}

TEST_CASE_METHOD(Fixture, "addresses are those that Zulip's pages have") {
  CHECK(source->outline().places[0].address == "https://chat.example/#narrow/stream/1-maths-talk");
  const std::vector<importing::SourceThread> threads = Threads();
  CHECK(threads[0].address ==
        "https://chat.example/#narrow/stream/1-maths-talk/topic/Proof.20of.3F");
  CHECK(threads[0].messages[1].address == threads[0].address + "/near/11");
}

TEST_CASE_METHOD(Fixture, "what does not come along is named, and everything counted") {
  Threads();
  std::vector<std::string> lost;
  for (const importing::Loss& loss : source->TakeLosses()) {
    CHECK(loss.whole == (loss.kind == importing::SourceKind::kPlace));
    lost.push_back(loss.key + ": " + loss.what);
  }
  CHECK(lost == std::vector<std::string>{"3: a stream without messages",
                                         "11: is there twice; one of them counts",
                                         "12: link to //: only its words"});
  CHECK(source->read().people == 2);
  CHECK(source->read().places == 3);
  CHECK(source->read().participations == 3);
  CHECK(source->read().threads == 2);
  CHECK(source->read().messages == 3);
}

}  // namespace
}  // namespace guildhall::zulip
