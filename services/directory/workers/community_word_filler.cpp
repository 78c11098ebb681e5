#include "services/directory/workers/community_word_filler.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/community_search.h"

namespace guildhall::directory {

absl::StatusOr<int> CommunityWordFiller::RunOnce(absl::Time) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  int listed = 0;
  while (!through_ && listed < kBatch) {
    GUILDHALL_ASSIGN(const bool any, database_.Transact<bool>(context, FillNextCommunityWords));
    through_ = !any;
    listed += any;
  }
  return listed;
}

}  // namespace guildhall::directory
