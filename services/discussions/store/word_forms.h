#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "absl/time/civil_time.h"
#include "absl/time/time.h"
#include "libs/base/ids.h"
#include "services/discussions/domain/search.h"

namespace guildhall::discussions {

// How words are written for PostgreSQL's text search, as parameters of type text. Beside the forms
// of the text a post has some that no word can be: #c and its community, #o and its topic (by a
// trigger of the table), #f and its author, #q and the quarter of its year, #d and its day, #t and
// each tag of its topic, #i and what it is.

// What a post is found by beside its words.
struct Marks {
  CommunityId community;
  MemberId author;
  absl::Time create_time;
  // Of the topic.
  std::span<const std::string> tags;
  std::span<const std::string> traits;
  // The first post of its topic.
  bool first = false;
};

// Under what a post is found, as a tsvector.
std::string VectorOf(const std::vector<Lexeme>& lexemes, const Marks& marks);

// The words of a query, as a tsquery; empty where it has none.
std::string WordsOf(const SearchQuery& query);

// What the index alone can tell of it: its words, wherever they stand.
std::string LooseWordsOf(const SearchQuery& query);

// Any of its words: the more often they stand in a post, the better it fits; empty where it has
// none. Ranking by words of which all are asked for takes the square of how often they stand there.
std::string RankingOf(const SearchQuery& query);

// Days of UTC, the last one too.
struct Days {
  absl::CivilDay first;
  absl::CivilDay last;
};

// `words`, if there are any, in one of the topics, by one of the authors and with the tags and
// traits that the query names, and of these days if they are given: a form for each quarter that
// lies among them, and for each day of one that does not.
std::string Narrowed(const std::string& words, const SearchQuery& query,
                     const std::optional<Days>& days);

// In one of the communities: at least one.
std::string InOneOf(std::span<const CommunityId> communities);

}  // namespace guildhall::discussions
