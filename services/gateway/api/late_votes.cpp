#include "services/gateway/api/late_votes.h"

#include <algorithm>

#include "absl/container/flat_hash_set.h"

namespace guildhall::gateway {
namespace {

// "topics/" and an id.
constexpr std::size_t kTopicName = 7 + 36;

}  // namespace

void KeepLastVotes(std::vector<LoadedChange>& page) {
  absl::flat_hash_set<std::string> seen;
  const auto kept = std::remove_if(page.rbegin(), page.rend(), [&](const LoadedChange& change) {
    return change.IsVote() && !seen.insert(change.name).second;
  });
  page.erase(page.begin(), kept.base());
}

bool LateVotes::TellsNow(LoadedChange& vote, const Place& before, absl::Duration now) {
  const auto [found, first] = topics_.try_emplace(vote.name, Topic{.told_at = now});
  Topic& topic = found->second;
  if (first || topic.told_at + kInterval <= now) {
    if (topic.kept) Take(found->first, topic);
    topic.told_at = now;
    return true;
  }
  if (topic.kept) {
    topic.kept->vote = std::move(vote);
  } else {
    kept_.emplace(before, vote.name);
    topic.kept = Kept{std::move(vote), before};
  }
  return false;
}

std::optional<LoadedChange> LateVotes::TakeOf(std::string_view name) {
  if (kept_.empty()) return std::nullopt;
  const auto found = topics_.find(std::string(name.substr(0, kTopicName)));
  if (found == topics_.end() || !found->second.kept) return std::nullopt;
  return Take(found->first, found->second);
}

void LateVotes::TellDue(absl::Duration now, absl::FunctionRef<void(LoadedChange)> tell) {
  for (auto it = kept_.begin(); it != kept_.end();) {
    const auto found = topics_.find((it++)->second);
    Topic& topic = found->second;
    if (now < topic.told_at + kInterval) continue;
    topic.told_at = now;
    tell(Take(found->first, topic));
  }
  absl::erase_if(topics_, [now](const auto& of) {
    return !of.second.kept && of.second.told_at + kInterval <= now;
  });
}

void LateVotes::Clear() {
  topics_.clear();
  kept_.clear();
}

LoadedChange LateVotes::Take(const std::string& name, Topic& topic) {
  kept_.erase({topic.kept->before, name});
  LoadedChange vote = std::move(topic.kept->vote);
  topic.kept.reset();
  return vote;
}

}  // namespace guildhall::gateway
