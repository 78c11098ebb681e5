#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <type_traits>

#include "absl/hash/hash.h"
#include "libs/base/check.h"

namespace guildhall::feeds {

// A hash table for what may be forgotten: bounded, and no call takes longer because it is large.
//
// A key has its place among the eight slots of one set. When all are taken, one that was not asked
// for lately makes room. The table begins small and doubles when it is half full; it then
// begins anew, empty: what it held is asked again, which a cache may, and nobody waits for a
// million entries to move. An entry costs its slot: key, value and a byte.
template <typename Key, typename Value>
class BoundedMap {
 public:
  // Has at most `most` slots.
  explicit BoundedMap(std::size_t most) : most_sets_(std::max<std::size_t>(most / kWays, 1)) {
    Begin(std::min(kFirstSets, most_sets_));
  }

  // Null when it is not known; valid until the next call.
  Value* Find(const Key& key) {
    for (Slot& slot : SetOf(key)) {
      if (slot.use == kEmpty || slot.key != key) continue;
      slot.use = kWanted;
      return &slot.value;
    }
    return nullptr;
  }

  // Adds or replaces.
  void Put(const Key& key, const Value& value) {
    if (size_ >= sets_ * kWays / 2 && sets_ < most_sets_) {
      Begin(std::min(sets_ * 2, most_sets_));
    }
    Slot& slot = RoomFor(key);
    if (slot.use == kEmpty) ++size_;
    slot = {key, value, kWanted};
  }

  void Erase(const Key& key) {
    for (Slot& slot : SetOf(key)) {
      if (slot.use == kEmpty || slot.key != key) continue;
      slot.use = kEmpty;
      --size_;
    }
  }

  // Keeps its size: what was known will be again.
  void Clear() { Begin(sets_); }

  std::size_t size() const { return size_; }

 private:
  enum Use : std::uint8_t { kEmpty, kOnceWanted, kWanted };
  struct Slot {
    Key key;
    Value value;
    Use use = kEmpty;
  };
  static constexpr std::size_t kWays = 8;
  static constexpr std::size_t kFirstSets = 64;

  struct Set {
    Slot slots[kWays];
    Slot* begin() { return slots; }
    Slot* end() { return slots + kWays; }
  };

  static_assert(std::is_trivially_copy_constructible_v<Slot> &&
                std::is_trivially_destructible_v<Slot>);

  // Zeros are empty slots, and calloc takes large ones from the kernel untouched: at any size this
  // is two system calls.
  void Begin(std::size_t sets) {
    table_.reset();  // before the next one is there
    table_.reset(static_cast<Set*>(std::calloc(sets, sizeof(Set))));
    GUILDHALL_CHECK(table_ != nullptr);
    sets_ = sets;
    size_ = 0;
  }

  Set& SetOf(const Key& key) {
    // The high half of a product spreads over any number of sets, without a division.
    const auto hash = static_cast<unsigned __int128>(absl::Hash<Key>()(key));
    return table_.get()[static_cast<std::size_t>(hash * sets_ >> 64)];
  }

  Slot& RoomFor(const Key& key) {
    Set& set = SetOf(key);
    Slot* room = nullptr;
    for (Slot& slot : set) {
      if (slot.use != kEmpty && slot.key == key) return slot;
      if (room == nullptr || slot.use < room->use) room = &slot;
    }
    // All were asked for since the last time: now they have to be asked for again to stay.
    if (room->use == kWanted) {
      for (Slot& slot : set) slot.use = kOnceWanted;
    }
    return *room;
  }

  const std::size_t most_sets_;
  struct Free {
    void operator()(Set* table) const { std::free(table); }
  };
  std::unique_ptr<Set, Free> table_;
  std::size_t sets_ = 0;
  std::size_t size_ = 0;
};

}  // namespace guildhall::feeds
