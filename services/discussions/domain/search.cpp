#include "services/discussions/domain/search.h"

#include <algorithm>
#include <map>
#include <utility>

#include "absl/strings/ascii.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/tag.h"

namespace guildhall::discussions {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

std::string InLowerCase(std::string_view text) {
  std::string lower(text);
  absl::AsciiStrToLower(&lower);
  return lower;
}

// Cuts the next part off: up to a blank, or what stands between quotation marks.
struct Part {
  std::string_view text;
  bool excluded = false;
  bool quoted = false;
};

std::optional<Part> TakePart(std::string_view& rest) {
  rest.remove_prefix(std::min(rest.find_first_not_of(kBlanks), rest.size()));
  if (rest.empty()) return std::nullopt;
  Part part;
  if (rest.size() > 1 && rest.front() == '-') {
    part.excluded = true;
    rest.remove_prefix(1);
  }
  part.quoted = rest.front() == '"';
  if (part.quoted) rest.remove_prefix(1);
  const std::size_t end =
      std::min(part.quoted ? rest.find('"') : rest.find_first_of(kBlanks), rest.size());
  part.text = rest.substr(0, end);
  rest.remove_prefix(std::min(end + (part.quoted ? 1 : 0), rest.size()));
  return part;
}

// What stands before a colon, and after it.
struct Operator {
  // Of the request.
  std::string_view field;
  // As it was written.
  std::string_view text;
  // In lower case, as telephones write the first letter large.
  std::string name;
  std::string_view value;

