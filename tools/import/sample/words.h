#pragma once

#include <string>

#include "tools/import/sample/chance.h"

namespace guildhall::sample {

// As many words as nine in ten of the words of a large archive are of.
inline constexpr int kWords = 30'000;

// A made-up word, the same for the same rank, counted from 0: of one syllable below 70, of two
// below 4,970, then of three. What is frequent is short, as in languages.
std::string WordOf(int rank);

// Words as frequent as they are in the archive that shape.h tells of.
class Vocabulary {
 public:
  Vocabulary();

  std::string Word(Chance& chance) const { return WordOf(ranks_.Draw(chance)); }
  // So many words, as sentences and paragraphs of Markdown.
  std::string Text(Chance& chance, int words) const;
  // Some words as a title, at least three.
  std::string Title(Chance& chance) const;

 private:
  Weighted ranks_;
};

}  // namespace guildhall::sample
