#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace guildhall::zulip {

// Which topic a file of the archive holds: `…/<stream id>-<stream name>/<topic>.json`.
struct TopicPath {
  std::int64_t stream_id = 0;
  // Hyphens stand for spaces and hyphens alike; they are read as spaces, several in a row as a dash
  // between spaces.
  std::string stream_name;
  std::string topic_name;  // as in Zulip
};

// Nothing for a path of another form (an archive may hold an index beside its topics).
std::optional<TopicPath> ParseTopicPath(std::string_view path);

// A message as the archive holds it.
struct RawPost {
  std::int64_t id = 0;
  std::int64_t timestamp = 0;  // seconds since 1970, UTC
  std::string sender;
  std::string html;
};

// The messages of a topic's file: an array of flat objects with the members id, timestamp,
// sender_full_name and content, each once; other members with plain values are passed over.
//
// Fails with: INVALID_ARGUMENT, which names the byte, or the message and its member: "message 3: id
// is no whole number from 0 on".
absl::StatusOr<std::vector<RawPost>> ParseTopicFile(std::string_view json);

}  // namespace guildhall::zulip
