#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"

namespace guildhall::mbox {

// 64 bits of the SHA-256 of a message's id: two of a million messages agree by chance once in 10^7
// lists, and are one thread then.
using IdHash = std::uint64_t;
IdHash HashOf(std::string_view message_id);

// Puts the messages of one list into threads, whatever their order: by what they refer to.
//
// A message replies to the last of its references that is there; where none is, it belongs to
// whoever else refers to the same first one. Subjects do not matter: lists are full of threads that
// are called alike. Memory: some 100 bytes a message.
class MailThreads {
 public:
  // Adds the next message, by number from 0 on. False if there is one of that id already: then it
  // has no number.
  bool Add(IdHash id, std::vector<IdHash> references);

  // Once all are there: links them up.
  void Finish();

  // Of a message: what it replies to.
  std::optional<std::size_t> ParentOf(std::size_t message) const { return parents_[message]; }

  // Messages of each thread, in the order in which they were added; threads by their first.
  const std::vector<std::vector<std::size_t>>& threads() const { return threads_; }

 private:
  std::size_t RootOf(std::size_t message);

  absl::flat_hash_map<IdHash, std::size_t> numbers_;
  std::vector<std::vector<IdHash>> references_;
  std::vector<std::optional<std::size_t>> parents_;
  std::vector<std::size_t> above_;  // a message nearer to the root, which is its own
  std::vector<std::vector<std::size_t>> threads_;
};

}  // namespace guildhall::mbox
