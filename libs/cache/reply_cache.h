#pragma once

#include <cstdint>
#include <list>
#include <mutex>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "libs/base/bytes.h"
#include "libs/cache/recent_tags.h"
#include "libs/cache/reply.h"

namespace guildhall::cache {

// When a read began, as far as invalidations go. Noted before anything of the reply is read.
struct Ticket {
  std::uint64_t stamp = 0;
};

// Replies in the memory of this process: bounded in bytes, the least recently used go first.
// Thread-safe; a find costs about 0.1 us, an invalidation 0.2 us and what it removes.
//
// A reply that was being read while one of its tags was invalidated is never kept: whoever fills
// hands in the ticket from before the read.
class ReplyCache {
 public:
  // Counts `limit` against bytes of replies and about 400 for each reply's place. 0 keeps nothing.
  explicit ReplyCache(Bytes limit);

  // The reply, or null.
  SharedReply Find(const Key& key);

  Ticket Note() const;

  // Whether none of `tags` was invalidated since `ticket`.
  bool Current(Ticket ticket, const Tags& tags) const;

  // Keeps a reply that was read after `ticket`; false, and nothing is kept, when one of its tags
  // was invalidated since. A reply of more than an eighth of the limit is not kept either.
  bool Put(Ticket ticket, const Subject& subject, SharedReply reply);

  // Forgets all replies of `tags`, and those of them that are being read.
  void Invalidate(const Tags& tags);
  void InvalidateAll();

  struct Usage {
    std::size_t bytes = 0;
    std::size_t replies = 0;
  };
  Usage usage() const;

 private:
  struct Entry;
  using Entries = std::list<Entry>;  // the most recently used first
  using Tagged = std::list<Entries::iterator>;
  struct Hook {
    Tag tag;
    Tagged::iterator place;
  };
  struct Entry {
    Key key;
    SharedReply reply;
    std::vector<Hook> hooks;
  };
  static std::size_t SizeOf(const Entry& entry);
  void Remove(Entries::iterator entry);

  const std::size_t limit_;
  mutable std::mutex mutex_;
  // All guarded by mutex_.
  std::uint64_t stamp_ = 0;
  RecentTags invalidated_;
  Entries entries_;
  std::size_t bytes_ = 0;
  absl::flat_hash_map<Key, Entries::iterator> by_key_;
  absl::flat_hash_map<Tag, Tagged, TagHash> by_tag_;

 public:
  // Reads that took longer than so many invalidations are dropped: at 2,000 a second, 8 s.
  static constexpr std::size_t kRemembered = 16384;
};

}  // namespace guildhall::cache
