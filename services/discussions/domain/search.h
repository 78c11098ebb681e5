#pragma once

#include <array>
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

// What `is:` may ask of a topic: its kind, and how it stands. As topic_traits() of the database
// says it.
inline constexpr std::array<const char*, 9> kTopicTraits = {
    "discussion", "question", "announcement", "praise",    "poll",
    "open",       "closed",   "answered",     "unanswered"};

// What it may ask of a post: that it is the first one of its topic.
inline constexpr const char* kFirstTrait = "first";

// What somebody looks for.
struct SearchQuery {
  // Words that follow each other, or one word with its inflections.
  struct Term {
    std::vector<Word> words;
    bool excluded = false;
    // In quotation marks: as it is written, without inflections.
    bool exact = false;
    // The last of the words is the beginning of one.
    bool beginning = false;

    // One word, which is found in its inflections, too; others are as they are written.
    bool inflected() const { return words.size() == 1 && !exact && !beginning; }
  };
  // At least one that is not excluded, unless an author, a tag or a trait says what is looked for.
  std::vector<Term> terms;
  // The terms are looked for in titles alone, with which first posts are found.
  bool in_title = false;
  // Empty: in all that the caller may see.
  std::vector<CommunityId> in;
  // Empty: whatever topic they stand in; otherwise one of them.
  std::vector<TopicId> topics;
  // Empty: whoever; otherwise one of them.
  std::vector<MemberId> from;
  // Of the topic, in their normal form: it has them all.
  std::vector<std::string> tags;
  // Of the topic: it has them all.
  std::vector<std::string> traits;
  // Only first posts of topics.
  bool first = false;
  // Posts of this day, in UTC, and later ones; posts of earlier than this day began.
  std::optional<absl::Time> after, before;
  // What looks like an operator or a beginning, and was taken as words.
  std::vector<std::string> taken_as_words;
  // Not of the text.
  SearchOrder order = SearchOrder::kBest;
};

// Reads a query of `asker`: words, beginnings* of words, "words that follow each other", -excluded
// or -"excluded", and in:communities/{id}, in:topics/{id}, in:title, from:members/{id} or from:me,
// after:YYYY-MM-DD, before:YYYY-MM-DD, tag:{tag}, is:{trait}, in any case. A colon after anything
// else is a mark like others. What somebody wrote, or what has a tag or a trait, needs no word.
// Fails with: FIELD_INVALID on `field` (nothing to look for, too long, an operator whose value is
// none, which is told).
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

// Under which forms a post is found, whose text is looked through with a title (empty: it has
// none): the words of both, their stems in its language or, where that is not told, in all, and
// how those begin that are longer. All of the title once more. Each once, in order of the forms.
std::vector<Lexeme> LexemesOf(std::string_view title, std::string_view text);

// The first characters of the forms of stems, of beginnings, and of what stands in a title: no word
// has them.
inline constexpr char kStemMark = '~';
inline constexpr char kBeginningMark = '<';
inline constexpr char kTitleMark = '^';

// By which beginning of itself a word is known that is longer, and begins so: by all of it, or by
// its first kMaxKnownBeginning characters.
std::string_view KnownBeginning(std::string_view folded);

}  // namespace guildhall::discussions
