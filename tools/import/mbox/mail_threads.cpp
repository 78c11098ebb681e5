#include "tools/import/mbox/mail_threads.h"

#include <cstring>
#include <utility>

#include "libs/base/sha256.h"

namespace guildhall::mbox {

IdHash HashOf(std::string_view message_id) {
  const auto digest = Sha256(message_id);
  IdHash hash = 0;
  std::memcpy(&hash, digest.data(), sizeof(hash));
  return hash;
}

bool MailThreads::Add(IdHash id, std::vector<IdHash> references) {
  if (!numbers_.try_emplace(id, references_.size()).second) return false;
  references_.push_back(std::move(references));
  return true;
}

std::size_t MailThreads::RootOf(std::size_t message) {
  while (above_[message] != message) {
    above_[message] = above_[above_[message]];
    message = above_[message];
  }
  return message;
}

void MailThreads::Finish() {
  const std::size_t count = references_.size();
  parents_.resize(count);
  for (std::size_t i = 0; i < count; ++i) above_.push_back(i);
  absl::flat_hash_map<IdHash, std::size_t> missing;  // who refers to it first
  for (std::size_t i = 0; i < count; ++i) {
    const std::vector<IdHash>& references = references_[i];
    for (auto id = references.rbegin(); id != references.rend() && !parents_[i]; ++id) {
      const auto found = numbers_.find(*id);
      // What would make a circle is no parent.
      if (found == numbers_.end() || RootOf(found->second) == RootOf(i)) continue;
      parents_[i] = found->second;
      above_[RootOf(i)] = RootOf(found->second);
    }
    if (parents_[i] || references.empty()) continue;
    const auto [other, is_first] = missing.try_emplace(references.front(), i);
    if (!is_first) above_[RootOf(i)] = RootOf(other->second);
  }
  absl::flat_hash_map<std::size_t, std::size_t> numbers;  // of threads, by root
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t number = numbers.try_emplace(RootOf(i), threads_.size()).first->second;
    if (number == threads_.size()) threads_.emplace_back();
    threads_[number].push_back(i);
  }
  numbers_.clear();
  references_.clear();
}

}  // namespace guildhall::mbox
