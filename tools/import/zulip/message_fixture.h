#pragma once

#include <string>

#include "tools/import/archive/archive_fixture.h"

namespace guildhall::zulip {

using importing::ArchiveFixture;

// A message as the archive holds it; `content` needs no escapes in JSON.
inline std::string Message(int id, int timestamp, const std::string& sender,
                           const std::string& content) {
  return "{\"id\": " + std::to_string(id) + ", \"sender_full_name\": \"" + sender +
         "\", \"timestamp\": " + std::to_string(timestamp) + ", \"content\": \"" + content + "\"}";
}

}  // namespace guildhall::zulip
