#include "libs/cache/recent_tags.h"

#include <algorithm>

namespace guildhall::cache {

void RecentTags::Note(const Tag& tag, std::uint64_t stamp) {
  if (stamp <= forgotten_) return;
  std::uint64_t& latest = latest_[tag];
  latest = std::max(latest, stamp);
  order_.emplace_back(tag, stamp);
  while (order_.size() > most_) {
    const auto [oldest, at] = order_.front();
    order_.pop_front();
    forgotten_ = std::max(forgotten_, at);
    if (const auto it = latest_.find(oldest); it != latest_.end() && it->second <= forgotten_) {
      latest_.erase(it);
    }
  }
}

void RecentTags::NoteAll(std::uint64_t stamp) {
  forgotten_ = std::max(forgotten_, stamp);
  latest_.clear();
  order_.clear();
}

bool RecentTags::AnyAfter(const Tags& tags, std::uint64_t stamp) const {
  if (forgotten_ > stamp) return true;
  return std::any_of(tags.begin(), tags.end(), [&](const Tag& tag) {
    const auto it = latest_.find(tag);
    return it != latest_.end() && it->second > stamp;
  });
}

}  // namespace guildhall::cache