  bool Takes(std::string_view word) const { return InLowerCase(value) == word; }
};

std::optional<Operator> OperatorIn(std::string_view field, const Part& part) {
  const std::size_t colon = part.text.find(':');
  if (part.quoted || part.excluded || colon == std::string_view::npos) return std::nullopt;
  return Operator{field, part.text, InLowerCase(part.text.substr(0, colon)),
                  part.text.substr(colon + 1)};
}

absl::Status Wrong(const Operator& asked, std::string_view what) {
  return WrongField(asked.field, "holds \"" + std::string(asked.text) + "\", " + std::string(what));
}

template <typename Id>
std::optional<Id> IdOf(const Operator& asked, std::string_view collection) {
  if (!asked.value.starts_with(collection)) return std::nullopt;
  return Id::Parse(asked.value.substr(collection.size()));
}

absl::StatusOr<absl::Time> DayOf(const Operator& asked) {
  absl::CivilDay day;
  constexpr std::size_t kLength = 10;
  const std::string_view value = asked.value;
  const bool plain =
      value.size() == kLength && value.find_first_not_of("0123456789-") == std::string_view::npos;
  if (plain && absl::ParseCivilTime(absl::string_view(value.data(), value.size()), &day) &&
      day.year() > 0) {
    return absl::FromCivil(day, absl::UTCTimeZone());
  }
  return Wrong(asked, "whose day is not YYYY-MM-DD");
}

absl::Status TakePlace(const Operator& asked, SearchQuery& query) {
  if (asked.Takes("title")) {
    query.in_title = true;
  } else if (const auto community = IdOf<CommunityId>(asked, "communities/")) {
    query.in.push_back(*community);
  } else if (const auto topic = IdOf<TopicId>(asked, "topics/")) {
    query.topics.push_back(*topic);
  } else {
    return Wrong(asked, "which names no communities/{id}, topics/{id} or title");
  }
  return absl::OkStatus();
}

absl::Status TakeAuthor(const Operator& asked, MemberId asker, SearchQuery& query) {
  const std::optional<MemberId> named =
      asked.Takes("me") ? asker : IdOf<MemberId>(asked, "members/");
  if (!named) return Wrong(asked, "which names no members/{id} or me");
  query.from.push_back(*named);
  return absl::OkStatus();
}

absl::Status TakeTrait(const Operator& asked, SearchQuery& query) {
  if (asked.Takes(kFirstTrait)) {
    query.first = true;
    return absl::OkStatus();
  }
  const auto known =
      std::ranges::find_if(kTopicTraits, [&](const char* trait) { return asked.Takes(trait); });
  if (known == kTopicTraits.end()) {
    return Wrong(asked, absl::StrCat("which is none of ", absl::StrJoin(kTopicTraits, ", "), ", ",
                                     kFirstTrait));
  }
  if (std::ranges::find(query.traits, *known) == query.traits.end()) {
    query.traits.emplace_back(*known);
  }
  return absl::OkStatus();
}

absl::Status TakeTag(const Operator& asked, SearchQuery& query) {
  absl::StatusOr<std::string> tag = TagFrom(asked.field, asked.value);
  if (!tag.ok()) return Wrong(asked, "which names no tag");
  query.tags.push_back(*std::move(tag));
  return absl::OkStatus();
}

// Whether it is one of the operators, which is then taken.
absl::StatusOr<bool> Take(const Operator& asked, MemberId asker, SearchQuery& query) {
  if (asked.name == "in") {
    GUILDHALL_TRY(TakePlace(asked, query));
  } else if (asked.name == "is") {
    GUILDHALL_TRY(TakeTrait(asked, query));
  } else if (asked.name == "from") {
    GUILDHALL_TRY(TakeAuthor(asked, asker, query));
  } else if (asked.name == "after") {
    GUILDHALL_ASSIGN(query.after, DayOf(asked));
  } else if (asked.name == "before") {
    GUILDHALL_ASSIGN(query.before, DayOf(asked));
  } else if (asked.name == "tag") {
    GUILDHALL_TRY(TakeTag(asked, query));
  } else {
    return false;
  }
  return true;
}

// A name before a colon and a value. `std::sort` and addresses have none.
bool LooksLikeOperator(const Part& part) {
  const std::size_t colon = part.text.find(':');
  if (part.quoted || colon == std::string_view::npos || colon + 1 == part.text.size()) return false;
  const std::string_view name = part.text.substr(0, colon);
  const char value = part.text[colon + 1];
  const auto is_of_name = [](char c) { return absl::ascii_isalpha(c) || c == '-' || c == '_'; };
  return std::ranges::all_of(name, is_of_name) &&
         std::ranges::any_of(name, [](char c) { return absl::ascii_isalpha(c); }) && value != '/' &&
         value != ':';
}

// Whether an asterisk follows the last word.
bool LooksLikeBeginning(const Part& part, const std::vector<Word>& words) {
  return !part.quoted && part.text.ends_with('*') && !words.empty() &&
         words.back().end == part.text.size() - 1;
}

// How many characters tell a word from others. Ideographs, kana and Hangul stand behind nearly all
// alphabets that write words of many letters.
int LeastBeginning(const Word& word) {
  constexpr std::string_view kFirstIdeograph = "\u2E80";
  return word.folded >= kFirstIdeograph ? 1 : kMinBeginning;
}

bool IsLongEnough(const Word& word) {
  return static_cast<int>(CodePointCount(word.folded)) >= LeastBeginning(word);
}

// Takes words, a phrase or the beginning of a word.
void TakeTerm(const Part& part, SearchQuery& query) {
  SearchQuery::Term term{WordsIn(part.text), part.excluded, part.quoted};
  if (term.words.empty()) return;
  const bool begins = LooksLikeBeginning(part, term.words);
  term.beginning = begins && IsLongEnough(term.words.back());
  if (LooksLikeOperator(part) || begins != term.beginning) {
    query.taken_as_words.push_back((part.excluded ? "-" : "") + std::string(part.text));
  }
  query.terms.push_back(std::move(term));
}

// Whether there is something to look for, within bounds.
absl::Status Check(std::string_view field, const SearchQuery& query) {
  bool wants = !query.from.empty() || query.first || !query.tags.empty() || !query.traits.empty();
  std::size_t words = 0;
  for (const SearchQuery::Term& term : query.terms) {
    wants |= !term.excluded;
    words += term.words.size();
  }
  const auto bound = [&](std::size_t count, std::size_t most, const char* what) {
    if (count <= most) return absl::OkStatus();
    return WrongField(field, absl::StrCat("takes at most ", most, " ", what));
  };
  if (!wants) return WrongField(field, "has no word, author, tag or is: to look for");
  GUILDHALL_TRY(bound(query.tags.size(), kMaxTags, "times tag:"));
  GUILDHALL_TRY(bound(query.from.size(), kMaxAuthors, "times from:"));
  GUILDHALL_TRY(bound(query.topics.size(), kMaxSearchedTopics, "times in:topics/"));
  GUILDHALL_TRY(bound(query.terms.size(), kMaxTerms, "words or phrases"));
  GUILDHALL_TRY(bound(words, kMaxQueryWords, "words in all"));
  return bound(std::ranges::count_if(query.terms, &SearchQuery::Term::beginning), kMaxBeginnings,
               "beginning of a word");
}

}  // namespace

