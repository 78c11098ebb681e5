#include "services/discussions/domain/search.h"

#include <catch2/catch.hpp>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

constexpr char kId[] = "018f0000-0000-7000-8000-000000000001";

SearchQuery Query(std::string_view text) {
  const auto query = SearchQueryFrom("query", text, *MemberId::Parse(kId));
  INFO(query.status());
  REQUIRE(query.ok());
  return *query;
}
bool Refuses(std::string_view text) {
  return !SearchQueryFrom("query", text, *MemberId::Parse(kId)).ok();
}

TEST_CASE("a query is of words, phrases and what is excluded") {
  const SearchQuery query = Query("rye \"dark bread\" -spelt -\"white flour\"");
  REQUIRE(query.terms.size() == 4);
  CHECK_FALSE(query.terms[0].exact);
  CHECK(query.terms[1].exact);
  CHECK(query.terms[1].words.size() == 2);
  CHECK(query.terms[2].excluded);
  CHECK(query.terms[3].excluded);
  CHECK(query.terms[3].words[1].folded == "flour");
}

TEST_CASE("operators say where, by whom and when") {
  const SearchQuery query = Query(absl::StrCat("rye in:communities/", kId, " from:members/", kId,
                                               " after:2026-01-30 before:2026-02-01 tag:C++"));
  CHECK(query.terms.size() == 1);
  CHECK(query.in == std::vector{*CommunityId::Parse(kId)});
  CHECK(query.from == std::vector{*MemberId::Parse(kId)});
  REQUIRE(query.tags.size() == 1);
  CHECK(query.tags[0] == "c++");
  CHECK(query.before == absl::FromCivil(absl::CivilDay(2026, 2, 1), absl::UTCTimeZone()));
  CHECK(query.after == absl::FromCivil(absl::CivilDay(2026, 1, 30), absl::UTCTimeZone()));
  CHECK(Query("from:me").from == query.from);
  for (const char* wrong :
       {"rye in:bakers", "rye from:you", "rye after:2026", "rye before:soon",
        "rye in:", "rye before:infinite-past", "rye before:20260201", "rye before:2026-02-30",
        "rye before:99999-01-01", "rye before:-200-01-01", "rye tag:", "rye tag:+",
        "rye tag:a tag:b tag:c tag:d tag:e tag:f"}) {
    CHECK(Refuses(wrong));
  }
}

TEST_CASE("of several authors it is any") {
  CHECK(Query(absl::StrCat("from:me from:members/", kId)).from.size() == 2);
  std::string many;
  for (std::size_t n = 0; n <= kMaxAuthors; ++n) many += "from:me ";
  CHECK(Refuses(many));
}

TEST_CASE("operators are written in any case, as telephones do") {
  const SearchQuery query = Query(absl::StrCat("Rye IN:communities/", kId,
                                               " From:Me After:2026-01-30 "
                                               "Before:2026-02-01 Tag:Bread IS:Question Is:First"));
  CHECK(query.taken_as_words.empty());
  CHECK(query.terms.size() == 1);
  CHECK(query.in.size() == 1);
  CHECK(query.from == std::vector{*MemberId::Parse(kId)});
  CHECK(query.after.has_value());
  CHECK(query.before.has_value());
  CHECK(query.tags == std::vector<std::string>{"bread"});
  CHECK(query.traits == std::vector<std::string>{"question"});
  CHECK(query.first);
  CHECK(Query("rye In:Title").in_title);
}

TEST_CASE("who is refused an operator is told which") {
  for (const char* wrong : {"In:bakers", "in:topics/7", "from:you", "from:members/7", "after:2026",
                            "Before:soon", "tag:+", "is:hot", "is:"}) {
    const auto refused =
        SearchQueryFrom("query", absl::StrCat("rye ", wrong, " spelt"), MemberId());
    REQUIRE_FALSE(refused.ok());
    const RefusalDetails details = *DetailsOf(refused.status());
    CHECK(details.violations[0].field == "query");
    CHECK(details.violations[0].description.starts_with(absl::StrCat("holds \"", wrong, "\", ")));
  }
}

TEST_CASE("a colon elsewhere is a mark like others") {
  const SearchQuery query = Query("note:well 12:30");
  CHECK(query.in.empty());
  CHECK(query.terms[0].words[0].folded == "note");
}

TEST_CASE("what looks like an operator and is a word is told") {
  using Told = std::vector<std::string>;
  CHECK(Query("note:well rye -tag:bread created-by:me Has_Image:yes go*").taken_as_words ==
        Told{"note:well", "-tag:bread", "created-by:me", "Has_Image:yes", "go*"});
  CHECK(Query("12:30 https://example.com std::sort \"note:well\" Note: :x -:x __:x tag:rye bak* "
              "\"go*\" *")
            .taken_as_words.empty());
}

