#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <utility>

#include "libs/base/bytes.h"
#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// The changes that were told last, in the order in which this gateway read them, bounded in number
// and bytes. A reader is a number: the index of the change that it reads next.
template <typename Change>
class LiveRing {
 public:
  struct Entry {
    std::shared_ptr<Change> change;
    Positions after;  // how far all logs have been told with it
    std::size_t bytes;
  };

  LiveRing(std::size_t most, Bytes most_bytes) : most_(most), most_bytes_(Count(most_bytes)) {}

  // Begins anew behind everything that was told: whoever reads further back has to catch up.
  void Restart(const Positions& at) {
    first_ += entries_.size();
    entries_.clear();
    bytes_ = 0;
    start_ = end_ = at;
  }

  // Adds a change; the oldest make room.
  void Append(std::shared_ptr<Change> change, const Positions& after, std::size_t bytes) {
    entries_.push_back({std::move(change), after, bytes});
    bytes_ += bytes;
    end_ = after;
    while (entries_.size() > most_ || (bytes_ > most_bytes_ && entries_.size() > 1)) {
      start_ = entries_.front().after;
      bytes_ -= entries_.front().bytes;
      entries_.pop_front();
      ++first_;
    }
  }

  // Logs were read on without a change that is told.
  void Pass(const Positions& positions) {
    end_ = positions;
    if (entries_.empty()) {
      start_ = end_;
    } else {
      entries_.back().after = end_;
    }
  }

  // The indexes of the oldest change and of the next one to come.
  std::uint64_t begin() const { return first_; }
  std::uint64_t end() const { return first_ + entries_.size(); }
  bool Holds(std::uint64_t index) const { return index >= first_; }
  const Entry& At(std::uint64_t index) const { return entries_[index - first_]; }

  // How far the logs have been told before the oldest change, and with the newest.
  const Positions& start_positions() const { return start_; }
  const Positions& end_positions() const { return end_; }
  // The same before the change at `index`.
  const Positions& Before(std::uint64_t index) const {
    return index == first_ ? start_ : entries_[index - first_ - 1].after;
  }

 private:
  const std::size_t most_;
  const std::size_t most_bytes_;
  std::deque<Entry> entries_;
  std::uint64_t first_ = 0;
  std::size_t bytes_ = 0;
  Positions start_, end_;
};

}  // namespace guildhall::gateway
