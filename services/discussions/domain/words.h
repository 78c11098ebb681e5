#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discussions {

// What search takes for the words of a text.

// A word where it stands in a text.
struct Word {
  // As it is written, but for case and compatibility forms (NFKC_Casefold of UTS #46).
  std::string plain;
  // The same without accents of letters: what is looked for.
  std::string folded;
  // In bytes of the text.
  std::size_t begin = 0;
  std::size_t end = 0;
};

// The words of well-formed UTF-8, in their order, by ICU's word break (UAX #29, with dictionaries
// for Chinese and Japanese; Korean breaks at spaces): letters, digits and ideographs, at most 64
// bytes each; longer ones, which nobody looks for, are left out. Cost: 0.3 us a word. Thread-safe.
std::vector<Word> WordsIn(std::string_view text);

// Whose endings the search knows: those of which Snowball has a stemmer and we the commonest words.
enum class Language {
  kEnglish,
  kGerman,
  kFrench,
  kSpanish,
  kItalian,
  kPortuguese,
  kDutch,
  kRussian
};
inline constexpr int kLanguages = 8;

// In which language a text is, by its commonest words, or for Russian by its letters; nothing when
// there are too few to tell.
std::optional<Language> LanguageOf(const std::vector<Word>& words);

// What a word and its inflections have in common, folded: "baking" and "bakes" are "bake".
// Thread-safe.
std::string StemOf(Language language, const Word& word);

// The stems that the word has in any of the languages, each once.
std::vector<std::string> StemsOf(const Word& word);

// The stems under which a word of a text is found: those of all languages where its own is not
// told, as in most texts of a few words.
std::vector<std::string> StemsIn(std::optional<Language> language, const Word& word);

// The first `count` characters of well-formed UTF-8, or all that there are.
std::string_view FirstOf(std::string_view text, int count);

}  // namespace guildhall::discussions
