#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "absl/time/time.h"

// What an archive holds, in Guildhall's words.

namespace guildhall::zulip {

// Somebody who posted. Zulip's archive knows people by their full names only: namesakes are one.
struct ImportedPerson {
  std::string name;
  absl::Time first_post;
};

// A person in a stream, from the first post there on.
struct ImportedParticipant {
  std::size_t person = 0;  // of the plan's people
  absl::Time first_post;
};

struct ImportedStream {
  std::int64_t id = 0;
  std::string name;  // of its newest messages
  absl::Time first_post;
  std::vector<ImportedParticipant> participants;  // who posted first comes first
};

struct ImportedPost {
  std::int64_t message = 0;
  std::string sender;
  absl::Time time;
  std::string markdown;
  // What of it is not as the archive has it, a line each.
  std::vector<std::string> lost;
};

// All posts of a topic, in order of time, at least one.
struct ImportedPosts {
  std::size_t topic = 0;  // of the plan's topics
  std::vector<ImportedPost> posts;
};

}  // namespace guildhall::zulip
