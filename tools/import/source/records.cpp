#include "tools/import/source/records.h"

#include <algorithm>
#include <limits>

#include "absl/strings/str_cat.h"
#include "libs/base/strings.h"
#include "libs/resources/names.h"
#include "tools/import/source/fitting.h"
#include "tools/import/source/reactions.h"
#include "tools/import/text_limit.h"
#include "unicode/unistr.h"

namespace guildhall::importing {
namespace {

using directory::v1::Community;
using directory::v1::ImportedMembership;
using directory::v1::Member;
using discussions::v1::ImportedPost;

// As guildhall/directory/v1 and guildhall/discussions/v1 have them.
constexpr int kMaxNameLength = 100;
constexpr int kMaxDescriptionLength = 2000;
constexpr int kMaxTitleLength = 200;
constexpr int kMaxDepth = 5;

constexpr char kNothingToShow[] = "*(no text)*";

// Services take no times before 1970 began.
absl::Time Told(absl::Time time) { return std::max(time, absl::FromUnixSeconds(1)); }

void Put(absl::Time time, google::protobuf::Timestamp* timestamp) {
  const absl::Time told = absl::FromUnixMicros(absl::ToUnixMicros(Told(time)));
  timestamp->set_seconds(absl::ToUnixSeconds(told));
  timestamp->set_nanos(static_cast<int>((told - absl::FromUnixSeconds(timestamp->seconds())) /
                                        absl::Nanoseconds(1)));
}

std::string LowerCase(const std::string& name) {
  std::string lower;
  icu::UnicodeString::fromUTF8(name).toLower().toUTF8String(lower);
  return lower;
}

directory::v1::Visibility ProtoOf(SourceVisibility visibility) {
  switch (visibility) {
    case SourceVisibility::kOpen:
      return directory::v1::VISIBILITY_OPEN;
    case SourceVisibility::kClosed:
      return directory::v1::VISIBILITY_CLOSED;
    case SourceVisibility::kSecret:
      return directory::v1::VISIBILITY_SECRET;
  }
  return directory::v1::VISIBILITY_SECRET;
}

directory::v1::Role ProtoOf(SourceRole role) {
  switch (role) {
    case SourceRole::kMember:
      return directory::v1::ROLE_MEMBER;
    case SourceRole::kModerator:
      return directory::v1::ROLE_MODERATOR;
    case SourceRole::kOwner:
      return directory::v1::ROLE_OWNER;
  }
  return directory::v1::ROLE_MEMBER;
}

}  // namespace

Records::Records(std::string_view source, const SourceOutline& outline)
    : source_(source), outline_(outline) {
  for (const SourcePerson& person : outline.people) {
    people_.emplace(person.key, MemberId(IdOf("member", person.key)));
    Kept(SourceKind::kPerson, person.key, "name", Fitting, person.name, kMaxNameLength);
  }
  for (const SourcePlace& place : outline.places) AddPlace(place);
}

Uuid Records::IdOf(std::string_view type, const std::string& key) const {
  return ImportedUuid(absl::UnixEpoch(), source_, type, key);
}

void Records::Lose(SourceKind kind, const std::string& key, std::string what, bool whole) {
  losses_.push_back({.kind = kind, .key = key, .what = std::move(what), .whole = whole});
}

std::string Records::Kept(SourceKind kind, const std::string& key, const std::string& what,
                          std::string (*fit)(std::string_view, int), const std::string& text,
                          int most) {
  std::string kept = fit(text, most);
  if (kept != fit(text, std::numeric_limits<int>::max())) {
    Lose(kind, key, absl::StrCat(what, " cut at ", most, " characters"), false);
  }
  return kept;
}

void Records::AddPlace(const SourcePlace& place) {
  Kept(SourceKind::kPlace, place.key, "name", Fitting, place.name, kMaxNameLength);
  Kept(SourceKind::kPlace, place.key, "description", FittingLines, place.description,
       kMaxDescriptionLength);
  Place added{&place,
              CommunityId(IdOf("community", place.key)),
              "",
              place.visibility,
              place.admits_externals,
              1};
  const auto parent = places_.find(place.parent);
  if (!place.parent.empty() && parent == places_.end()) {
    // Nobody knows who may see it.
    added.visibility = SourceVisibility::kSecret;
    Lose(SourceKind::kPlace, place.key, "what it is in is not there: it stands alone, and secret",
         false);
  }
  if (parent != places_.end()) {
    added.parent = place.parent;
    if (parent->second.depth == kMaxDepth) {
      added.parent = parent->second.parent;
      Lose(SourceKind::kPlace, place.key, "is deeper than 5: it stands beside what it is in",
           false);
    }
    added.depth = places_.at(added.parent).depth + 1;
    // Of what it is in there, wherever it stands here.
    const Place& above = parent->second;
    added.visibility = std::max(added.visibility, above.visibility);
    added.admits_externals = added.admits_externals && above.admits_externals;
    if (added.visibility != place.visibility || added.admits_externals != place.admits_externals) {
      Lose(SourceKind::kPlace, place.key, "is as open as what it is in, and no more", false);
    }
  }
  places_.emplace(place.key, added);
}

std::vector<Sent<Member>> Records::Members() const {
  std::vector<Sent<Member>> members;
  for (const SourcePerson& person : outline_.people) {
    Member member;
    member.set_name(resources::Name(people_.at(person.key)));
    member.set_display_name(Fitting(person.name, kMaxNameLength));
    member.set_affiliation(person.external ? directory::v1::AFFILIATION_EXTERNAL
                                           : directory::v1::AFFILIATION_EMPLOYEE);
    Put(person.time, member.mutable_create_time());
    members.push_back({std::move(member), person.key, person.address});
  }
  return members;
}

// Namesakes beside each other are told apart by their keys.
std::string Records::NameIn(const std::string& parent, const SourcePlace& place) {
  std::string name = Fitting(place.name, kMaxNameLength);
  if (names_.emplace(parent, LowerCase(name)).second) return name;
  name = Fitting(place.key + " " + name, kMaxNameLength);
  names_.emplace(parent, LowerCase(name));
  return name;
}

std::vector<Sent<Community>> Records::Communities() {
  std::vector<Sent<Community>> communities;
  names_.clear();
  for (const SourcePlace& source : outline_.places) {
    const Place& place = places_.at(source.key);
    Community community;
    community.set_name(resources::Name(place.id));
    if (!place.parent.empty()) {
      community.set_parent(resources::Name(places_.at(place.parent).id));
    }
    community.set_display_name(NameIn(place.parent, source));
    community.set_description(FittingLines(source.description, kMaxDescriptionLength));
    community.set_kind(directory::v1::COMMUNITY_KIND_INTEREST);
    community.set_visibility(ProtoOf(place.visibility));
    community.set_admits(place.admits_externals ? directory::v1::ADMITS_EVERYONE
                                                : directory::v1::ADMITS_EMPLOYEES);
    Put(source.time, community.mutable_create_time());
    communities.push_back({std::move(community), source.key, source.address});
  }
  return communities;
}

std::vector<Sent<ImportedMembership>> Records::Memberships() {
  std::vector<Sent<ImportedMembership>> memberships;
  for (const SourcePlace& place : outline_.places) {
    std::set<std::string> seen;
    for (const SourceParticipation& each : place.participations) {
      const std::string key = absl::StrCat(place.key, "/", each.person);
      const auto person = people_.find(each.person);
      if (person == people_.end() || !seen.insert(each.person).second) {
        Lose(SourceKind::kParticipation, key,
             person == people_.end() ? "nobody is known by that key" : "is there twice", true);
        continue;
      }
      ImportedMembership membership;
      membership.set_community(resources::Name(places_.at(place.key).id));
      membership.set_member(resources::Name(person->second));
      membership.set_role(ProtoOf(each.role));
      Put(each.time, membership.mutable_create_time());
      memberships.push_back({std::move(membership), key, ""});
    }
  }
  return memberships;
}

// With its reactions.
void Records::LoseMessage(const SourceMessage& message, const std::string& why) {
  Lose(SourceKind::kMessage, message.key, why, true);
  for (const SourceReaction& reaction : message.reactions) {
    Lose(SourceKind::kReaction, message.key, reaction.name + ": its message is lost", true);
  }
}

void Records::LoseThread(const SourceThread& thread, const std::string& why) {
  Lose(SourceKind::kThread, thread.key, why, true);
  for (const SourceMessage& message : thread.messages) LoseMessage(message, "its thread is lost");
}

std::optional<SentThread> Records::Of(const SourceThread& thread) {
  const auto place = places_.find(thread.place);
  const bool known = place != places_.end() && !thread.messages.empty() &&
                     people_.contains(thread.messages.front().person);
  if (!known) {
    LoseThread(thread, "its place, or who began it, is not there");
    return std::nullopt;
  }
  const absl::Time time = thread.messages.front().time;
  const TopicId id(IdOf("topic", thread.key));
  SentThread sent;
  sent.topic.key = thread.key;
  sent.topic.address = thread.address;
  discussions::v1::ImportedTopic& topic = sent.topic.record;
  topic.set_name(resources::Name(id));
  topic.set_community(resources::Name(place->second.id));
  topic.set_title(
      Kept(SourceKind::kThread, thread.key, "title", Fitting, thread.title, kMaxTitleLength));
  topic.set_author(resources::Name(people_.at(thread.messages.front().person)));
  Put(time, topic.mutable_create_time());
  topic.set_kind(thread.question ? discussions::v1::TOPIC_KIND_QUESTION
                                 : discussions::v1::TOPIC_KIND_DISCUSSION);
  topic.set_pinned(thread.pinned);
  if (thread.closed) topic.set_closer(topic.author());
  std::unordered_map<std::string, std::string> names;  // of posts, by their keys
  for (const SourceMessage& message : thread.messages) {
    std::optional<ImportedPost> post = PostOf(message, id);
    if (!post) continue;
    if (!names.emplace(message.key, post->name()).second) {
      LoseMessage(message, "is there twice");
      continue;
    }
    if (const auto answered = names.find(message.reply_to); answered != names.end()) {
      post->set_reply_to(answered->second);
    } else if (!message.reply_to.empty()) {
      Lose(SourceKind::kMessage, message.key,
           "answers " + message.reply_to + ", which does not come before it in its thread", false);
    }
    post->set_accepted(message.accepted && thread.question);
    AddReactions(message, *post);
    sent.posts.push_back({*std::move(post), message.key, message.address});
  }
  return sent;
}

std::optional<ImportedPost> Records::PostOf(const SourceMessage& message, TopicId topic) {
  const auto person = people_.find(message.person);
  if (person == people_.end()) {
    LoseMessage(message, "nobody is known by the key of its author");
    return std::nullopt;
  }
  ImportedPost post;
  post.set_name(
      resources::PostName(topic, PostId(ImportedUuid(message.time, source_, "post", message.key))));
  post.set_author(resources::Name(person->second));
  Put(message.time, post.mutable_create_time());
  std::string text = message.markdown;
  if (text.empty()) {
    text = kNothingToShow;
    Lose(SourceKind::kMessage, message.key, "shows nothing", false);
  }
  const std::size_t bytes = text.size();
  if (CutToLimit(text)) {
    Lose(SourceKind::kMessage, message.key, absl::StrCat("cut at 64 KiB of ", bytes >> 10), false);
  }
  post.set_markdown(std::move(text));
  return post;
}

void Records::AddReactions(const SourceMessage& message, ImportedPost& post) {
  std::set<std::pair<std::string, int>> seen;
  for (const SourceReaction& reaction : message.reactions) {
    const auto kind = ReactionKindOf(reaction.name);
    const auto person = people_.find(reaction.person);
    const char* why = nullptr;
    if (kind == discussions::v1::REACTION_KIND_UNSPECIFIED) {
      why = "says what no kind of reaction says here";
    } else if (person == people_.end()) {
      why = "is of nobody who is known";
    } else if (!seen.emplace(reaction.person, kind).second) {
      why = "is the same here as another one of that person";
    }
    if (why != nullptr) {
      Lose(SourceKind::kReaction, message.key, absl::StrCat(reaction.name, ": ", why), true);
      continue;
    }
    discussions::v1::ImportedReaction& added = *post.add_reactions();
    added.set_member(resources::Name(person->second));
    added.set_kind(kind);
  }
}

}  // namespace guildhall::importing
