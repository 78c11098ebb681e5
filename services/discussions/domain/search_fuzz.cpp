#include "services/discussions/domain/search.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/discussions/domain/excerpt.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

void CheckBounds(const SearchQuery& query) {
  std::size_t words = 0;
  for (const SearchQuery::Term& term : query.terms) {
    GUILDHALL_CHECK(!term.words.empty());
    words += term.words.size();
    for (const Word& word : term.words) GUILDHALL_CHECK(!word.folded.empty());
  }
  GUILDHALL_CHECK(query.terms.size() <= kMaxTerms && words <= kMaxQueryWords);
  GUILDHALL_CHECK(query.tags.size() <= kMaxTags && query.from.size() <= kMaxAuthors);
}

void CheckRanges(const std::vector<TextRange>& ranges, int length) {
  int end = -1;
  for (const TextRange& range : ranges) {
    GUILDHALL_CHECK(range.length > 0 && range.offset > end);
    end = range.offset + range.length;
  }
  GUILDHALL_CHECK(ranges.size() <= kMaxMatches && end <= length);
}

void CheckLexemes(std::string_view title, std::string_view text) {
  std::size_t bytes = 0;
  std::string before;
  for (const Lexeme& lexeme : LexemesOf(title, text)) {
    GUILDHALL_CHECK(!lexeme.form.empty() && lexeme.form > before);
    GUILDHALL_CHECK(lexeme.positions.size() <= kMaxPositions);
    before = lexeme.form;
    bytes += lexeme.form.size();
  }
  // What PostgreSQL takes of a tsvector, places included.
  GUILDHALL_CHECK(bytes <= 2 * kMaxFormBytes);
}

}  // namespace
}  // namespace guildhall::discussions

// A query in a line, and a text to look through.
void guildhall::testing::TakeInput(std::string_view input) {
  using namespace discussions;
  const std::string_view asked = TakeLine(input);
  const auto query = SearchQueryFrom("query", asked, MemberId());
  if (query.ok()) CheckBounds(*query);
  if (!IsStorableUtf8(input) || input.size() > Count(kMaxMarkdown)) return;
  CheckLexemes(IsStorableUtf8(asked) ? FirstOf(asked, kTitle.max_length) : "", input);
  if (!query.ok()) return;
  const std::string_view text = FirstOf(input, kMaxExcerpted);
  CheckRanges(MatchesIn(text, *query), CodePointCount(text));
  const Excerpt excerpt = ExcerptOf(text, *query);
  const int length = CodePointCount(excerpt.line);
  GUILDHALL_CHECK(IsStorableUtf8(excerpt.line) && length <= kMaxExcerpt);
  GUILDHALL_CHECK(excerpt.line.find('\n') == std::string::npos);
  CheckRanges(excerpt.matches, length);
}