TEST_CASE("an asterisk makes a word the beginning of one") {
  const SearchQuery query = Query("rye Flou*");
  REQUIRE(query.terms.size() == 2);
  CHECK_FALSE(query.terms[0].beginning);
  CHECK(query.terms[1].beginning);
  CHECK(query.terms[1].words[0].folded == "flou");
  // The last word of what holds together.
  CHECK(Query("well-kno*").terms[0].beginning);
  CHECK(Query("rye -flou*").terms[1].beginning);
  for (const char* none : {"\"flou*\"", "fl*", "flou-*", "*flou", "flou**", "flo*ur"}) {
    INFO(none);
    CHECK_FALSE(Query(none).terms[0].beginning);
  }
  CHECK(Query("面*").terms[0].beginning);
  CHECK(Refuses("flou* brea*"));
}

TEST_CASE("what somebody wrote, or what has a tag, is looked for without a word") {
  CHECK(Query(absl::StrCat("from:members/", kId)).terms.empty());
  CHECK(Query("tag:rye -\"white flour\"").terms.size() == 1);
}

TEST_CASE("is: asks what a topic is, or for its first post, and needs no word") {
  const SearchQuery query = Query("is:question is:unanswered is:open is:question is:first rye");
  CHECK(query.traits == std::vector<std::string>{"question", "unanswered", "open"});
  CHECK(query.first);
  CHECK(query.terms.size() == 1);
  for (const char* trait : kTopicTraits) CHECK_FALSE(Query(absl::StrCat("is:", trait)).first);
  CHECK(Query("is:first").traits.empty());
}

TEST_CASE("who asks with is: for what is unknown is told what there is") {
  for (const char* wrong : {"rye is:", "rye is:questions", "rye is:hot", "rye is:question,open"}) {
    const auto refused = SearchQueryFrom("query", wrong, MemberId());
    REQUIRE_FALSE(refused.ok());
    const std::string told = DetailsOf(refused.status())->violations[0].description;
    for (const char* trait : kTopicTraits) CHECK(told.find(trait) != std::string::npos);
    CHECK(told.find("first") != std::string::npos);
  }
}

TEST_CASE("in:title looks for the words in titles, wherever that is") {
  const SearchQuery query = Query(absl::StrCat("rye in:title in:communities/", kId));
  CHECK(query.in_title);
  CHECK(query.in.size() == 1);
  CHECK_FALSE(Query("rye").in_title);
  CHECK(Refuses("in:title"));
  CHECK(Refuses("in:title -rye"));
  CHECK(Refuses("rye in:titles"));
}

TEST_CASE("in:topics looks in topics, of several in any") {
  const std::string in_topic = absl::StrCat("in:topics/", kId);
  const SearchQuery query = Query("rye " + in_topic);
  CHECK(query.topics == std::vector{*TopicId::Parse(kId)});
  CHECK(query.in.empty());
  CHECK(Query("rye").topics.empty());
  for (const char* wrong : {"rye in:topics", "rye in:topics/", "rye in:topics/7"}) {
    CHECK(Refuses(wrong));
  }
  // Where to look is not yet what to look for.
  CHECK(Refuses(in_topic));
  std::string many = "rye";
  for (std::size_t n = 0; n < kMaxSearchedTopics; ++n) many += " " + in_topic;
  CHECK(Query(many).topics.size() == kMaxSearchedTopics);
  CHECK(Refuses(many + " " + in_topic));
}

TEST_CASE("a query looks for something, within bounds") {
  for (const char* nothing : {"", "  ", "-rye", "\"\"", "before:2026-01-01", "after:2026-01-01",
                              "- \"", "in:communities/018f0000-0000-7000-8000-000000000001"}) {
    CHECK(Refuses(nothing));
  }
  CHECK(Refuses("rye" + std::string(498, ' ')));
  std::string many;
  for (std::size_t n = 0; n <= kMaxTerms; ++n) many += "a ";
  CHECK(Refuses(many));
  CHECK(Refuses("\"" + many + many + "\""));
  CHECK(Refuses("\xFF"));
}

TEST_CASE("a query takes as much as the contract says") {
  CHECK(Query("rye" + std::string(497, ' ')).terms.size() == 1);
  std::string terms, phrase;
  for (int n = 0; n < 16; ++n) terms += "a ";
  for (int n = 0; n < 32; ++n) phrase += "a ";
  CHECK(Query(terms).terms.size() == 16);
  CHECK(Query("\"" + phrase + "\"").terms[0].words.size() == 32);
  CHECK(Refuses("\"" + phrase + "a\""));
  std::string authors;
  for (int n = 0; n < 10; ++n) authors += "from:me ";
  CHECK(Query(authors).from.size() == 10);
  CHECK(Query("tag:a tag:b tag:c tag:d tag:e").tags.size() == 5);
}

