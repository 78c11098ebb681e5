#include "services/discussions/domain/excerpt.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <set>
#include <span>

#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/words.h"

namespace guildhall::discussions {
namespace {

// The words of a text, and where among them stands what a query looks for.
class Sought {
 public:
  Sought(std::string_view text, const SearchQuery& query)
      : words_(WordsIn(text)), language_(LanguageOf(words_)) {
    for (const SearchQuery::Term& term : query.terms) {
      if (!term.excluded) Add(term);
    }
  }

  std::span<const Word> words() const { return words_; }

  // How many words from `place` on are what is looked for.
  std::size_t LengthAt(std::size_t place) const {
    const Word& word = words_[place];
    // No language changes how a word begins: most words need no stem.
    if (!firsts_.contains(FirstOf(word.folded, 1))) return 0;
    std::size_t longest = 0;
    for (const SearchQuery::Term* phrase : phrases_) {
      if (StandsAt(place, *phrase)) longest = std::max(longest, phrase->words.size());
    }
    if (longest > 0 || stems_.empty()) return longest;
    const auto is_wanted = [&](const std::string& stem) { return stems_.contains(stem); };
    return std::ranges::any_of(StemsIn(language_, word), is_wanted) ? 1 : 0;
  }

 private:
  void Add(const SearchQuery::Term& term) {
    firsts_.insert(FirstOf(term.words[0].folded, 1));
    if (!term.inflected()) {
      phrases_.push_back(&term);
      return;
    }
    for (std::string& stem : StemsOf(term.words[0])) stems_.insert(std::move(stem));
  }

  bool StandsAt(std::size_t place, const SearchQuery::Term& phrase) const {
    if (words_.size() - place < phrase.words.size()) return false;
    for (std::size_t i = 0; i < phrase.words.size(); ++i) {
      const std::string& written = words_[place + i].folded;
      const std::string& wanted = phrase.words[i].folded;
      const bool begins = phrase.beginning && i + 1 == phrase.words.size();
      if (begins ? !written.starts_with(wanted) : written != wanted) return false;
    }
    return true;
  }

  const std::vector<Word> words_;
  const std::optional<Language> language_;
  std::set<std::string_view> firsts_;
  std::set<std::string> stems_;
  // All that is looked for as it is written.
  std::vector<const SearchQuery::Term*> phrases_;
};

// In bytes of the text.
struct Stretch {
  std::size_t begin = 0;
  std::size_t end = 0;
};

// What was sought within a part of its text; of what the part cuts, the words that are whole.
std::vector<Stretch> StretchesIn(const Stretch& part, const Sought& sought) {
  const std::span<const Word> words = sought.words();
  std::vector<Stretch> stretches;
  const auto first = std::ranges::lower_bound(words, part.begin, {}, &Word::begin);
  for (std::size_t i = first - words.begin(); i < words.size() && words[i].end <= part.end; ++i) {
    const std::size_t length = sought.LengthAt(i);
    if (length == 0) continue;
    std::size_t last = i + length - 1;
    while (words[last].end > part.end) --last;
    if (!stretches.empty() && words[i].begin <= stretches.back().end) {
      stretches.back().end = std::max(stretches.back().end, words[last].end);
    } else if (stretches.size() == kMaxMatches) {
      break;
    } else {
      stretches.push_back({words[i].begin, words[last].end});
    }
  }
  return stretches;
}

// In characters from where the part begins.
std::vector<TextRange> RangesIn(std::string_view text, const Stretch& part, const Sought& sought) {
  std::vector<TextRange> ranges;
  std::size_t counted = part.begin;
  int offset = 0;
  for (const Stretch& stretch : StretchesIn(part, sought)) {
    offset += CodePointCount(text.substr(counted, stretch.begin - counted));
    const int length = CodePointCount(text.substr(stretch.begin, stretch.end - stretch.begin));
    ranges.push_back({offset, length});
    offset += length;
    counted = stretch.end;
  }
  return ranges;
}

// Where a part begins that shows the first match: some words before it, so that it is understood.
std::size_t BeginningOf(const Sought& sought) {
  constexpr std::size_t kBytesBefore = 60;
  const std::span<const Word> words = sought.words();
  std::size_t match = 0;
  while (match < words.size() && sought.LengthAt(match) == 0) ++match;
  if (match == words.size()) return 0;
  std::size_t first = match;
  while (first > 0 && words[match].begin - words[first - 1].begin <= kBytesBefore) --first;
  return first == 0 ? 0 : words[first].begin;
}

}  // namespace

std::vector<TextRange> MatchesIn(std::string_view text, const SearchQuery& query) {
  return RangesIn(text, {0, text.size()}, Sought(text, query));
}

Excerpt ExcerptOf(std::string_view text, const SearchQuery& query) {
  const Sought sought(text, query);
  const std::size_t begin = BeginningOf(sought);
  const std::string_view cut = CutText(text.substr(begin), kMaxExcerpt);
  Excerpt excerpt{std::string(cut), RangesIn(text, {begin, begin + cut.size()}, sought)};
  std::ranges::replace_if(
      excerpt.line, [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return excerpt;
}

}  // namespace guildhall::discussions
