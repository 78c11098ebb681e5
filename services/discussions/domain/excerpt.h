#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "services/discussions/domain/search.h"

namespace guildhall::discussions {

// What a result shows of where it was found.

// A stretch of a text, counted in characters: Unicode code points, like all lengths of the
// contract.
struct TextRange {
  int offset = 0;
  int length = 0;

  friend bool operator==(const TextRange&, const TextRange&) = default;
};

// A part of a text, in one line.
struct Excerpt {
  std::string line;
  // Of the line.
  std::vector<TextRange> matches;
};

// Where in `text`, well-formed UTF-8, stands what the query looks for: words with their inflections
// in the language of the text, phrases and beginnings as search finds them, excluded ones not. In
// order, at most kMaxMatches; what touches is one. Cost: 1 us a word at most.
std::vector<TextRange> MatchesIn(std::string_view text, const SearchQuery& query);

// A part of `text` that begins a little before the first match, at most kMaxExcerpt characters; the
// beginning where nothing that was looked for stands there.
Excerpt ExcerptOf(std::string_view text, const SearchQuery& query);

}  // namespace guildhall::discussions
