#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"

namespace guildhall::importing {

// What another system holds, in plain words that every adapter speaks. Keys are the other system's
// own and never change there: ids are made of (source, kind, key), of a message of its time, too,
// so the same record gets the same id on every import, whatever else a later export holds. Texts
// are Markdown. Addresses are where a thing stood, absolute or as a path; empty where it had none.

enum class SourceKind { kPerson, kPlace, kParticipation, kThread, kMessage, kReaction };

struct SourcePerson {
  std::string key;
  std::string name;  // as written there, any length
  bool external = false;
  absl::Time time;  // since when
  std::string address;
};

enum class SourceRole { kMember, kModerator, kOwner };

struct SourceParticipation {
  std::string person;  // its key
  SourceRole role = SourceRole::kMember;
  absl::Time time;
};

enum class SourceVisibility { kOpen, kClosed, kSecret };

struct SourcePlace {
  std::string key;
  std::string name;
  std::string description;  // Markdown
  std::string parent;       // the key of the place that it is in, which comes before it; or empty
  SourceVisibility visibility = SourceVisibility::kOpen;
  bool admits_externals = false;
  absl::Time time;
  // At least one. Where none owns it, the first does when it is new here (owners.h).
  std::vector<SourceParticipation> participations;
  std::string address;
};

struct SourceReaction {
  std::string person;
  std::string name;  // in the words of the source: "heart", "+1"
};

struct SourceMessage {
  std::string key;
  std::string person;
  absl::Time time;       // never changes there: part of the id
  std::string markdown;  // as written there, any length; empty: nothing that can be shown
  std::string reply_to;  // the key of an earlier message of the thread, or empty
  bool accepted = false;
  std::vector<SourceReaction> reactions;
  std::string address;
};

struct SourceThread {
  std::string key;
  std::string place;
  std::string title;  // as written there, any length
  bool question = false;
  bool pinned = false;
  bool closed = false;
  // In order of time, at least one. The first is its author's.
  std::vector<SourceMessage> messages;
  std::string address;
};

// Something of the source that does not come along, or not as it was.
struct Loss {
  SourceKind kind = SourceKind::kMessage;
  std::string key;   // of the record that it is, or of the record that it was part of
  std::string what;  // for people, one line: "file plan.pdf (240 KB)"
  // Whether the record itself is left out; otherwise it comes without something.
  bool whole = false;
};

// How many records of each kind a source holds, those that are lost as a whole included. By number
// of SourceKind.
struct SourceCounts {
  std::int64_t people = 0, places = 0, participations = 0, threads = 0, messages = 0, reactions = 0;
};

// People and places come at once, since everything else names them.
struct SourceOutline {
  std::vector<SourcePerson> people;
  std::vector<SourcePlace> places;
  std::int64_t message_count = 0;  // of all threads, for whoever waits; 0: not known
};

// Reads one export of one system. Same bytes, same records in the same order. Bytes are untrusted:
// what is no such export ends with INVALID_ARGUMENT that names file and line, never with less than
// that; memory stays bounded by people, places and one thread at a time where the format allows it.
class Source {
 public:
  virtual ~Source() = default;

  // "discourse": part of every id, never changed.
  virtual std::string_view name() const = 0;

  virtual const SourceOutline& outline() const = 0;

  // The next thread, or nothing at the end. Fails with: INVALID_ARGUMENT, UNAVAILABLE (disk).
  virtual absl::StatusOr<std::optional<SourceThread>> Next() = 0;

  // What was lost since this was asked last. Complete once Next() has given nothing.
  std::vector<Loss> TakeLosses() { return std::exchange(losses_, {}); }

  // What was read so far; complete once Next() has given nothing.
  const SourceCounts& read() const { return read_; }

 protected:
  std::vector<Loss> losses_;
  SourceCounts read_;
};

}  // namespace guildhall::importing
