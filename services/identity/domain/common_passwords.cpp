#include "services/identity/domain/common_passwords.h"

#include <algorithm>
#include <cctype>
#include <string>
#include <utility>

#include "absl/strings/ascii.h"
#include "libs/base/strings.h"

namespace guildhall::identity {
namespace {

constexpr std::string_view kWords[] = {
    "password",      "passwort",    "passwd",   "pass",     "word",      "secret",    "geheim",
    "welcome",       "willkommen",  "letmein",  "login",    "logon",     "signin",    "admin",
    "administrator", "root",        "user",     "guest",    "master",    "access",    "default",
    "changeme",      "change",      "test",     "testing",  "temp",      "demo",      "hello",
    "hallo",         "love",        "iloveyou", "you",      "me",        "my",        "our",
    "the",           "is",          "this",     "please",   "company",   "office",    "work",
    "team",          "internet",    "computer", "server",   "database",  "system",    "security",
    "qwerty",        "qwertz",      "azerty",   "asdf",     "zxcv",      "dragon",    "monkey",
    "shadow",        "sunshine",    "princess", "football", "baseball",  "soccer",    "hockey",
    "superman",      "batman",      "starwars", "pokemon",  "flower",    "summer",    "sommer",
    "winter",        "spring",      "autumn",   "fall",     "january",   "february",  "march",
    "april",         "may",         "june",     "july",     "august",    "september", "october",
    "november",      "december",    "monday",   "tuesday",  "wednesday", "thursday",  "friday",
    "saturday",      "sunday",      "abc",      "one",      "two",       "three",     "four",
    "five",          "correct",     "horse",    "battery",  "staple",    "trustno",   "guildhall",
    "community",     "communities", "very",     "long",     "new"};

// Where fingers walk; each is also walked backwards and round its end.
constexpr std::string_view kWalks[] = {
    "abcdefghijklmnopqrstuvwxyz",    "0123456789",
    "qwertyuiopasdfghjklzxcvbnm",    "qwertzuiopasdfghjklyxcvbnm",
    "azertyuiopqsdfghjklmwxcvbn",    "1qaz2wsx3edc4rfv5tgb6yhn7ujm",
    "1234567890qwertyuiopasdfghjkl", "!@#$%^&*()_+"};

// What remains is "little else" below this many characters.
constexpr std::size_t kLittle = 8;
// A repeated pattern up to this long is one thing typed several times.
constexpr std::size_t kPattern = 5;
// Shorter pieces of an address or a name are in everything.
constexpr std::size_t kTelling = 4;

bool Repeats(std::string_view text) {
  for (std::size_t period = 1; period <= kPattern && period * 2 <= text.size(); ++period) {
    if (text.substr(period) == text.substr(0, text.size() - period)) return true;
  }
  return false;
}

bool Walks(std::string_view text) {
  for (const std::string_view walk : kWalks) {
    std::string round;
    while (round.size() < text.size() + walk.size()) round += walk;
    if (round.find(text) != std::string::npos) return true;
    std::reverse(round.begin(), round.end());
    if (round.find(text) != std::string::npos) return true;
  }
  return false;
}

char Unleet(char c) {
  constexpr std::string_view kFrom = "01345789@$!|+", kTo = "oieastbgasilt";
  const std::size_t at = kFrom.find(c);
  return at == std::string_view::npos ? c : kTo[at];
}

bool IsLetter(char c) {
  const auto byte = static_cast<unsigned char>(c);
  return std::isalpha(byte) || byte >= 0x80;
}

bool BeginsWith(std::string_view text, std::string_view word) {
  if (text.size() < word.size()) return false;
  return std::equal(word.begin(), word.end(), text.begin(),
                    [](char due, char c) { return c == due || Unleet(c) == due; });
}

// Whether `text` is nothing but notorious words, one at least, with anything but letters between.
bool IsMadeOfWords(std::string_view text) {
  enum State : char { kNot, kReached, kReachedByWord };
  std::vector<State> states(text.size() + 1, kNot);
  const auto reach = [&](std::size_t at, State state) { states[at] = std::max(states[at], state); };
  states[0] = kReached;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (states[i] == kNot) continue;
    if (!IsLetter(text[i])) reach(i + 1, states[i]);
    for (const std::string_view word : kWords) {
      if (BeginsWith(text.substr(i), word)) reach(i + word.size(), kReachedByWord);
    }
  }
  return states.back() == kReachedByWord;
}

void Remove(std::string& text, std::string_view piece) {
  for (std::size_t at; (at = text.find(piece)) != std::string::npos;) text.erase(at, piece.size());
}

std::string LettersOf(std::string_view text) {
  std::string out;
  std::copy_if(text.begin(), text.end(), std::back_inserter(out), IsLetter);
  return out;
}

// The longest pieces first, so that a whole address goes before its parts.
std::vector<std::string> PiecesOf(const std::vector<std::string_view>& own) {
  std::vector<std::string> pieces;
  for (const std::string_view text : own) {
    const std::string lower = absl::AsciiStrToLower(Absl(text));
    pieces.push_back(lower);
    pieces.push_back(LettersOf(lower));
    std::string piece;
    for (const char c : lower + " ") {
      if (std::isalnum(static_cast<unsigned char>(c)) || static_cast<unsigned char>(c) >= 0x80) {
        piece += c;
      } else {
        pieces.push_back(std::exchange(piece, {}));
      }
    }
  }
  std::erase_if(pieces, [](const std::string& piece) { return piece.size() < kTelling; });
  std::sort(pieces.begin(), pieces.end(),
            [](const auto& a, const auto& b) { return a.size() > b.size(); });
  return pieces;
}

bool IsMostlyOwn(std::string rest, const std::vector<std::string_view>& own) {
  const std::size_t before = rest.size();
  for (const std::string& piece : PiecesOf(own)) Remove(rest, piece);
  return rest.size() < before && rest.size() < kLittle;
}

}  // namespace

bool IsCommonPassword(std::string_view password, const std::vector<std::string_view>& own) {
  const std::string lower = absl::AsciiStrToLower(Absl(password));
  return Repeats(lower) || Walks(lower) || IsMostlyOwn(lower, own) || IsMadeOfWords(lower);
}

}  // namespace guildhall::identity
