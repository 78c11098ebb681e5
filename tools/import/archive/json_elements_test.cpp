#include "tools/import/archive/json_elements.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"

namespace guildhall::importing {
namespace {

// The elements as JSON, a line each, then what is wrong, if anything is.
std::string ElementsOf(std::string_view json) {
  std::string elements;
  const absl::Status status = ForEachElement("x.json", json, [&](const nlohmann::json& element) {
    elements += element.dump() + "\n";
    return element.contains("bad") ? absl::InvalidArgumentError("bad") : absl::OkStatus();
  });
  return absl::StrCat(elements, status.message());
}

TEST_CASE("elements come one after the other as they are") {
  CHECK(ElementsOf("[]").empty());
  CHECK(ElementsOf(R"([{"a":[1,-2,0.5,{"b":null}],"c":{"d":[[]]}}, {"a":true}])") ==
        R"({"a":[1,-2,0.5,{"b":null}],"c":{"d":[[]]}})"
        "\n{\"a\":true}\n");
  CHECK(ElementsOf("[{\"a\":\"\\u0000x\"}]") == "{\"a\":\"x\"}\n");
}

TEST_CASE("what is no array of objects is refused") {
  CHECK(ElementsOf("{}") == "x.json: no array");
  CHECK(ElementsOf("1") == "x.json: no array");
  CHECK(ElementsOf("[{},1]") == "{}\nx.json: element 2 is no object");
  CHECK(ElementsOf("[[]]") == "x.json: element 1 is no object");
  CHECK(ElementsOf("[{}] x") == "{}\nx.json: no JSON in UTF-8 at byte 6");
  CHECK(ElementsOf("[{\"a\":1,\"b\":2,\"a\":3}]") == "x.json: element 1 has a member twice");
  CHECK(ElementsOf("[{\"a\":\"\xFF\"}]") == "x.json: no JSON in UTF-8 at byte 8");
  const std::string deep(kMaxJsonDepth, '[');
  CHECK(ElementsOf("[{\"a\":" + deep) == "x.json: element 1 nests too deep");
}

TEST_CASE("an element is no larger than the limits, a list of elements is") {
  const auto lists = [](std::size_t count) {
    std::string text = "[]";
    for (std::size_t i = 1; i < count; ++i) text += ",[]";
    return "{\"a\":[" + text + "]}";
  };
  const auto said = [](const std::string& json) {
    std::size_t count = 0;
    const absl::Status status = ForEachElement("x.json", json, [&](const nlohmann::json&) {
      ++count;
      return absl::OkStatus();
    });
    return absl::StrCat(count, " ", status.message());
  };
  const std::string most = lists(kMaxElementValues - 1);
  CHECK(said("[" + most + "," + most + "]") == "2 ");
  CHECK(said("[{}," + lists(kMaxElementValues) + "]") == "1 x.json: element 2 is too large");
  const std::string text(kMaxElementBytes, 'x');
  CHECK(said("[{\"\":\"" + text + "\"}]") == "1 ");
  CHECK(said("[{\"\":\"" + text + "x\"}]") == "0 x.json: element 1 is too large");
}

TEST_CASE("whoever takes an element may end it") {
  CHECK(ElementsOf("[{\"bad\":1},{}]") == "{\"bad\":1}\nbad");
}

TEST_CASE("members are read without asking whether they are there") {
  const auto json = nlohmann::json::parse(R"({"a":"x","b":1})");
  CHECK(TextOf(json, "a") == "x");
  CHECK(TextOf(json, "b").empty());
  CHECK(TextOf(json, "c").empty());
  CHECK(MemberOf(MemberOf(json, "c"), "d").is_null());
}

}  // namespace
}  // namespace guildhall::importing
