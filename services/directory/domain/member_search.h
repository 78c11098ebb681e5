#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/status.h"

namespace guildhall::directory {

// Rules of the search for members: what may be asked, how what is found is ordered and counted.
// What is compared are keys, texts without accents in lower case; the store makes them.

// What is asked; everything of it has to hold.
struct MemberQuestion {
  // Of the name, the first words count: each begins a word of it, or, when nobody is called so, is
  // one typo away from one.
  std::string name;
  std::vector<std::string> skills;
  std::vector<std::string> interests;
  std::vector<std::string> projects;
  std::string location;
  // Of what members say of themselves, the first words count: each begins a word of theirs.
  std::string about;
  std::vector<std::string> languages;
};

// Brings the texts into the form in which profiles are kept; `with_community` says whether a
// community is asked for, too. Fails with: FIELD_INVALID (also: nothing is asked, or too much).
absl::Status TidyQuestion(MemberQuestion& question, bool with_community);

// By what members are told apart, with the contract's numbers.
enum class Facet { kSkill = 1, kInterest, kProject, kLocation, kCommunity };

// Something that a member has, in the form in which it is compared and as the member says it.
struct Label {
  Facet facet = Facet::kSkill;
  std::string key;
  std::string said;
};

// A member that was found, as far as order and counts go.
struct Match {
  std::string name_key;
  std::vector<Label> labels;
};

// The words of a name's key, as the store has them: at most 8.
std::vector<std::string> NameWords(std::string_view key);
// Those of them that count in a question: at most 4.
std::vector<std::string> AskedWords(std::string_view key);

// How well a name answers the words that are asked, best first: 0 whole words, 1 beginnings.
int RankOf(std::span<const std::string> asked, std::string_view name_key);

// How many have something.
struct FacetCount {
  Label label;
  int members = 0;
};
// The counts of all that somebody has, facet by facet, the most frequent first and then by key, at
// most `most` for each facet. A label is spelled as in the first match that has it.
std::vector<FacetCount> CountFacets(std::span<const Match* const> matches, int most);

// Which values of a facet a list goes on with.
struct ValuesAsked {
  Facet facet = Facet::kSkill;
  // How their keys begin.
  std::string beginning;
  // The key after which it goes on; empty: from the first.
  std::string after;
  int most = 0;
};
// What those who match have of it, by key, each once and spelled as in the first match that has it.
std::vector<Label> ValuesOf(std::span<const Match* const> matches, const ValuesAsked& asked);

}  // namespace guildhall::directory
