#include "tools/import/archive/lost.h"

#include <catch2/catch.hpp>

namespace guildhall::importing {
namespace {

// How the losses of a message end that has so many different ones, each twice.
std::string EndOf(std::size_t count) {
  Lost lost;
  for (std::size_t i = 0; i < 2 * count; ++i) lost.Add(std::to_string(i % count));
  return lost.Take().back();
}

TEST_CASE("what is lost is named once, in order, message by message") {
  Lost lost;
  for (const char* const line : {"b", "a", "b"}) lost.Add(line);
  CHECK(lost.Take() == std::vector<std::string>{"b", "a"});
  CHECK(lost.Take().empty());
  lost.Add("a");
  CHECK(lost.Take() == std::vector<std::string>{"a"});
}

TEST_CASE("of many losses the first are named and the others counted, within bounds") {
  CHECK(EndOf(20) == "19");
  CHECK(EndOf(21) == "and 1 more");
  CHECK(EndOf(1000) == "and 980 more");
  CHECK(EndOf(1001) == "and more than 980 more");
}

}  // namespace
}  // namespace guildhall::importing
