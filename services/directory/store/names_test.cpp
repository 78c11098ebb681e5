// Which names answer what somebody asks for, as SQL says it.
#include <catch2/catch.hpp>

#include "services/directory/store/directory_fixture.h"

namespace guildhall::directory {
namespace {

struct Fixture : TestDirectory {
  static std::string Quoted(const std::string& text) { return "'" + text + "'"; }
  bool IsOneTypoAway(const std::string& one, const std::string& other) {
    return Ask("SELECT is_one_typo_away(" + Quoted(one) + ", " + Quoted(other) + ")") == "t";
  }
  bool IsCalled(const std::string& name, const std::string& asked, const char* forgiving) {
    return Ask("SELECT is_called(" + Quoted(name) + ", " + Quoted(asked) + ", " + forgiving +
               ")") == "t";
  }
  bool Begins(const std::string& name, const std::string& asked) {
    return IsCalled(name, asked, "false");
  }
  bool IsMisspelt(const std::string& name, const std::string& asked) {
    return IsCalled(name, asked, "true");
  }
  // Whether a term that the typo has is one of the name's, so that the index finds it.
  bool TermsMeet(const std::string& name, const std::string& asked) {
    return Ask("SELECT asked_word_or_typo(" + Quoted(asked) + ", 1, true) && member_terms(" +
               Quoted(name) + ", '', '{}', '{}', '{}', '{}')") == "t";
  }
};

TEST_CASE_METHOD(Fixture, "one typo is a letter more, less, another or two swapped") {
  for (const char* typo : {"quist", "quis", "quisst", "qvist", "qusit", "uist", "quista"}) {
    CHECK(IsOneTypoAway("quist", typo));
    CHECK(IsOneTypoAway(typo, "quist"));
  }
  for (const char* other : {"qvizt", "quistad", "qui", "siuqt", "uqits"}) {
    CHECK_FALSE(IsOneTypoAway("quist", other));
    CHECK_FALSE(IsOneTypoAway(other, "quist"));
  }
  CHECK(IsOneTypoAway("μαρία", "μαρια"));
}

TEST_CASE_METHOD(Fixture, "each asked word may have its typo, short ones none") {
  CHECK(IsMisspelt("José Alvarez", "jsoe alvares"));
  CHECK(IsMisspelt("José Alvarez", "alvares jo"));
  CHECK_FALSE(IsMisspelt("José Alvarez", "jsoe quist"));
  CHECK_FALSE(IsMisspelt("José Alvarez", "oj"));
}

TEST_CASE_METHOD(Fixture, "a word begins another by all of its letters") {
  CHECK(Begins("Papadimitrakopoulos", "papadimitrakop"));
  CHECK_FALSE(Begins("Papadimitrakopoulos", "papadimitrakis"));
}

// A term has 12 letters: what is one typo away has one in common wherever the typo is.
TEST_CASE_METHOD(Fixture, "a typo anywhere in a long word is forgiven and found") {
  const std::string name = "papadimitrakopoulos";
  for (std::size_t at = 0; at < name.size(); ++at) {
    std::string less = name, more = name, another = name, swapped = name;
    less.erase(at, 1);
    more.insert(at, "x");
    another[at] = 'x';
    if (at + 1 < name.size()) std::swap(swapped[at], swapped[at + 1]);
    for (const std::string& typo : {less, more, another, swapped}) {
      INFO(typo);
      CHECK(IsMisspelt(name, typo));
      CHECK(TermsMeet(name, typo));
    }
  }
  CHECK_FALSE(IsMisspelt(name, "papadimitrakopoxlxs"));
}

}  // namespace
}  // namespace guildhall::directory
