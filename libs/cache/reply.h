#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <utility>

#include "absl/container/inlined_vector.h"
#include "absl/hash/hash.h"
#include "libs/base/ids.h"

namespace guildhall::cache {

// What replies depend on and changes name: the id of a topic, of a community, of a member.
using Tag = Uuid;
using Tags = absl::InlinedVector<Tag, 2>;

struct TagHash {
  std::size_t operator()(const Tag& tag) const { return absl::HashOf(tag.bytes); }
};

// To which request a reply belongs. Requests of one key have one reply, whoever asks. The key is
// kept whole: no hash stands for it, so no collision hands out the bytes of another.
struct Key {
  std::uint16_t method = 0;  // as Replies::Declare numbered it
  Uuid id;                   // of what is read
  Uuid part;                 // of the part of it that is read; nil for none
  std::uint64_t parameters = 0;

  auto operator<=>(const Key&) const = default;
  template <typename H>
  friend H AbslHashValue(H state, const Key& key) {
    return H::combine(std::move(state), key.method, key.id.bytes, key.part.bytes, key.parameters);
  }
};

// What is known of a reply before it is read: the tags follow from the request alone.
struct Subject {
  Key key;
  Tags tags;
};

// A serialized reply without anything of whoever asked for it, and what a decision about it needs.
struct Reply {
  std::string bytes;
  CommunityId community;
  MemberId author;
};
using SharedReply = std::shared_ptr<const Reply>;

}  // namespace guildhall::cache
