#include "services/discussions/store/search_store.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/civil_time.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/store/test_forum.h"
#include "services/discussions/store/word_forms.h"

namespace guildhall::discussions {
namespace {

constexpr int kDay = 24 * 60;

struct Fixture : TestForum {
  // Posts from number `first` to `last`, of one day, that say "common".
  void Fill(int first, int last, int day) {
    const absl::Time time = At(day * kDay);
    const std::string words =
        VectorOf({{.form = "common", .positions = {1}}},
                 {.community = Community(1), .author = Member(1), .create_time = time});
    database.Run(absl::StrCat(
        "INSERT INTO post_words SELECT ('04000000-0000-0000-0000-' || lpad(to_hex(n), 12, '0'))",
        "::uuid, gen_random_uuid(), '", Community(1).ToString(), "', to_timestamp(",
        absl::ToUnixSeconds(time), "), $words$", words, "$words$::tsvector FROM generate_series(",
        first, ", ", last, ") n"));
  }

  // How many of the posts from number `first` to `last` are found.
  int Count(const std::string& text, int first, int last, SearchOrder order = SearchOrder::kBest) {
    SearchQuery query = *SearchQueryFrom("query", text, MemberId());
    query.order = order;
    const auto found =
        FindPosts(open, context(), Visible(Member(1), {Community(1)}), query, At(2000 * kDay));
    INFO(found.status());
    REQUIRE(found.ok());
    CHECK(found->size() <= kMaxRanked);
    return static_cast<int>(std::ranges::count_if(*found, [&](const Found& one) {
      return one.post >= PostNumber(first) && one.post <= PostNumber(last);
    }));
  }
};

TEST_CASE_METHOD(Fixture, "where too many posts have the words, the newest of them are looked at") {
  Fill(1, 600, 10);
  Fill(601, 1900, 11);
  Fill(1901, 2200, 12);
  CHECK(Count("common", 1901, 2200) == 300);
  CHECK(Count("common", 601, 1900) == 700);
  CHECK(Count("common", 1, 600) == 0);
}

TEST_CASE_METHOD(Fixture, "where the oldest come first, the oldest of too many are looked at") {
  Fill(1, 300, 10);
  Fill(301, 1600, 11);
  Fill(1601, 2200, 900);
  const auto count = [&](const std::string& query, int first, int last) {
    return Count(query, first, last, SearchOrder::kOldest);
  };
  CHECK(count("common", 1, 300) == 300);
  CHECK(count("common", 301, 1600) == 700);
  CHECK(count("common", 1601, 2200) == 0);
  const absl::CivilDay day = absl::ToCivilDay(At(11 * kDay), absl::UTCTimeZone());
  const std::string after = absl::StrCat("common after:", absl::FormatCivilTime(day));
  CHECK(count(after, 1, 300) == 0);
  CHECK(count(after, 301, 1600) == 1000);
}

TEST_CASE_METHOD(Fixture, "before a day, what was written lately takes nobody's place") {
  Fill(1, 600, 10);
  Fill(601, 2200, 11);
  const absl::CivilDay day = absl::ToCivilDay(At(11 * kDay), absl::UTCTimeZone());
  const std::string before = absl::StrCat("common before:", absl::FormatCivilTime(day));
  CHECK(Count(before, 1, 600) == 600);
  CHECK(Count(before, 601, 2200) == 0);
}

TEST_CASE_METHOD(Fixture, "much of one day is found behind years of nothing") {
  Fill(1, 700, 0);
  Fill(701, 1400, 900);
  CHECK(Count("common", 701, 1400) == 700);
  CHECK(Count("common", 1, 700) == 300);
}

}  // namespace
}  // namespace guildhall::discussions
