#include "services/discussions/domain/words.h"

#include <libstemmer.h>
#include <unicode/brkiter.h>
#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>
#include <unicode/unistr.h>
#include <unicode/utext.h>

#include <algorithm>
#include <array>
#include <memory>
#include <span>

#include "libs/base/check.h"

namespace guildhall::discussions {
namespace {

constexpr std::size_t kLongestWord = 64;

icu::StringPiece PieceOf(std::string_view text) {
  return {text.data(), static_cast<int32_t>(text.size())};
}

// Case and compatibility forms away.
std::string PlainOf(std::string_view word) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* fold = icu::Normalizer2::getNFKCCasefoldInstance(error);
  std::string plain;
  icu::StringByteSink<std::string> sink(&plain);
  fold->normalizeUTF8(0, PieceOf(word), sink, nullptr, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  return plain;
}

// Combining marks of Latin, Greek and Cyrillic; marks of other scripts are letters to their
// readers.
bool IsAccent(UChar32 c) { return c >= 0x0300 && c <= 0x036F; }

std::string WithoutAccents(const std::string& plain) {
  const bool ascii = std::ranges::all_of(plain, [](char c) { return (c & 0x80) == 0; });
  if (ascii) return plain;
  UErrorCode error = U_ZERO_ERROR;
  const icu::UnicodeString apart = icu::Normalizer2::getNFDInstance(error)->normalize(
      icu::UnicodeString::fromUTF8(PieceOf(plain)), error);
  icu::UnicodeString bare;
  for (int32_t i = 0; i < apart.length(); i = apart.moveIndex32(i, 1)) {
    if (!IsAccent(apart.char32At(i))) bare.append(apart.char32At(i));
  }
  const icu::UnicodeString together =
      icu::Normalizer2::getNFCInstance(error)->normalize(bare, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  std::string folded;
  together.toUTF8String(folded);
  return folded;
}

struct CloseText {
  void operator()(UText* text) const { utext_close(text); }
};

// One for each thread: its dictionaries are loaded once, and it is of one thread at a time.
icu::BreakIterator& Breaker() {
  thread_local const std::unique_ptr<icu::BreakIterator> breaker = [] {
    UErrorCode error = U_ZERO_ERROR;
    std::unique_ptr<icu::BreakIterator> made(
        icu::BreakIterator::createWordInstance(icu::Locale::getRoot(), error));
    GUILDHALL_CHECK(U_SUCCESS(error));
    return made;
  }();
  return *breaker;
}

// The commonest words that tell a language from the others here, folded. Written down by hand: a
// few are enough, since every sentence has some of them.
using Common = std::array<std::string_view, 12>;
constexpr std::array<Common, 7> kCommon = {{
    {"the", "and", "of", "to", "is", "that", "it", "for", "with", "this", "are", "you"},
    {"der", "die", "das", "und", "ist", "nicht", "ich", "mit", "ein", "eine", "wir", "auf"},
    {"le", "les", "et", "est", "des", "une", "pour", "pas", "dans", "je", "nous", "avec"},
    {"el", "los", "las", "y", "es", "una", "por", "para", "con", "pero", "muy", "como"},
    {"il", "gli", "che", "di", "non", "sono", "della", "per", "anche", "questo", "ma", "piu"},
    {"os", "um", "uma", "nao", "com", "para", "mas", "isso", "voce", "muito", "pelo", "ao"},
    {"de", "het", "een", "en", "niet", "dat", "van", "ik", "voor", "zijn", "maar", "ook"},
}};

bool IsCyrillic(std::string_view folded) {
  return folded.size() >= 2 && (folded[0] == '\xD0' || folded[0] == '\xD1');
}

// Whether a letter stands in it of the scripts in which our languages are written, which come
// before Armenian (U+0530): words of others are as they are in each of them.
bool HasInflections(const Word& word) {
  return std::ranges::any_of(word.plain, [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return (byte >= 'a' && byte <= 'z') || (byte >= 0xC2 && byte < 0xD5);
  });
}

constexpr std::array<const char*, kLanguages> kNames = {
    "english", "german", "french", "spanish", "italian", "portuguese", "dutch", "russian"};

struct DeleteStemmer {
  void operator()(sb_stemmer* stemmer) const { sb_stemmer_delete(stemmer); }
};
using Stemmers = std::array<std::unique_ptr<sb_stemmer, DeleteStemmer>, kLanguages>;

sb_stemmer& StemmerOf(Language language) {
  thread_local const Stemmers stemmers = [] {
    Stemmers made;
    for (int i = 0; i < kLanguages; ++i) made[i].reset(sb_stemmer_new(kNames[i], "UTF_8"));
    return made;
  }();
  sb_stemmer* stemmer = stemmers[static_cast<std::size_t>(language)].get();
  GUILDHALL_CHECK(stemmer != nullptr);
  return *stemmer;
}

}  // namespace

std::vector<Word> WordsIn(std::string_view text) {
  std::vector<Word> words;
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UText, CloseText> whole(
      utext_openUTF8(nullptr, text.data(), static_cast<int64_t>(text.size()), &error));
  icu::BreakIterator& breaker = Breaker();
  breaker.setText(whole.get(), error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  int32_t begin = breaker.first();
  for (int32_t end = breaker.next(); end != icu::BreakIterator::DONE; end = breaker.next()) {
    const std::string_view word = text.substr(begin, end - begin);
    if (breaker.getRuleStatus() >= UBRK_WORD_NONE_LIMIT && word.size() <= kLongestWord) {
      Word found{.plain = PlainOf(word),
                 .begin = static_cast<std::size_t>(begin),
                 .end = static_cast<std::size_t>(end)};
      found.folded = WithoutAccents(found.plain);
      if (!found.folded.empty()) words.push_back(std::move(found));
    }
    begin = end;
  }
  return words;
}

std::optional<Language> LanguageOf(const std::vector<Word>& words) {
  std::array<int, kLanguages> hits{};
  for (const Word& word : words) {
    for (std::size_t i = 0; i < kCommon.size(); ++i) {
      hits[i] += std::ranges::find(kCommon[i], word.folded) != kCommon[i].end();
    }
    hits[static_cast<std::size_t>(Language::kRussian)] += IsCyrillic(word.folded);
  }
  const auto best = std::ranges::max_element(hits);
  if (*best == 0) return std::nullopt;
  return static_cast<Language>(best - hits.begin());
}

std::string StemOf(Language language, const Word& word) {
  sb_stemmer& stemmer = StemmerOf(language);
  const sb_symbol* stem =
      sb_stemmer_stem(&stemmer, reinterpret_cast<const sb_symbol*>(word.plain.data()),
                      static_cast<int>(word.plain.size()));
  GUILDHALL_CHECK(stem != nullptr);
  return WithoutAccents(std::string(reinterpret_cast<const char*>(stem),
                                    static_cast<std::size_t>(sb_stemmer_length(&stemmer))));
}

std::vector<std::string> StemsOf(const Word& word) {
  if (!HasInflections(word)) return {word.folded};
  std::vector<std::string> stems;
  for (int i = 0; i < kLanguages; ++i) {
    std::string stem = StemOf(static_cast<Language>(i), word);
    if (std::ranges::find(stems, stem) == stems.end()) stems.push_back(std::move(stem));
  }
  return stems;
}

std::vector<std::string> StemsIn(std::optional<Language> language, const Word& word) {
  return language ? std::vector{StemOf(*language, word)} : StemsOf(word);
}

std::string_view FirstOf(std::string_view text, int count) {
  std::size_t end = 0;
  for (; end < text.size() && count > 0; --count) {
    ++end;
    while (end < text.size() && (text[end] & 0xC0) == 0x80) ++end;
  }
  return text.substr(0, end);
}

}  // namespace guildhall::discussions
