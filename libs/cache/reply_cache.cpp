#include "libs/cache/reply_cache.h"

#include <utility>

#include "libs/base/check.h"

namespace guildhall::cache {
namespace {

// Of an entry beside its bytes: the reply, its place in the list, in two maps, and one for each tag
// (counted with malloc_usable_size).
constexpr std::size_t kPlaceBytes = 400;

}  // namespace

ReplyCache::ReplyCache(Bytes limit) : limit_(Count(limit)), invalidated_(kRemembered) {}

std::size_t ReplyCache::SizeOf(const Entry& entry) {
  return entry.reply->bytes.size() + kPlaceBytes;
}

SharedReply ReplyCache::Find(const Key& key) {
  const std::lock_guard lock(mutex_);
  const auto found = by_key_.find(key);
  if (found == by_key_.end()) return nullptr;
  entries_.splice(entries_.begin(), entries_, found->second);
  return found->second->reply;
}

Ticket ReplyCache::Note() const {
  const std::lock_guard lock(mutex_);
  return {stamp_};
}

bool ReplyCache::Current(Ticket ticket, const Tags& tags) const {
  const std::lock_guard lock(mutex_);
  return !invalidated_.AnyAfter(tags, ticket.stamp);
}

bool ReplyCache::Put(Ticket ticket, const Subject& subject, SharedReply reply) {
  const std::lock_guard lock(mutex_);
  if (invalidated_.AnyAfter(subject.tags, ticket.stamp)) return false;
  if (const auto old = by_key_.find(subject.key); old != by_key_.end()) Remove(old->second);
  entries_.push_front({subject.key, std::move(reply), {}});
  const auto entry = entries_.begin();
  if (SizeOf(*entry) > limit_ / 8) {
    entries_.pop_front();
    return true;
  }
  by_key_.emplace(subject.key, entry);
  for (const Tag& tag : subject.tags) {
    Tagged& tagged = by_tag_[tag];
    entry->hooks.push_back({tag, tagged.insert(tagged.end(), entry)});
  }
  bytes_ += SizeOf(*entry);
  while (bytes_ > limit_) Remove(std::prev(entries_.end()));
  return true;
}

void ReplyCache::Remove(Entries::iterator entry) {
  for (const Hook& hook : entry->hooks) {
    const auto tagged = by_tag_.find(hook.tag);
    GUILDHALL_CHECK(tagged != by_tag_.end());
    tagged->second.erase(hook.place);
    if (tagged->second.empty()) by_tag_.erase(tagged);
  }
  bytes_ -= SizeOf(*entry);
  by_key_.erase(entry->key);
  entries_.erase(entry);
}

void ReplyCache::Invalidate(const Tags& tags) {
  const std::lock_guard lock(mutex_);
  ++stamp_;
  for (const Tag& tag : tags) {
    invalidated_.Note(tag, stamp_);
    for (auto it = by_tag_.find(tag); it != by_tag_.end(); it = by_tag_.find(tag)) {
      Remove(it->second.front());
    }
  }
}

void ReplyCache::InvalidateAll() {
  const std::lock_guard lock(mutex_);
  invalidated_.NoteAll(++stamp_);
  by_tag_.clear();
  by_key_.clear();
  entries_.clear();
  bytes_ = 0;
}

ReplyCache::Usage ReplyCache::usage() const {
  const std::lock_guard lock(mutex_);
  return {bytes_, entries_.size()};
}

}  // namespace guildhall::cache
