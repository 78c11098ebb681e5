#pragma once

#include <cstdint>
#include <deque>
#include <utility>

#include "absl/container/flat_hash_map.h"
#include "libs/cache/reply.h"

namespace guildhall::cache {

// Which tags changed of late, and when: by stamps that grow, such as a counter or transaction ids.
// Bounded: of tags that it has forgotten it says that they changed. Not thread-safe.
class RecentTags {
 public:
  // Remembers the last `most` changes, about 80 bytes each.
  explicit RecentTags(std::size_t most) : most_(most) {}

  void Note(const Tag& tag, std::uint64_t stamp);

  // From now on every tag counts as changed at `stamp`.
  void NoteAll(std::uint64_t stamp);

  // Whether one of `tags` changed, or may have changed, later than `stamp`.
  bool AnyAfter(const Tags& tags, std::uint64_t stamp) const;

 private:
  const std::size_t most_;
  std::uint64_t forgotten_ = 0;  // changes up to this stamp may be forgotten
  absl::flat_hash_map<Tag, std::uint64_t, TagHash> latest_;
  std::deque<std::pair<Tag, std::uint64_t>> order_;
};

}  // namespace guildhall::cache
