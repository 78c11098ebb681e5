#include "services/discussions/domain/words.h"

#include <catch2/catch.hpp>

namespace guildhall::discussions {
namespace {

using Words = std::vector<std::string>;

Words Folded(std::string_view text) {
  Words folded;
  for (const Word& word : WordsIn(text)) folded.push_back(word.folded);
  return folded;
}

Word One(std::string_view text) {
  const std::vector<Word> words = WordsIn(text);
  REQUIRE(words.size() == 1);
  return words[0];
}

TEST_CASE("words are what stands between blanks and marks, without case and accents") {
  CHECK(Folded("Rye, or SPELT? 75% rye-bread!") ==
        Words{"rye", "or", "spelt", "75", "rye", "bread"});
  CHECK(Folded("Größe Café Ñandú") == Words{"grosse", "cafe", "nandu"});
  CHECK(Folded("").empty());
  CHECK(Folded("... \xF0\x9F\x8E\xB5 --").empty());
}

TEST_CASE("a word tells where it stands in its text") {
  const std::string text = "ein Löffel Öl";
  const std::vector<Word> words = WordsIn(text);
  REQUIRE(words.size() == 3);
  CHECK(text.substr(words[2].begin, words[2].end - words[2].begin) == "Öl");
}

TEST_CASE("Chinese and Japanese break into words that dictionaries know, Korean at spaces") {
  CHECK(Folded("我喜欢面包").size() > 1);
  CHECK(Folded("我喜欢面包").back() == "面包");
  CHECK(Folded("小麦粉を使う").size() > 1);
  CHECK(Folded("빵을 굽다") == Words{"빵을", "굽다"});
  CHECK(Folded("Brot 面包 bread") == Words{"brot", "面包", "bread"});
}

TEST_CASE("what nobody looks for is no word") {
  CHECK(Folded("a " + std::string(65, 'x') + " b") == Words{"a", "b"});
  CHECK(Folded(std::string(64, 'x')).size() == 1);
}

TEST_CASE("a language is told by its commonest words") {
  const auto language = [](std::string_view text) { return LanguageOf(WordsIn(text)); };
  CHECK(language("The oven is hot and the bread is in it") == Language::kEnglish);
  CHECK(language("Das Brot ist nicht im Ofen") == Language::kGerman);
  CHECK(language("Le pain est dans le four pour nous") == Language::kFrench);
  CHECK(language("Los panes y las harinas para el horno") == Language::kSpanish);
  CHECK(language("Il pane che sono per voi, ma anche questo") == Language::kItalian);
  CHECK(language("Mas isso é muito para você, ao pelo") == Language::kPortuguese);
  CHECK(language("Het brood en de boter zijn niet van mij") == Language::kDutch);
  CHECK(language("Хлеб уже в печи") == Language::kRussian);
  CHECK(language("Sauerteig 75") == std::nullopt);
}

TEST_CASE("a word and its inflections have one stem in their language") {
  CHECK(StemOf(Language::kEnglish, One("baking")) == StemOf(Language::kEnglish, One("bakes")));
  CHECK(StemOf(Language::kGerman, One("Bäckereien")) == StemOf(Language::kGerman, One("Bäckerei")));
  CHECK(StemOf(Language::kFrench, One("boulangères")) ==
        StemOf(Language::kFrench, One("boulangère")));
  CHECK(StemOf(Language::kRussian, One("хлеба")) == StemOf(Language::kRussian, One("хлеб")));
}

TEST_CASE("a word whose language is not known has the stems of all, each once") {
  const std::vector<std::string> stems = StemsOf(One("baking"));
  CHECK(std::find(stems.begin(), stems.end(), "bake") != stems.end());
  CHECK(stems.size() < kLanguages);
}

TEST_CASE("a word of a script that none of the languages has is its own stem") {
  for (const char* text : {"酵母", "パン", "빵", "2026"}) {
    CHECK(StemsOf(One(text)) == std::vector{One(text).folded});
  }
  CHECK(StemsOf(One("Brötchen")).size() > 1);
}

}  // namespace
}  // namespace guildhall::discussions
