#include "tools/import/slack/slack_outline.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"

namespace guildhall::slack {
namespace {

using importing::SourceKind;
using importing::SourcePlace;

class OutlineMaker {
 public:
  OutlineMaker(const SlackExport& read, const NameOf& name_of, html::HtmlToMarkdown& to_markdown)
      : export_(read), name_of_(name_of), to_markdown_(to_markdown) {
    AddPeople();
    for (std::size_t i = 0; i < export_.conversations.size(); ++i) AddPlace(i);
  }

  SlackOutline Take() { return std::move(made_); }

 private:
  void AddPeople();
  void AddPlace(std::size_t number);
  void AddParticipations(const Conversation& conversation, SourcePlace& place);
  std::string FallbackOf(std::size_t number) const;
  void Lose(SourceKind kind, std::string key, std::string what) {
    made_.losses.push_back({kind, std::move(key), std::move(what), true});
  }

  const SlackExport& export_;
  const NameOf& name_of_;
  html::HtmlToMarkdown& to_markdown_;
  absl::flat_hash_set<std::string> guests_;
  SlackOutline made_;
};

// Slack does not tell when somebody came: everybody is there since the first channel is.
void OutlineMaker::AddPeople() {
  std::int64_t first = kNever;
  for (const Conversation& conversation : export_.conversations) {
    if (conversation.kind == Conversation::kDirect || conversation.created == 0) continue;
    first = std::min(first, conversation.created);
  }
  const absl::Time since = absl::FromUnixSeconds(first == kNever ? 0 : first);
  for (const SlackPerson& person : export_.people) {
    if (person.guest) guests_.insert(person.id);
    made_.outline.people.push_back({person.id, person.name, person.guest, since, ""});
    ++made_.read.people;
  }
}

// Who stands for an open channel without members: who made it, or wrote there first.
std::string OutlineMaker::FallbackOf(std::size_t number) const {
  const Conversation& conversation = export_.conversations[number];
  if (!conversation.creator.empty()) return conversation.creator;
  for (const SlackExport::Folder& folder : export_.folders) {
    if (folder.conversation == number && !folder.first_author.empty()) return folder.first_author;
  }
  return "";
}

void OutlineMaker::AddPlace(std::size_t number) {
  Conversation conversation = export_.conversations[number];
  made_.is_place.push_back(false);
  ++made_.read.places;
  if (conversation.kind == Conversation::kDirect) {
    return Lose(SourceKind::kPlace, conversation.id, "a direct conversation");
  }
  if (conversation.members.empty()) {
    // Of a private one nobody else is known to read it.
    if (conversation.kind == Conversation::kPrivate) {
      return Lose(SourceKind::kPlace, conversation.id, "a private channel without members");
    }
    std::string fallback = FallbackOf(number);
    if (fallback.empty()) {
      return Lose(SourceKind::kPlace, conversation.id, "a channel without members and messages");
    }
    conversation.members.push_back(std::move(fallback));
  }
  made_.is_place.back() = true;
  SourcePlace place;
  place.key = conversation.id;
  place.name = conversation.name;
  std::string html = MrkdwnToHtml(conversation.purpose, name_of_);
  if (conversation.topic != conversation.purpose) {
    html += MrkdwnToHtml(conversation.topic, name_of_);
  }
  place.description = html.empty() ? "" : to_markdown_.Convert(html);
  for (std::string& lost : to_markdown_.TakeLost()) {
    made_.losses.push_back({SourceKind::kPlace, place.key, std::move(lost), false});
  }
  place.time = absl::FromUnixSeconds(conversation.created);
  place.address = "/archives/" + conversation.id;
  AddParticipations(conversation, place);
  if (conversation.archived) {
    made_.losses.push_back({SourceKind::kPlace, place.key, "that it was archived", false});
  }
  made_.outline.places.push_back(std::move(place));
}

void OutlineMaker::AddParticipations(const Conversation& conversation, SourcePlace& place) {
  const auto is_guest = [&](const std::string& member) { return guests_.contains(member); };
  const std::vector<std::string>& members = conversation.members;
  const bool only_guests = std::all_of(members.begin(), members.end(), is_guest);
  const bool secret = conversation.kind == Conversation::kPrivate || only_guests;
  place.visibility =
      secret ? importing::SourceVisibility::kSecret : importing::SourceVisibility::kOpen;
  made_.read.participations += static_cast<std::int64_t>(members.size());
  for (const std::string& member : members) {
    if (!secret && is_guest(member)) {
      Lose(SourceKind::kParticipation, absl::StrCat(place.key, "/", member),
           "a guest's place in an open channel");
      continue;
    }
    place.admits_externals = place.admits_externals || is_guest(member);
    const bool owns = member == conversation.creator;
    place.participations.push_back(
        {member, owns ? importing::SourceRole::kOwner : importing::SourceRole::kMember,
         place.time});
  }
}

}  // namespace

NameOf NamesOf(const SlackExport& read) {
  absl::flat_hash_map<std::string, std::string> names;
  for (const SlackPerson& person : read.people) names[person.id] = person.name;
  for (const Conversation& conversation : read.conversations) {
    if (conversation.kind == Conversation::kChannel) names[conversation.id] = conversation.name;
  }
  return [names = std::move(names)](char, std::string_view id) {
    const auto found = names.find(Absl(id));
    return found == names.end() ? std::string() : found->second;
  };
}

SlackOutline OutlineOf(const SlackExport& read, const NameOf& name_of,
                       html::HtmlToMarkdown& to_markdown) {
  return OutlineMaker(read, name_of, to_markdown).Take();
}

}  // namespace guildhall::slack