TEST_CASE("results come the best first, unless the newest or the oldest are asked for") {
  CHECK(*SearchOrderFrom("order", 0) == SearchOrder::kBest);
  CHECK(*SearchOrderFrom("order", 1) == SearchOrder::kBest);
  CHECK(*SearchOrderFrom("order", 2) == SearchOrder::kNewest);
  CHECK(*SearchOrderFrom("order", 3) == SearchOrder::kOldest);
  CHECK_FALSE(SearchOrderFrom("order", 4).ok());
  CHECK_FALSE(SearchOrderFrom("order", -1).ok());
}

TEST_CASE("a text is found under its words, with their places, and under their stems") {
  const std::vector<Lexeme> lexemes = LexemesOf("", "The bakers baked the bread");
  const auto find = [&](std::string_view form) {
    return std::ranges::find(lexemes, form, &Lexeme::form);
  };
  REQUIRE(find("the") != lexemes.end());
  CHECK(find("the")->positions == std::vector{1, 4});
  REQUIRE(find("~bake") != lexemes.end());
  CHECK(find("~bake")->positions.empty());
  CHECK(find("bake") == lexemes.end());
}

TEST_CASE("a text of a few words is found under the stems of all languages") {
  std::vector<std::string> forms;
  for (const Lexeme& lexeme : LexemesOf("", "silver tarnishes")) forms.push_back(lexeme.form);
  CHECK(std::ranges::count(forms, "~tarnish") == 1);
}

TEST_CASE("a text is found under the beginnings of its words that are shorter than these") {
  std::vector<std::string> beginnings;
  for (const Lexeme& lexeme : LexemesOf("", "Flourishing flours: rye \u9EA6\u7C89")) {
    if (!lexeme.form.starts_with(kBeginningMark)) continue;
    CHECK(lexeme.positions.empty());
    beginnings.push_back(lexeme.form.substr(1));
  }
  // Of ideographs one is a beginning, of which ICU takes two for a word.
  CHECK(beginnings == std::vector<std::string>{"flo", "flou", "flour", "flouri", "\u9EA6"});
  CHECK(KnownBeginning("flourishing") == "flouri");
  CHECK(KnownBeginning("rye") == "rye");
}

TEST_CASE("what stands in a title is found as words of a title, too") {
  const std::vector<Lexeme> lexemes = LexemesOf("Rye loaves", "Wheat and rye");
  const auto positions = [&](std::string_view form) {
    const auto found = std::ranges::find(lexemes, form, &Lexeme::form);
    return found == lexemes.end() ? std::vector{-1} : found->positions;
  };
  CHECK(positions("rye") == std::vector{1, 5});
  CHECK(positions("^rye") == std::vector{1});
  CHECK(positions("^loaves") == std::vector{2});
  CHECK(positions("^~loav").empty());
  CHECK(positions("^<loav").empty());
  CHECK(positions("^wheat") == std::vector{-1});
}

TEST_CASE("the places of words are counted up to what PostgreSQL keeps") {
  std::string text;
  for (int n = 1; n < kLastPosition; ++n) text += "a ";
  const auto place_of = [](const std::string& of, std::string_view form) {
    const std::vector<Lexeme> lexemes = LexemesOf("", of);
    return std::ranges::find(lexemes, form, &Lexeme::form)->positions;
  };
  CHECK(place_of(text + "last", "last") == std::vector{kLastPosition});
  CHECK(place_of(text + "last beyond", "beyond").empty());
}

TEST_CASE("of a word at most 255 places in a text are known") {
  std::string text;
  for (int n = 0; n < 20'000; ++n) text += "a b ";
  for (const Lexeme& lexeme : LexemesOf("", text)) {
    CHECK(lexeme.positions.size() <= kMaxPositions);
    if (!lexeme.positions.empty()) CHECK(lexeme.positions.back() <= kLastPosition);
  }
}

TEST_CASE("what the words of a text take is bounded, whatever they become") {
  // A letter of three bytes that stands for four words of Arabic: 33 bytes.
  std::string text;
  for (int n = 0; n < 1000; ++n) {
    for (int bit = 0; bit < 16; ++bit) text += (n >> bit & 1) != 0 ? "\uFDFA" : "\uFDFB";
    text += ' ';
  }
  std::size_t bytes = 0;
  for (const Lexeme& lexeme : LexemesOf("", text)) bytes += lexeme.form.size();
  CHECK(bytes > kMaxFormBytes / 4);
  CHECK(bytes < kMaxFormBytes + 2048);
}

}  // namespace
}  // namespace guildhall::discussions
