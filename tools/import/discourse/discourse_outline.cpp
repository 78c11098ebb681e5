#include "tools/import/discourse/discourse_outline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "tools/import/html/html_to_markdown.h"

namespace guildhall::discourse {
namespace {

using importing::SourceKind;
using importing::SourcePlace;
using importing::SourceRole;
using importing::SourceVisibility;

// Discourse nests categories two or three deep.
constexpr int kMaxDepth = 5;

class OutlineMaker {
 public:
  explicit OutlineMaker(const DiscourseDump& dump) : dump_(dump), to_markdown_("") {
    for (const auto& [key, time] : dump.writers) {
      const auto& [topic, user] = key;
      const auto found = dump.topics.find(topic);
      if (found == dump.topics.end() || found->second.kind != Topic::kPublic) continue;
      const auto [first, is_new] = writers_[found->second.category].try_emplace(user, time);
      if (!is_new) first->second = std::min(first->second, time);
    }
    AddPeople();
    for (const auto& [id, category] : dump.categories) AddPlace(id, 0);
  }

  DiscourseOutline Take() { return std::move(made_); }

 private:
  void AddPeople() {
    for (const auto& [id, user] : dump_.users) {
      made_.outline.people.push_back({absl::StrCat(id),
                                      user.name.empty() ? user.username : user.name, false,
                                      user.time, "/u/" + user.username});
    }
    const bool has_nobody =
        std::any_of(writers_.begin(), writers_.end(), [this](const auto& category) {
          return std::any_of(
              category.second.begin(), category.second.end(),
              [this](const auto& writer) { return dump_.users.count(writer.first) == 0; });
        });
    if (has_nobody) made_.outline.people.push_back({kNobody, "Unknown", false, absl::UnixEpoch()});
    made_.read.people = static_cast<std::int64_t>(made_.outline.people.size());
  }

  void AddPlace(Id id, int depth) {
    if (added_.contains(id)) return;
    const Category& category = dump_.categories.at(id);
    const std::optional<Id> parent = AddParent(id, category, depth);
    // A chain that came back to itself.
    if (added_.contains(id)) return;
    added_.insert(id);
    ++made_.read.places;
    SourcePlace place;
    place.key = absl::StrCat(id);
    place.name = category.name;
    if (!category.description.empty()) {
      place.description = to_markdown_.Convert(category.description);
      for (std::string& lost : to_markdown_.TakeLost()) Miss(place.key, std::move(lost));
    }
    place.visibility = IsSecret(category) ? SourceVisibility::kSecret : SourceVisibility::kOpen;
    place.time = category.time;
    place.address = absl::StrCat("/c/", category.slug, "/", id);
    if (parent) {
      place.parent = absl::StrCat(*parent);
      place.address =
          absl::StrCat("/c/", dump_.categories.at(*parent).slug, "/", category.slug, "/", id);
    }
    AddParticipations(id, category, place);
    if (place.participations.empty()) {
      Lose(place.key, "a category without anybody");
      return;
    }
    made_.read.participations += static_cast<std::int64_t>(place.participations.size());
    given_.insert(id);
    made_.outline.places.push_back(std::move(place));
  }

  // Whether it is restricted, or something is that it is in, be it deeper than places come along or
  // lost; also where what it is in is not there, since nobody knows then.
  bool IsSecret(const Category& category) const {
    absl::flat_hash_set<Id> seen;
    for (const Category* each = &category; !each->restricted;) {
      if (!each->parent || !seen.insert(*each->parent).second) return false;
      const auto parent = dump_.categories.find(*each->parent);
      if (parent == dump_.categories.end()) return true;
      each = &parent->second;
    }
    return true;
  }

  // The one that it is in, which comes before it. A chain that comes back to itself ends where it
  // is too deep.
  std::optional<Id> AddParent(Id id, const Category& category, int depth) {
    if (!category.parent) return std::nullopt;
    const Id parent = *category.parent;
    if (dump_.categories.count(parent) > 0 && parent != id && depth < kMaxDepth) {
      AddPlace(parent, depth + 1);
      if (given_.contains(parent)) return parent;
    }
    if (!added_.contains(id)) {
      Miss(absl::StrCat(id),
           IsInItself(id) ? "what it is in, since that is in itself" : "what it is in");
    }
    return std::nullopt;
  }

