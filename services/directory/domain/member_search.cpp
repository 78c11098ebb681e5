#include "services/directory/domain/member_search.h"

#include <algorithm>
#include <map>
#include <tuple>

#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {
namespace {

// As in the migration that defines name_words.
constexpr std::string_view kBetweenWords = " \t\n.,;:'\"()/_-";
constexpr std::string_view kApostrophe = "’";
constexpr std::size_t kMostWords = 8;
constexpr std::size_t kMostAskedWords = 4;

absl::Status TidyTags(const char* field, std::vector<std::string>& tags) {
  if (tags.size() > static_cast<std::size_t>(kMaxSearchTags)) {
    return WrongField(field, absl::StrCat("takes at most ", kMaxSearchTags));
  }
  for (std::string& tag : tags) {
    GUILDHALL_ASSIGN(tag, TidyText(field, tag, kTag));
  }
  return absl::OkStatus();
}

// How long the gap between words is that begins here; 0: none does.
std::size_t GapAt(std::string_view text) {
  if (kBetweenWords.find(text.front()) != std::string_view::npos) return 1;
  return text.starts_with(kApostrophe) ? kApostrophe.size() : 0;
}

bool AnyOf(std::span<const std::string> words, auto holds) {
  return std::any_of(words.begin(), words.end(), holds);
}

}  // namespace

absl::Status TidyQuestion(MemberQuestion& question, bool with_community) {
  GUILDHALL_ASSIGN(question.name, TidyText("query", question.name, kSearchedName));
  GUILDHALL_ASSIGN(question.location, TidyText("location", question.location, kLocation));
  GUILDHALL_TRY(TidyTags("skills", question.skills));
  GUILDHALL_TRY(TidyTags("interests", question.interests));
  GUILDHALL_TRY(TidyTags("projects", question.projects));
  GUILDHALL_ASSIGN(question.about, TidyText("about", question.about, kSearchedName));
  GUILDHALL_TRY(TidyTags("languages", question.languages));
  const bool asks = with_community || !NameWords(question.name).empty() ||
                    !NameWords(question.about).empty() || !question.location.empty() ||
                    !question.skills.empty() || !question.interests.empty() ||
                    !question.projects.empty() || !question.languages.empty();
  if (asks) return absl::OkStatus();
  return WrongField("query", "is required where nothing else is asked for");
}

std::vector<std::string> NameWords(std::string_view key) {
  std::vector<std::string> words;
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= key.size() && words.size() < kMostWords;) {
    const std::size_t gap = at == key.size() ? 1 : GapAt(key.substr(at));
    if (gap == 0) {
      ++at;
      continue;
    }
    if (at > begin) words.emplace_back(key.substr(begin, at - begin));
    begin = at += gap;
  }
  return words;
}

std::vector<std::string> AskedWords(std::string_view key) {
  std::vector<std::string> words = NameWords(key);
  if (words.size() > kMostAskedWords) words.resize(kMostAskedWords);
  return words;
}

int RankOf(std::span<const std::string> asked, std::string_view name_key) {
  const std::vector<std::string> words = NameWords(name_key);
  const bool whole = std::all_of(asked.begin(), asked.end(), [&](const std::string& wanted) {
    return AnyOf(words, [&](const std::string& word) { return word == wanted; });
  });
  return whole ? 0 : 1;
}

std::vector<FacetCount> CountFacets(std::span<const Match* const> matches, int most) {
  std::map<std::pair<Facet, std::string>, FacetCount> counts;
  for (const Match* match : matches) {
    for (const Label& label : match->labels) {
      FacetCount& count = counts[{label.facet, label.key}];
      if (count.members++ == 0) count.label = label;
    }
  }
  std::vector<FacetCount> sorted;
  for (auto& [key, count] : counts) sorted.push_back(std::move(count));
  const auto order = [](const FacetCount& count) {
    return std::tuple(count.label.facet, -count.members, std::string_view(count.label.key));
  };
  std::sort(sorted.begin(), sorted.end(),
            [&](const FacetCount& a, const FacetCount& b) { return order(a) < order(b); });
  int in_facet = 0;
  Facet facet{};
  std::erase_if(sorted, [&](const FacetCount& count) {
    in_facet = count.label.facet == facet ? in_facet + 1 : 1;
    facet = count.label.facet;
    return in_facet > most;
  });
  return sorted;
}

std::vector<Label> ValuesOf(std::span<const Match* const> matches, const ValuesAsked& asked) {
  std::map<std::string_view, const Label*> values;
  for (const Match* match : matches) {
    for (const Label& label : match->labels) {
      if (label.facet != asked.facet || !label.key.starts_with(asked.beginning)) continue;
      if (label.key > asked.after) values.emplace(label.key, &label);
    }
  }
  std::vector<Label> listed;
  for (const auto& [key, label] : values) {
    if (listed.size() == static_cast<std::size_t>(asked.most)) break;
    listed.push_back(*label);
  }
  return listed;
}

}  // namespace guildhall::directory
