#include "tools/import/sample/words.h"

#include <array>
#include <cmath>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"

namespace guildhall::sample {
namespace {

constexpr std::string_view kConsonants = "bdfgklmnprstvz";
constexpr std::string_view kVowels = "aeiou";
constexpr int kSyllables = 70;

// Which share of all words a rank has, counted from 1, as measured: between these it falls on a
// line in logarithms.
struct Measured {
  double rank;
  double share;
};
constexpr std::array kShares = {Measured{1, 3.8e-2},      Measured{10, 1.1e-2},
                                Measured{100, 1.4e-3},    Measured{1'000, 1.2e-4},
                                Measured{10'000, 3.7e-6}, Measured{30'000, 5.3e-7}};

double ShareOf(double rank) {
  std::size_t i = 1;
  while (kShares[i].rank < rank) ++i;
  const auto [from, to] = std::pair(kShares[i - 1], kShares[i]);
  const double way = std::log(rank / from.rank) / std::log(to.rank / from.rank);
  return from.share * std::pow(to.share / from.share, way);
}

std::vector<double> Shares() {
  std::vector<double> shares;
  for (int rank = 1; rank <= kWords; ++rank) shares.push_back(ShareOf(rank));
  return shares;
}

std::string Capital(std::string word) {
  word[0] = absl::ascii_toupper(word[0]);
  return word;
}

}  // namespace

std::string WordOf(int rank) {
  const int consonants = static_cast<int>(kConsonants.size());
  std::string word;
  for (int left = rank;; left = left / kSyllables - 1) {
    const int syllable = left % kSyllables;
    word.push_back(kConsonants[static_cast<std::size_t>(syllable % consonants)]);
    word.push_back(kVowels[static_cast<std::size_t>(syllable / consonants)]);
    if (left < kSyllables) return word;
  }
}

Vocabulary::Vocabulary() : ranks_(Shares()) {}

std::string Vocabulary::Text(Chance& chance, int words) const {
  constexpr int kSentence = 12, kParagraph = 60;
  std::string text;
  for (int i = 0; i < words; ++i) {
    const bool begins = i % kSentence == 0;
    if (begins && i > 0) text += i % kParagraph == 0 ? ".\n\n" : ". ";
    if (!begins) text += " ";
    text += begins ? Capital(Word(chance)) : Word(chance);
  }
  return text + ".";
}

std::string Vocabulary::Title(Chance& chance) const {
  std::string title = Capital(Word(chance));
  for (int more = 2 + chance.Below(6); more > 0; --more) absl::StrAppend(&title, " ", Word(chance));
  return title;
}

}  // namespace guildhall::sample
