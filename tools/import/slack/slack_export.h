#pragma once

#include <cstdint>
#include <limits>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/container/flat_hash_set.h"
#include "absl/status/statusor.h"
#include "tools/import/archive/archive_files.h"
#include "tools/import/archive/spool.h"

// The format of a workspace export: which files it has and what stands in them.

namespace guildhall::slack {

struct SlackPerson {
  std::string id;
  std::string name;
  bool guest = false;  // of the workspace, or of another one
};

struct Conversation {
  enum Kind { kChannel, kPrivate, kDirect };
  Kind kind = kChannel;
  std::string id;
  std::string name;
  std::string topic, purpose;  // mrkdwn
  std::int64_t created = 0;    // seconds since 1970; 0: not told
  std::string creator;
  std::vector<std::string> members;
  bool archived = false;
};

inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

// Messages that belong together: a thread, or those of a day that are in none.
struct MessageGroup {
  std::size_t folder = 0;
  std::string name;  // the time of the thread's first message ("1577836800.000100"), or the day
  bool is_day = false;
  std::int64_t first_us = kNever;  // of the first message
};

// The time of a message, which is also its name in its channel: "1577836800.000100" gives
// microseconds since 1970; nothing for what is none.
std::optional<std::int64_t> ParseTimestamp(std::string_view text);

// Takes the files of an export in any order. Messages wait in a spool: in memory lie people,
// conversations, and some 200 bytes a message.
class SlackExport {
 public:
  // Fails with: UNAVAILABLE (disk).
  static absl::StatusOr<SlackExport> Create();

  // Fails with: INVALID_ARGUMENT, which names the file and the element or byte; UNAVAILABLE (disk).
  absl::Status Add(const importing::ArchiveFiles::File& file);

  // Once all files are added. Fails with: INVALID_ARGUMENT (a list is missing).
  absl::Status Finish();

  // Those of users.json, then whoever else wrote, reacted or is in a channel.
  std::vector<SlackPerson> people;
  std::vector<Conversation> conversations;
  // A folder of messages is called as its channel, or by the id of a direct conversation.
  struct Folder {
    std::string name;
    std::string first_author;  // of its first message
    std::int64_t first_us = kNever;
    std::optional<std::size_t> conversation;  // its number, if a list has it; known at the end
  };
  std::vector<Folder> folders;
  std::vector<MessageGroup> groups;
  // By number of group: one field, the message as JSON.
  importing::Spool messages;
  // Those that are there twice: the folder and the time.
  std::vector<std::pair<std::size_t, std::string>> repeated;

 private:
  explicit SlackExport(importing::Spool spool) : messages(std::move(spool)) {}

  absl::Status AddPerson(const nlohmann::json& user);
  absl::Status AddConversation(Conversation::Kind kind, const nlohmann::json& channel);
  absl::Status AddMessage(std::size_t folder, nlohmann::json message);
  std::size_t FolderOf(std::string_view name);
  std::size_t GroupOf(std::size_t folder, const std::string& name, bool is_day);
  // Of a folder, or kListed.
  void Mention(std::size_t folder, const std::string& person, const std::string& name);
  void FindConversations();

  static constexpr std::size_t kListed = std::numeric_limits<std::size_t>::max();
  struct Mentioned {
    std::size_t folder = kListed;
    SlackPerson person;
  };

  absl::flat_hash_set<std::string> lists_;
  absl::flat_hash_map<std::string, std::size_t> folder_numbers_;
  absl::flat_hash_map<std::string, std::size_t> group_numbers_;
  absl::flat_hash_set<std::pair<std::size_t, std::int64_t>> seen_;
  absl::flat_hash_set<std::string> people_ids_, conversation_ids_;
  absl::flat_hash_set<std::pair<std::size_t, std::string>> mentioned_ids_;
  std::vector<Mentioned> mentioned_;  // whether or not users.json has them
};

// Who wrote a message, by its id; a bot by its own, or by its name.
std::string AuthorOf(const nlohmann::json& message);

// Whether the message says only what happened to the channel: somebody joined, its topic changed.
bool IsNotice(const nlohmann::json& message);

}  // namespace guildhall::slack
