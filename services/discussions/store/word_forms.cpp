#include "services/discussions/store/word_forms.h"

#include "absl/strings/str_cat.h"
#include "absl/strings/str_join.h"
#include "absl/time/civil_time.h"

namespace guildhall::discussions {
namespace {

// As tsvector and tsquery read it.
std::string Quoted(std::string_view form) {
  std::string quoted = "'";
  for (const char c : form) {
    if (c == '\'' || c == '\\') quoted += c;
    quoted += c;
  }
  return quoted += '\'';
}

std::string OfCommunity(CommunityId community) { return "#c" + community.ToString(); }
std::string OfTopic(TopicId topic) { return "#o" + topic.ToString(); }
std::string OfAuthor(MemberId author) { return "#f" + author.ToString(); }
std::string OfDay(absl::CivilDay day) { return absl::StrCat("#d", day - absl::CivilDay()); }

// Its first day.
absl::CivilDay QuarterOf(absl::CivilDay day) {
  return absl::CivilDay(day.year(), (day.month() - 1) / 3 * 3 + 1);
}

std::string OfQuarter(absl::CivilDay day) {
  return absl::StrCat("#q", day.year() * 4 + (day.month() - 1) / 3);
}

std::string OfTag(const std::string& tag) { return "#t" + tag; }
std::string OfTrait(const std::string& trait) { return "#i" + trait; }

std::string AnyOf(const std::vector<std::string>& forms) {
  return "(" + absl::StrJoin(forms, "|") + ")";
}

// How the forms begin among which words of the query are looked for.
std::string MarkOf(const SearchQuery& query) {
  return query.in_title ? std::string(1, kTitleMark) : "";
}

std::string ByOneOf(const std::vector<MemberId>& authors) {
  std::vector<std::string> forms;
  for (const MemberId author : authors) forms.push_back(Quoted(OfAuthor(author)));
  return AnyOf(forms);
}

std::string OfOneOf(const std::vector<TopicId>& topics) {
  std::vector<std::string> forms;
  for (const TopicId topic : topics) forms.push_back(Quoted(OfTopic(topic)));
  return AnyOf(forms);
}

// A word with its inflections.
std::string Inflected(const Word& word, const std::string& mark) {
  std::vector<std::string> forms = {Quoted(mark + word.folded)};
  for (const std::string& stem : StemsOf(word)) forms.push_back(Quoted(mark + kStemMark + stem));
  return AnyOf(forms);
}

// A word as it is written, or all that begin with it.
std::string Plain(const SearchQuery::Term& term, const Word& word, const std::string& mark) {
  const bool begins = term.beginning && &word == &term.words.back();
  return Quoted(mark + word.folded) + (begins ? ":*" : "");
}

// The words of a term, between which stands `between`.
std::string Joined(const SearchQuery::Term& term, const std::string& mark, const char* between) {
  const auto write = [&](std::string* out, const Word& word) { *out += Plain(term, word, mark); };
  return "(" + absl::StrJoin(term.words, between, write) + ")";
}

// What begins with a word, the word itself too, as the index knows it.
std::string Begun(const Word& word, const std::string& mark) {
  const std::string_view known = KnownBeginning(word.folded);
  const std::string longer = Quoted((mark + kBeginningMark).append(known));
  if (known.size() < word.folded.size()) return longer;
  return AnyOf({Quoted(mark + word.folded), longer});
}

std::vector<std::string> TimesOf(const Days& days) {
  std::vector<std::string> times;
  absl::CivilDay day = days.first;
  while (day <= days.last) {
    const absl::CivilDay next_quarter(QuarterOf(day).year(), QuarterOf(day).month() + 3);
    const bool whole = day == QuarterOf(day) && next_quarter - 1 <= days.last;
    times.push_back(Quoted(whole ? OfQuarter(day) : OfDay(day)));
    day = whole ? next_quarter : day + 1;
  }
  return times;
}

bool IsOneWord(const SearchQuery::Term& term) { return term.words.size() == 1; }

std::string TermOf(const SearchQuery::Term& term, const std::string& mark, const char* between) {
  const std::string words =
      term.inflected() ? Inflected(term.words[0], mark) : Joined(term, mark, between);
  return term.excluded ? "!" + words : words;
}

// The words of a term, wherever they stand.
std::string LooseTermOf(const SearchQuery::Term& term, const std::string& mark) {
  if (!term.beginning) return TermOf(term, mark, "&");
  std::vector<std::string> words;
  for (const Word& word : term.words) {
    const bool is_last = &word == &term.words.back();
    words.push_back(is_last ? Begun(word, mark) : Quoted(mark + word.folded));
  }
  return (term.excluded ? "!(" : "(") + absl::StrJoin(words, "&") + ")";
}

// Whether the index alone excludes no post that the term does not. Who excludes a phrase wants
// posts that have its words otherwise.
bool ExcludesLoosely(const SearchQuery::Term& term) {
  const std::string& word = term.words.back().folded;
  return IsOneWord(term) && (!term.beginning || KnownBeginning(word) == word);
}

}  // namespace

std::string VectorOf(const std::vector<Lexeme>& lexemes, const Marks& marks) {
  const absl::CivilDay day = absl::ToCivilDay(marks.create_time, absl::UTCTimeZone());
  std::vector<std::string> forms = {Quoted(OfCommunity(marks.community)),
                                    Quoted(OfAuthor(marks.author)), Quoted(OfQuarter(day)),
                                    Quoted(OfDay(day))};
  for (const std::string& tag : marks.tags) forms.push_back(Quoted(OfTag(tag)));
  for (const std::string& trait : marks.traits) forms.push_back(Quoted(OfTrait(trait)));
  if (marks.first) forms.push_back(Quoted(OfTrait(kFirstTrait)));
  for (const Lexeme& lexeme : lexemes) {
    std::string form = Quoted(lexeme.form);
    if (!lexeme.positions.empty())
      absl::StrAppend(&form, ":", absl::StrJoin(lexeme.positions, ","));
    forms.push_back(std::move(form));
  }
  return absl::StrJoin(forms, " ");
}

std::string WordsOf(const SearchQuery& query) {
  const std::string mark = MarkOf(query);
  return absl::StrJoin(query.terms, "&", [&](std::string* out, const SearchQuery::Term& term) {
    *out += TermOf(term, mark, "<->");
  });
}

std::string LooseWordsOf(const SearchQuery& query) {
  std::vector<std::string> terms;
  for (const SearchQuery::Term& term : query.terms) {
    if (!term.excluded || ExcludesLoosely(term)) terms.push_back(LooseTermOf(term, MarkOf(query)));
  }
  return absl::StrJoin(terms, "&");
}

std::string RankingOf(const SearchQuery& query) {
  const std::string mark = MarkOf(query);
  std::vector<std::string> forms;
  for (const SearchQuery::Term& term : query.terms) {
    if (term.excluded) continue;
    for (const Word& word : term.words) {
      forms.push_back(term.inflected() ? Inflected(word, mark) : Plain(term, word, mark));
    }
  }
  return forms.empty() ? "" : AnyOf(forms);
}

std::string Narrowed(const std::string& words, const SearchQuery& query,
                     const std::optional<Days>& days) {
  std::vector<std::string> conditions;
  if (!words.empty()) conditions.push_back(words);
  if (!query.topics.empty()) conditions.push_back(OfOneOf(query.topics));
  if (!query.from.empty()) conditions.push_back(ByOneOf(query.from));
  for (const std::string& tag : query.tags) conditions.push_back(Quoted(OfTag(tag)));
  for (const std::string& trait : query.traits) conditions.push_back(Quoted(OfTrait(trait)));
  if (query.first || query.in_title) conditions.push_back(Quoted(OfTrait(kFirstTrait)));
  if (days) conditions.push_back(AnyOf(TimesOf(*days)));
  return absl::StrJoin(conditions, "&");
}

std::string InOneOf(std::span<const CommunityId> communities) {
  std::vector<std::string> places;
  for (const CommunityId community : communities) places.push_back(Quoted(OfCommunity(community)));
  return AnyOf(places);
}

}  // namespace guildhall::discussions
