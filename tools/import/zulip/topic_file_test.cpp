#include "tools/import/zulip/topic_file.h"

#include <catch2/catch.hpp>

namespace guildhall::zulip {
namespace {

std::string Fault(std::string_view json) {
  const auto posts = ParseTopicFile(json);
  return posts.ok() ? "none" : std::string(posts.status().message());
}

TEST_CASE("a path names its stream and topic") {
  const auto path = ParseTopicPath("zulip_json/17-Lean-for-the-curious/1.2E.20A.2FB.3F.json");
  REQUIRE(path);
  CHECK(path->stream_id == 17);
  CHECK(path->stream_name == "Lean for the curious");
  CHECK(path->topic_name == "1. A/B?");
}

TEST_CASE("hyphens in a row are a dash, bytes that are no text stay as they are spelled") {
  CHECK(ParseTopicPath("1-Forms----Bounds/a.json")->stream_name == "Forms - Bounds");
  CHECK(ParseTopicPath("1-a/.E2.9C.94.20done.json")->topic_name == "✔ done");
  CHECK(ParseTopicPath("1-a/.FF.json")->topic_name == ".FF");
  CHECK(ParseTopicPath("1-a/v1.ab.json")->topic_name == "v1.ab");
}

TEST_CASE("other files are no topics") {
  for (const char* path :
       {"a.json", "zulip_json/stream_index.json", "1-a/b.txt", "1/a.json", "x-1/a.json",
        "1-/a.json", "1-a/.json", "99999999999999999999-a/b.json"}) {
    CHECK_FALSE(ParseTopicPath(path));
  }
}

TEST_CASE("the messages of a topic come in the order of the file") {
  const auto posts = ParseTopicFile(
      R"([{"id": 7, "sender_full_name": "Ada É", "timestamp": 1600000000, "content": "<p>a\u0000b</p>"},
          {"content": "", "timestamp": 1, "id": 3, "sender_full_name": "B", "reactions": null}])");
  REQUIRE(posts.ok());
  REQUIRE(posts->size() == 2);
  CHECK(posts->at(0).id == 7);
  CHECK(posts->at(0).sender == "Ada É");
  CHECK(posts->at(0).timestamp == 1600000000);
  CHECK(posts->at(0).html == "<p>ab</p>");
  CHECK(posts->at(1).id == 3);
  CHECK(ParseTopicFile("[]")->empty());
}

TEST_CASE("what is no list of messages is refused with its fault") {
  CHECK(Fault("[{") == "no JSON in UTF-8 at byte 3");
  CHECK(Fault("{}") == "an object where a value is expected");
  CHECK(Fault("[[]]") == "an array where a value is expected");
  CHECK(Fault("[7]") == "a number for a text");
  CHECK(Fault(R"([{"id": 1, "id": 1}])") == "two members of one name");
  CHECK(Fault(R"([{"id": 1}])") == "a message without id, timestamp, sender_full_name or content");
  CHECK(Fault(R"([{"id": "1"}])") == "a text for a number");
  CHECK(Fault(R"([{"content": 1}])") == "a number for a text");
  CHECK(Fault(R"([{"id": -1}])") == "a value of another type");
  CHECK(Fault(R"([{"id": 18446744073709551615}])") == "a number beyond 2^63");
  CHECK(Fault(R"([{"timestamp": 1600000000000}])") == "a time beyond the year 3000");
  CHECK(Fault(R"([{"x": {}}])") == "an object where a value is expected");
  CHECK(Fault("[{\"content\": \"\xFF\"}]") == "no JSON in UTF-8 at byte 15");
}

}  // namespace
}  // namespace guildhall::zulip
