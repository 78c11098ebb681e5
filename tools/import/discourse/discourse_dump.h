#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/import/archive/line_stream.h"
#include "tools/import/archive/spool.h"

// What a backup's tables hold, as far as the import has a use for it.

namespace guildhall::discourse {

using Id = std::int64_t;  // of any table; the system's own account has -1

struct User {
  std::string username;
  std::string name;  // empty where nobody told it
  absl::Time time;
  bool admin = false;
  bool moderator = false;
};

struct Category {
  std::string name;
  std::string slug;
  std::string description;  // HTML
  std::optional<Id> parent;
  std::optional<Id> creator;
  absl::Time time;
  bool restricted = false;
};

struct Topic {
  enum Kind { kPublic, kPrivate, kDeleted, kUnlisted, kUnplaced };
  Kind kind = kPublic;
  std::string title;
  std::string slug;
  Id category = 0;
  bool pinned = false;
  bool closed = false;
  std::optional<Id> answer;  // a post
  std::vector<Id> tags;
};

struct Like {
  Id user = 0;
  std::size_t reaction = 0;  // its name's number; 0: a plain like
};

// Reactions to what is no post of the dump.
struct Stray {
  bool to_note = false;  // of the system, which is read as nothing
  std::vector<Like> likes;
};

// Numbers of the fields of a post in the spool.
enum PostField { kPostId, kPostNumber, kPostUser, kPostTime, kPostRaw, kPostReplyTo, kPostState };
enum class PostState { kStands, kDeleted, kHidden, kWhisper };

// Memory: users, categories, topics, some 100 bytes a post and 32 a reaction; texts of posts lie in
// the spool, by topic.
struct DiscourseDump {
  // Reads it through.
  // Fails with: INVALID_ARGUMENT, which names the line; UNAVAILABLE (disk).
  static absl::StatusOr<DiscourseDump> Read(std::unique_ptr<importing::LineStream> lines);

  std::map<Id, User> users;
  std::map<Id, Category> categories;
  std::map<Id, std::map<Id, absl::Time>> group_users;     // by group: since when
  std::map<Id, absl::flat_hash_set<Id>> category_groups;  // by category
  std::map<Id, Topic> topics;
  absl::flat_hash_map<Id, std::size_t> spooled;                // by topic: the number of its posts
  absl::flat_hash_map<std::pair<Id, Id>, absl::Time> writers;  // by topic and user: since when
  std::vector<std::string> reactions;                          // names by number
  absl::flat_hash_map<Id, std::vector<Like>> likes;            // by post
  std::map<Id, Stray> strays;                                  // by what would be a post
  std::map<Id, std::string> tags;
  importing::Spool posts;

  explicit DiscourseDump(importing::Spool spool) : posts(std::move(spool)) {}
};

}  // namespace guildhall::discourse
