#include "services/discussions/api/searching_fixture.h"

namespace guildhall::discussions {
namespace {

struct Fixture : SearchingFixture {
  v1::Topic topic = Open(ada, open, "Untitled");
};

TEST_CASE_METHOD(Fixture, "a result shows in the title what was looked for, of first posts alone") {
  const v1::Topic named = Open(ada, open, "Rye 🥖 loaves");
  Post(ben, named.name(), "many loaves");
  Index();
  const auto response = Must(Search(ada, Request("loaves")));
  REQUIRE(response.results_size() == 2);
  for (const v1::SearchResult& result : response.results()) {
    const bool first = result.number() == 1;
    REQUIRE(result.title_matches_size() == (first ? 1 : 0));
    CHECK(result.excerpt_matches_size() == (first ? 0 : 1));
    if (first) CHECK(result.title_matches(0).offset() == 6);
  }
}

TEST_CASE_METHOD(Fixture, "what looks like a tag is text in an excerpt, and is counted as such") {
  Post(ben, topic.name(), "`<mark>` & <script> rye");
  Index();
  const auto response = Must(Search(ada, Request("rye")));
  REQUIRE(response.results_size() == 1);
  const v1::SearchResult& result = response.results(0);
  CHECK(result.excerpt() == "<mark> & <script> rye");
  REQUIRE(result.excerpt_matches_size() == 1);
  CHECK(result.excerpt_matches(0).offset() == 18);
}

}  // namespace
}  // namespace guildhall::discussions
