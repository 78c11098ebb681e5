#pragma once

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "tools/import/source/source.h"

namespace guildhall::importing {

// What a source gave, for tests of adapters.
struct Given {
  SourceOutline outline;
  std::vector<SourceThread> threads;
  std::vector<Loss> losses;
  SourceCounts read;
};

inline absl::StatusOr<Given> ReadAll(absl::StatusOr<std::unique_ptr<Source>> source) {
  if (!source.ok()) return source.status();
  Given given{(*source)->outline(), {}, {}, {}};
  for (;;) {
    GUILDHALL_ASSIGN(std::optional<SourceThread> thread, (*source)->Next());
    for (Loss& loss : (*source)->TakeLosses()) given.losses.push_back(std::move(loss));
    if (!thread) break;
    given.threads.push_back(*std::move(thread));
  }
  given.read = (*source)->read();
  return given;
}

// Holds what is true of all sources, and gives the first sentence that is not, or "".
class SourceRules {
 public:
  explicit SourceRules(const Given& given) : given_(given) {
    CheckOutline();
    for (const SourceThread& thread : given.threads) CheckThread(thread);
    CheckCounts();
  }
  const std::string& broken() const { return broken_; }

 private:
  void Hold(bool holds, const std::string& sentence) {
    if (!holds && broken_.empty()) broken_ = sentence;
  }
  void HoldText(const std::string& text) { Hold(IsStorableUtf8(text), "texts are UTF-8: " + text); }
  // Also that it is the only one of its kind.
  void HoldKey(SourceKind kind, const std::string& key) {
    HoldText(key);
    Hold(!key.empty(), "records have keys");
    Hold(keys_.emplace(kind, key).second, "keys are there once: " + key);
  }

  bool IsPerson(const std::string& key) const {
    return keys_.count({SourceKind::kPerson, key}) > 0;
  }

  void CheckOutline() {
    for (const SourcePerson& person : given_.outline.people) {
      HoldKey(SourceKind::kPerson, person.key);
      HoldText(person.name + person.address);
      Hold(person.time >= absl::UnixEpoch(), "times are not before 1970");
      ++counts_[SourceKind::kPerson];
    }
    for (const SourcePlace& place : given_.outline.places) CheckPlace(place);
  }

  void CheckPlace(const SourcePlace& place) {
    HoldKey(SourceKind::kPlace, place.key);
    HoldText(place.name + place.description + place.address);
    Hold(place.time >= absl::UnixEpoch(), "times are not before 1970");
    Hold(place.parent.empty() || keys_.count({SourceKind::kPlace, place.parent}) > 0,
         "a place comes after the one that it is in: " + place.key);
    Hold(!place.participations.empty(), "somebody is in every place: " + place.key);
    std::set<std::string> people;
    for (const SourceParticipation& participation : place.participations) {
      Hold(IsPerson(participation.person), "participants are known: " + participation.person);
      Hold(people.insert(participation.person).second, "people are in a place once");
      ++counts_[SourceKind::kParticipation];
    }
    ++counts_[SourceKind::kPlace];
  }

  void CheckThread(const SourceThread& thread) {
    HoldKey(SourceKind::kThread, thread.key);
    HoldText(thread.title + thread.address);
    Hold(keys_.count({SourceKind::kPlace, thread.place}) > 0, "threads are in a known place");
    Hold(!thread.messages.empty(), "threads have messages: " + thread.key);
    std::set<std::string> earlier;
    absl::Time time = absl::UnixEpoch();
    for (const SourceMessage& message : thread.messages) {
      HoldKey(SourceKind::kMessage, message.key);
      HoldText(message.markdown + message.address);
      Hold(message.time >= time, "messages are in order of time: " + message.key);
      Hold(message.reply_to.empty() || earlier.count(message.reply_to) > 0,
           "replies are to what is earlier: " + message.key);
      Hold(IsPerson(message.person), "authors are known: " + message.person);
      CheckReactions(message);
      earlier.insert(message.key);
      time = message.time;
      ++counts_[SourceKind::kMessage];
    }
    ++counts_[SourceKind::kThread];
  }

  void CheckReactions(const SourceMessage& message) {
    std::set<std::pair<std::string, std::string>> seen;
    for (const SourceReaction& reaction : message.reactions) {
      HoldText(reaction.name);
      Hold(IsPerson(reaction.person), "who reacts is known: " + reaction.person);
      Hold(seen.emplace(reaction.person, reaction.name).second, "reactions are there once");
      ++counts_[SourceKind::kReaction];
    }
  }

  void CheckCounts() {
    for (const Loss& loss : given_.losses) {
      HoldText(loss.key + loss.what);
      Hold(!loss.what.empty() && loss.what.find('\n') == std::string::npos, "losses are a line");
      if (loss.whole) ++counts_[loss.kind];
    }
    const SourceCounts& read = given_.read;
    const std::array<std::pair<SourceKind, std::int64_t>, 6> kinds = {
        {{SourceKind::kPerson, read.people},
         {SourceKind::kPlace, read.places},
         {SourceKind::kParticipation, read.participations},
         {SourceKind::kThread, read.threads},
         {SourceKind::kMessage, read.messages},
         {SourceKind::kReaction, read.reactions}}};
    for (const auto& [kind, count] : kinds) {
      Hold(counts_[kind] == count, "of kind " + std::to_string(static_cast<int>(kind)) + " " +
                                       std::to_string(count) + " were read, " +
                                       std::to_string(counts_[kind]) + " given or lost");
    }
  }

  const Given& given_;
  std::string broken_;
  std::set<std::pair<SourceKind, std::string>> keys_;
  std::map<SourceKind, std::int64_t> counts_;
};

}  // namespace guildhall::importing
