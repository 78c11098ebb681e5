#include "tools/import/zulip/archive_reader.h"

#include <catch2/catch.hpp>

#include "tools/import/zulip/message_fixture.h"

namespace guildhall::zulip {
namespace {

const ArchiveFixture::Files kFiles = {{"zulip_json/1-new-name/Proof.20search.json",
                                       "[" + Message(12, 120, "Ada", "<p>third</p>") + "," +
                                           Message(10, 100, "Ada", "<p>first</p>") + "]"},
                                      {"zulip_json/1-old-name/Proof.20search.json",
                                       "[" + Message(10, 100, "Ada", "<p>first</p>") + "," +
                                           Message(11, 100, "Ben", "<p><em>second</em></p>") + "]"},
                                      {"zulip_json/2-other/" + std::string(250, 't') + ".json",
                                       "[" + Message(13, 130, "Ben", "") + "]"},
                                      {"zulip_json/2-other/empty.json", "[]"},
                                      {"zulip_json/index.json", "{}"}};

std::vector<ImportedPosts> PostsOf(const std::string& path) {
  auto reader = ArchiveReader::Open(path, "");
  REQUIRE(reader.ok());
  std::vector<ImportedPosts> topics;
  for (;;) {
    auto topic = reader->Next();
    REQUIRE(topic.ok());
    if (!*topic) return topics;
    topics.push_back(**topic);
  }
}

TEST_CASE("a topic in several files is one, its posts in order of time") {
  const ArchiveFixture fixture(kFiles);
  const std::vector<ImportedPosts> topics = PostsOf(fixture.Packed());
  REQUIRE(topics.size() == 2);
  REQUIRE(topics[0].posts.size() == 3);
  CHECK(topics[0].posts[0].markdown == "first");
  CHECK(topics[0].posts[1].markdown == "*second*");
  CHECK(topics[0].posts[1].sender == "Ben");
  CHECK(topics[0].posts[2].time == absl::FromUnixSeconds(120));
}

TEST_CASE("a post without words says so") {
  const ArchiveFixture fixture(kFiles);
  const std::vector<ImportedPosts> topics = PostsOf(fixture.Packed());
  CHECK(topics[1].posts[0].markdown == "*(no text)*");
  CHECK(topics[1].posts[0].lost == std::vector<std::string>{"shows nothing"});
  CHECK(topics[0].posts[0].lost.empty());
}

TEST_CASE("a message of very many lost links names the first") {
  std::string links;
  for (int i = 0; i < 25; ++i) links += "<a href='/" + std::to_string(i) + "'>a</a> ";
  const ArchiveFixture fixture({{"1-a/b.json", "[" + Message(1, 10, "Ada", links + links) + "]"}});
  const std::vector<std::string> lost = PostsOf(fixture.Folder())[0].posts[0].lost;
  REQUIRE(lost.size() == 21);
  CHECK(lost[0] == "link to /0: only its words");
  CHECK(lost[20] == "and 5 more");
}

TEST_CASE("a damaged topic is named") {
  const ArchiveFixture fixture({{"1-a/good.json", "[]"}, {"1-a/bad.json", "[{]"}});
  const auto reader = ArchiveReader::Open(fixture.Packed(), "");
  CHECK(reader.status() == absl::InvalidArgumentError("1-a/bad.json: no JSON in UTF-8 at byte 3"));
}

TEST_CASE("an archive that changes between its two readings is refused") {
  const ArchiveFixture fixture(kFiles);
  const std::string folder = fixture.Folder();
  auto reader = ArchiveReader::Open(folder, "");
  REQUIRE(reader.ok());
  std::ofstream(folder + "/" + kFiles[0].first) << "[]";
  CHECK(reader->Next().status().code() == absl::StatusCode::kInvalidArgument);
}

}  // namespace
}  // namespace guildhall::zulip
