#include "tools/import/demo/lately.h"

#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>
#include <optional>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "absl/strings/str_replace.h"
#include "libs/base/check.h"
#include "libs/resources/names.h"
#include "tools/import/demo/findings.h"

namespace guildhall::demo {
namespace {

constexpr std::string_view kFence = "```";
// Of a deed, until what it is about is known.
constexpr char kRequest[] = "<request>";

// The text of the one fenced block that `text` is.
std::string Unfenced(std::string_view text) {
  if (!text.starts_with(kFence) || !text.ends_with(kFence)) return std::string(text);
  text.remove_suffix(kFence.size());
  return std::string(text.substr(std::min(text.find('\n'), text.size())));
}

const Topic* FindTopic(const Community& community, std::string_view title) {
  const auto found = std::find_if(community.topics.begin(), community.topics.end(),
                                  [title](const Topic& topic) { return topic.title == title; });
  return found == community.topics.end() ? nullptr : &*found;
}

// Puts names into requests.
class References {
 public:
  References(const Organization& organization, const Names& names)
      : organization_(organization), names_(names) {}

  // What a later deed calls "<made name>".
  void Remember(const std::string& name, const std::string& deed) { made_[name] = deed; }

  // `json` with every reference replaced, but "<request>"; false when one is of nothing, which is
  // then in `unknown`.
  bool Resolve(nlohmann::json& json, std::string& unknown) const {
    if (json.is_string()) {
      std::string text = json.get<std::string>();
      if (!Resolve(text, unknown)) return false;
      json = text;
      return true;
    }
    if (!json.is_structured()) return true;
    return std::all_of(json.begin(), json.end(),
                       [&](nlohmann::json& inner) { return Resolve(inner, unknown); });
  }

 private:
  bool Resolve(std::string& text, std::string& unknown) const {
    for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at + 1)) {
      const std::size_t end = text.find('>', at);
      if (end == std::string::npos) break;
      const std::string reference = text.substr(at, end + 1 - at);
      if (reference == kRequest) continue;
      const std::optional<std::string> name = NameOf(reference.substr(1, reference.size() - 2));
      if (!name) return unknown = reference, false;
      text.replace(at, reference.size(), *name);
    }
    return true;
  }

  // "topic apprentices: Its title"
  std::optional<std::string> NameOf(std::string_view reference) const {
    const std::size_t blank = std::min(reference.find(' '), reference.size() - 1);
    const std::string_view kind = reference.substr(0, blank);
    const std::string key(reference.substr(blank + 1));
    if (kind == "member" && organization_.FindMember(key)) return names_.OfMember(key);
    if (kind == "community" && organization_.FindCommunity(key)) return names_.OfCommunity(key);
    if (const auto made = made_.find(key); kind == "made" && made != made_.end()) {
      return absl::StrCat("${", made->second, "}");
    }
    if (kind == "topic" || kind == "post") return NameInTopic(kind == "post", key);
    return std::nullopt;
  }

  // "apprentices: Its title", or "apprentices 3: Its title" of a post.
  std::optional<std::string> NameInTopic(bool is_post, const std::string& key) const {
    const std::size_t colon = key.find(": ");
    if (colon == std::string::npos) return std::nullopt;
    const std::size_t blank = std::min(key.find(' '), colon);
    const Community* community = organization_.FindCommunity(key.substr(0, blank));
    const Topic* topic = community ? FindTopic(*community, key.substr(colon + 2)) : nullptr;
    if (topic == nullptr) return std::nullopt;
    if (!is_post) return resources::Name(names_.IdOf(*community, *topic));
    int number = 0;
    if (!absl::SimpleAtoi(key.substr(blank, colon - blank), &number) || number < 1 ||
        number > static_cast<int>(topic->posts.size())) {
      return std::nullopt;
    }
    return names_.OfPost(*community, *topic, number);
  }

  const Organization& organization_;
  const Names& names_;
  std::map<std::string, std::string> made_;
};

// The same each time for the same call.
std::string IdOf(const Organization& organization, const std::string& email, const Doing& doing,
                 const nlohmann::json& request) {
  return DemoId(organization.members.front().joined, "deed",
                absl::StrCat(email, "\n", doing.method, "\n", request.dump()))
      .ToString();
}

}  // namespace

std::vector<Doing> ReadLately(FileReader& file, const std::vector<Part>& parts) {
  std::vector<Doing> doings;
  for (const Part& part : parts) {
    if (part.level != 2) continue;
    Facts facts = TakeFacts(part.text);
    doings.push_back({.line = part.line,
                      .who = SplitList(file.Due(facts, part.line, "who")),
                      .method = file.Due(facts, part.line, "calls"),
                      .name = facts.Take("as").value_or("")});
    file.FindLeftovers(facts, part.line);
    doings.back().request = Unfenced(facts.rest);
  }
  return doings;
}

std::vector<std::string> CheckLately(const Organization& organization) {
  Findings findings;
  const Accounts nobody;
  const Names names(organization, nobody);
  References references(organization, names);
  for (const Doing& doing : organization.lately) {
    for (const std::string& key : doing.who) {
      const Member* member = organization.FindMember(key);
      if (member == nullptr || member->email.empty()) {
        findings.Add(kLately, doing.line, "`", key, "` cannot sign in");
      }
    }
    nlohmann::json request = nlohmann::json::parse(doing.request, nullptr, false);
    std::string unknown;
    if (!request.is_object()) {
      findings.Add(kLately, doing.line, "is followed by no request in JSON");
    } else if (!references.Resolve(request, unknown)) {
      findings.Add(kLately, doing.line, "there is no ", unknown);
    }
    if (doing.name.empty()) continue;
    if (doing.who.size() != 1) findings.Add(kLately, doing.line, "is made by more than one");
    references.Remember(doing.name, doing.name);
  }
  return std::move(findings).Take();
}

std::vector<Deed> MakeLately(const Organization& organization, const Names& names) {
  std::vector<Deed> deeds;
  References references(organization, names);
  for (const Doing& doing : organization.lately) {
    nlohmann::json request = nlohmann::json::parse(doing.request, nullptr, false);
    std::string unknown;
    GUILDHALL_CHECK(request.is_object() && references.Resolve(request, unknown));
    for (const std::string& key : doing.who) {
      const std::string& email = organization.FindMember(key)->email;
      const std::string id = IdOf(organization, email, doing, request);
      if (!doing.name.empty()) references.Remember(doing.name, id);
      const std::string json = absl::StrReplaceAll(request.dump(), {{kRequest, id}});
      deeds.push_back({id, email, doing.method, json, {}});
    }
  }
  return deeds;
}

}  // namespace guildhall::demo
