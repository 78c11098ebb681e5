#pragma once

#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/functional/function_ref.h"
#include "absl/time/time.h"
#include "services/gateway/clients/change_loader.h"
#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// Of the votes of one topic in a page the last alone: each says no more than that its poll is to be
// read anew.
void KeepLastVotes(std::vector<LoadedChange>& page);

// Votes that are told together: the first of a topic at once, those of the next kInterval as one.
// Without that a poll that 2,000 watch and 100 vote in each second would be 200,000 frames a
// second.
//
// What is kept has not been told though what came after it has: Told() says so, for tokens. Holds a
// change for each topic in which somebody has voted within kInterval.
class LateVotes {
 public:
  static constexpr absl::Duration kInterval = absl::Seconds(1);

  // Whether a vote is to be told now; what was kept of its topic is out of date then. Else it is
  // taken, in place of what was kept. `before`: up to where the log has been told.
  bool TellsNow(LoadedChange& vote, const Place& before, absl::Duration now);

  // What is kept of the topic that a name begins with: it is told before whatever else changes
  // there, so that changes of a topic come in their order.
  std::optional<LoadedChange> TakeOf(std::string_view name);

  // Hands on what has been kept long enough, one by one and in the order of the log: while one is
  // told, Told() still knows of those that follow.
  void TellDue(absl::Duration now, absl::FunctionRef<void(LoadedChange)> tell);

  // Up to where votes have been told, when the log has been up to `place`.
  Place Told(const Place& place) const { return kept_.empty() ? place : kept_.begin()->first; }

  void Clear();

 private:
  struct Kept {
    LoadedChange vote;
    Place before;
  };
  struct Topic {
    absl::Duration told_at;
    std::optional<Kept> kept;
  };
  LoadedChange Take(const std::string& name, Topic& topic);

  absl::flat_hash_map<std::string, Topic> topics_;
  std::set<std::pair<Place, std::string>> kept_;  // by Kept::before
};

}  // namespace guildhall::gateway
