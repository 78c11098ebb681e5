#pragma once

#include <span>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/discussions/domain/search.h"

namespace guildhall::discussions {

// How words are written for PostgreSQL's text search, as parameters of type text. Beside the forms
// of the text a post has three that no word can be: #c and its community, #f and its author, #q and
// the quarter of its year.

// Under what a post is found, as a tsvector.
std::string VectorOf(const std::vector<Lexeme>& lexemes, CommunityId community, MemberId author,
                     absl::Time create_time);

// A query, as a tsquery.
std::string WordsOf(const SearchQuery& query);

// What the index alone can tell of it: its words, wherever they stand.
std::string LooseWordsOf(const SearchQuery& query);

// The number of a time's quarter: they follow each other.
int QuarterOf(absl::Time time);

// Any of its words: the more often they stand in a post, the better it fits. Ranking by words of
// which all are asked for takes the square of how often they stand there.
std::string RankingOf(const SearchQuery& query);

// `words` by the author if the query names one, and in the quarters from `first` to `last` if these
// are given.
struct Quarters {
  int first = 0;
  int last = 0;
};
std::string Narrowed(const std::string& words, const SearchQuery& query,
                     const std::optional<Quarters>& quarters);

// In one of the communities: at least one.
std::string InOneOf(std::span<const CommunityId> communities);

}  // namespace guildhall::discussions