  // Whether what it is in comes back to it.
  bool IsInItself(Id id) const {
    absl::flat_hash_set<Id> seen;
    for (Id each = id; seen.insert(each).second;) {
      const auto found = dump_.categories.find(each);
      if (found == dump_.categories.end() || !found->second.parent) return false;
      each = *found->second.parent;
      if (each == id) return true;
    }
    return false;
  }

  void Miss(std::string key, std::string what) {
    made_.losses.push_back({SourceKind::kPlace, std::move(key), std::move(what), false});
  }

  void Lose(std::string key, std::string what) {
    made_.losses.push_back({SourceKind::kPlace, std::move(key), std::move(what), true});
  }

  // Of an open category who made it and whoever wrote there; of a restricted one whoever may read
  // it, which is its groups and, of the others, the administrators.
  void AddParticipations(Id id, const Category& category, SourcePlace& place) {
    std::map<Id, absl::Time> since;
    if (category.restricted) {
      const auto groups = dump_.category_groups.find(id);
      if (groups != dump_.category_groups.end()) {
        for (const Id group : groups->second) AddGroup(group, since);
      }
    }
    const auto add = [&](Id user, absl::Time time) {
      const auto found = dump_.users.find(user);
      const bool reads =
          !category.restricted || (found != dump_.users.end() && found->second.admin);
      if (reads) since.try_emplace(user, time);
    };
    for (const auto& [user, time] : writers_[id]) add(user, time);
    if (category.creator) add(*category.creator, category.time);
    std::vector<std::pair<absl::Time, Id>> order;
    for (const auto& [user, time] : since) {
      // The system's own accounts write, and are in no category.
      if (user > 0 && dump_.users.count(user) > 0) order.emplace_back(time, user);
    }
    std::sort(order.begin(), order.end());
    bool owned = false;
    for (const auto& [time, user] : order) {
      const SourceRole role = RoleOf(user, category);
      owned = owned || role == SourceRole::kOwner;
      place.participations.push_back({absl::StrCat(user), role, std::max(time, category.time)});
    }
    if (!owned) AddAdministrator(category, since, place);
  }

  void AddGroup(Id group, std::map<Id, absl::Time>& since) const {
    const auto users = dump_.group_users.find(group);
    if (users == dump_.group_users.end()) return;
    for (const auto& [user, time] : users->second) {
      const auto [first, is_new] = since.try_emplace(user, time);
      if (!is_new) first->second = std::min(first->second, time);
    }
  }

  SourceRole RoleOf(Id user, const Category& category) const {
    const User& of = dump_.users.at(user);
    if (of.admin || category.creator == user) return SourceRole::kOwner;
    return of.moderator ? SourceRole::kModerator : SourceRole::kMember;
  }

  // Comes first where nobody of its people owns it, and so owns it where it is new
  // (source/owners.h).
  void AddAdministrator(const Category& category, const std::map<Id, absl::Time>& since,
                        SourcePlace& place) const {
    for (const auto& [id, user] : dump_.users) {
      if (id <= 0 || !user.admin || since.count(id) > 0) continue;
      place.participations.insert(place.participations.begin(),
                                  {absl::StrCat(id), SourceRole::kMember, category.time});
      return;
    }
  }

  const DiscourseDump& dump_;
  html::HtmlToMarkdown to_markdown_;
  std::map<Id, std::map<Id, absl::Time>> writers_;  // by category: since when
  absl::flat_hash_set<Id> added_;                   // also those that are lost
  absl::flat_hash_set<Id> given_;
  DiscourseOutline made_;
};

}  // namespace

DiscourseOutline OutlineOf(const DiscourseDump& dump) { return OutlineMaker(dump).Take(); }

std::string KeyOfUser(const DiscourseDump& dump, Id user) {
  return dump.users.count(user) > 0 ? absl::StrCat(user) : kNobody;
}

}  // namespace guildhall::discourse