absl::StatusOr<SearchQuery> SearchQueryFrom(std::string_view field, std::string_view text,
                                            MemberId asker) {
  if (!IsStorableUtf8(text)) return WrongField(field, "is not UTF-8 or contains NUL");
  if (CodePointCount(text) > kMaxQuery) {
    return WrongField(field, absl::StrCat("takes at most ", kMaxQuery, " characters"));
  }
  SearchQuery query;
  while (const std::optional<Part> part = TakePart(text)) {
    bool taken = false;
    if (const std::optional<Operator> asked = OperatorIn(field, *part)) {
      GUILDHALL_ASSIGN(taken, Take(*asked, asker, query));
    }
    if (!taken) TakeTerm(*part, query);
  }
  GUILDHALL_TRY(Check(field, query));
  return query;
}

absl::StatusOr<SearchOrder> SearchOrderFrom(std::string_view field, int number) {
  if (number == 0) return SearchOrder::kBest;
  if (number < 0 || number > static_cast<int>(SearchOrder::kOldest)) {
    return WrongField(field, "is one of the values of the contract");
  }
  return static_cast<SearchOrder>(number);
}

std::string_view KnownBeginning(std::string_view folded) {
  return FirstOf(folded, kMaxKnownBeginning);
}

std::vector<Lexeme> LexemesOf(std::string_view title, std::string_view text) {
  std::string both(title);
  const std::vector<Word> words = WordsIn(both.append("\n").append(text));
  const std::optional<Language> language = LanguageOf(words);
  std::map<std::string, std::vector<int>> forms;
  std::size_t bytes = 0;
  const auto form_of = [&](std::string form) -> std::vector<int>& {
    const auto [place, is_new] = forms.try_emplace(std::move(form));
    if (is_new) bytes += place->first.size();
    return place->second;
  };
  const auto add = [&](const std::string& mark, const Word& word, int position) {
    std::vector<int>& positions = form_of(mark + word.folded);
    if (positions.size() < kMaxPositions && position <= kLastPosition) {
      positions.push_back(position);
    }
    for (const std::string& stem : StemsIn(language, word)) form_of(mark + kStemMark + stem);
    for (int length = LeastBeginning(word); length <= kMaxKnownBeginning; ++length) {
      const std::string_view beginning = FirstOf(word.folded, length);
      if (beginning.size() == word.folded.size()) break;
      form_of((mark + kBeginningMark).append(beginning));
    }
  };
  int position = 0;
  for (const Word& word : words) {
    add("", word, ++position);
    if (word.begin < title.size()) add(std::string(1, kTitleMark), word, position);
    if (bytes > kMaxFormBytes) break;
  }
  std::vector<Lexeme> lexemes;
  for (auto& [form, positions] : forms) lexemes.push_back({form, std::move(positions)});
  return lexemes;
}

}  // namespace guildhall::discussions
