#include "services/discussions/api/active_places.h"

#include <set>

#include "libs/base/status_macros.h"
#include "services/discussions/api/seeing.h"

namespace guildhall::discussions {
namespace {

// Rows of a statement: as many facts are asked for at once.
constexpr int kBatch = 200;

// Adds those of a batch that the caller may read and that are wanted.
absl::Status AddShown(Discussions& discussions, const rpc::Call& call,
                      const std::vector<CommunityActivity>& batch, ActiveQuestion::Wanted wanted,
                      std::vector<CommunityActivity>& found) {
  std::set<CommunityId> asked;
  for (const CommunityActivity& each : batch) asked.insert(each.community);
  GUILDHALL_ASSIGN(const auto visible, VisibleAmong(discussions, call, asked));
  for (const CommunityActivity& each : batch) {
    if (!visible.contains(each.community)) continue;
    const bool archived = visible.is_archived(each.community);
    if (wanted == ActiveQuestion::Wanted::kAll || !archived) found.push_back(each);
  }
  return absl::OkStatus();
}

}  // namespace

TimePosition PlaceOf(const CommunityActivity& activity) {
  return {activity.active_time, activity.community.uuid()};
}

absl::StatusOr<ActivePlaces> ActiveAmongVisible(Discussions& discussions, const rpc::Call& call,
                                                const ActiveQuestion& question) {
  ActivePlaces places;
  TimePosition after = question.after;
  for (int looked_at = 0; looked_at < question.most; looked_at += kBatch) {
    GUILDHALL_ASSIGN(const std::vector<CommunityActivity> batch,
                     ListActiveCommunities(discussions.database, call.context(), after, kBatch));
    GUILDHALL_TRY(AddShown(discussions, call, batch, question.wanted, places.found));
    places.all = static_cast<int>(batch.size()) < kBatch;
    if (places.all || static_cast<int>(places.found.size()) >= question.count) break;
    after = PlaceOf(batch.back());
  }
  return places;
}

}  // namespace guildhall::discussions
