#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/discussions/domain/words.h"

namespace guildhall::discussions {

// Which results come first: the numbers of guildhall.discussions.v1.SearchOrder.
enum class SearchOrder { kBest = 1, kNewest, kOldest };

// What somebody looks for.
struct SearchQuery {
  // Words that follow each other, or one word with its inflections.
  struct Term {
    std::vector<Word> words;
    bool excluded = false;
    // In quotation marks: as it is written, without inflections.
    bool exact = false;
  };
  // At least one that is not excluded, unless an author or a tag says what is looked for.
  std::vector<Term> terms;
  // Empty: in all that the caller may see.
  std::vector<CommunityId> in;
  std::optional<MemberId> from;
  // Of the topic, in their normal form: it has them all.
  std::vector<std::string> tags;
  // Posts of this day, in UTC, and later ones; posts of earlier than this day began.
  std::optional<absl::Time> after, before;
  // Not of the text.
  SearchOrder order = SearchOrder::kBest;
};

// Reads a query of `asker`: words, "words that follow each other", -excluded or -"excluded", and
// in:communities/{id}, from:members/{id} or from:me, after:YYYY-MM-DD, before:YYYY-MM-DD,
// tag:{tag}. A colon after anything else is a mark like others. What somebody wrote, or what has a
// tag, needs no word. Fails with: FIELD_INVALID on `field` (nothing to look for, too long, an
// operator whose value is none).
absl::StatusOr<SearchQuery> SearchQueryFrom(std::string_view field, std::string_view text,
                                            MemberId asker);

// A form under which a text is found, and where in the text.
struct Lexeme {
  std::string form;
  // Counted in words from 1 on; empty for stems, which are found wherever they stand.
  std::vector<int> positions;
};

// What PostgreSQL keeps of where a word stands (MAXNUMPOS, MAXENTRYPOS of tsvector), and half of
// what it takes of all words of a text together, their places included (MAXSTRPOS).
inline constexpr std::size_t kMaxPositions = 255;
inline constexpr int kLastPosition = 16'382;
inline constexpr std::size_t kMaxFormBytes = 512 * 1024;

// Which results come first; 0 means the best. Fails with: FIELD_INVALID on `field`.
absl::StatusOr<SearchOrder> SearchOrderFrom(std::string_view field, int number);

// Under which forms a text is found: its words, and their stems in its language or, where that is
// not told, in all, which begin with a tilde. Each once, in order of the forms.
std::vector<Lexeme> LexemesOf(std::string_view text);

// The beginning of a stem among forms: no word has it.
inline constexpr char kStemMark = '~';

// A part of `text` that shows what was looked for, at most 200 characters, in one line; its
// beginning when nothing of it stands there.
std::string ExcerptOf(std::string_view text, const SearchQuery& query);

}  // namespace guildhall::discussions
