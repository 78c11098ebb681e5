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

TEST_CASE("what is no list of messages is refused") {
  CHECK(Fault("[{") == "no JSON in UTF-8 at byte 3");
  CHECK(Fault("[{\"content\": \"\xFF\"}]") == "no JSON in UTF-8 at byte 15");
  CHECK(Fault("{}") == "no list of messages");
  CHECK(Fault("7") == "no list of messages");
  CHECK(Fault("[[]]") == "message 1 is no object");
  CHECK(Fault("[7]") == "message 1 is no object");
}

constexpr char kGood[] = R"({"id": 1, "timestamp": 1, "sender_full_name": "A", "content": ""})";

// The fault of a list whose second message this is.
std::string FaultOf(const std::string& message) {
  return Fault(std::string("[") + kGood + "," + message + "]");
}

TEST_CASE("a fault names the message and its member") {
  CHECK(FaultOf("null") == "message 2 is no object");
  CHECK(FaultOf(R"({"id": 1, "id": 1})") == "message 2 has id twice");
  CHECK(FaultOf(R"({"id": 1})") == "message 2 has no timestamp");
  CHECK(FaultOf(R"({"id": 1, "timestamp": 1, "content": ""})") ==
        "message 2 has no sender_full_name");
  CHECK(FaultOf(R"({"content": 1})") == "message 2: content is no text");
  CHECK(FaultOf(R"({"sender_full_name": null})") == "message 2: sender_full_name is no text");
  for (const char* const value : {"\"1\"", "-1", "0.5", "1e3", "true", "null", "[]", "{}"}) {
    CHECK(FaultOf(std::string("{\"id\": ") + value + "}") ==
          "message 2: id is no whole number from 0 on");
  }
  CHECK(FaultOf(R"({"id": 18446744073709551615})") == "message 2: id is beyond 2^63");
  CHECK(FaultOf(R"({"timestamp": 1600000000000})") ==
        "message 2: timestamp is beyond the year 3000");
  CHECK(FaultOf(R"({"x\ny": {}})") == "message 2: x y is no plain value");
  CHECK(FaultOf("{\"" + std::string(500, 'x') + "\": []}") ==
        "message 2: " + std::string(100, 'x') + " is no plain value");
}

TEST_CASE("members that nobody asks for are passed over, however large their numbers") {
  CHECK(Fault(R"([{"id": 1, "timestamp": 1, "sender_full_name": "A", "content": "", "a": null,
                   "b": 18446744073709551615, "c": -1.5, "d": "x"}])") == "none");
}

}  // namespace
}  // namespace guildhall::zulip
