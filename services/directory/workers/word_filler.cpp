#include "services/directory/workers/word_filler.h"

#include "libs/base/status_macros.h"
#include "services/directory/store/member_search.h"

namespace guildhall::directory {

absl::StatusOr<int> WordFiller::RunOnce(absl::Time) {
  if (through_) return 0;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const ListedByWords listed,
                   database_.Transact<ListedByWords>(
                       context, [](postgres::Work& work) { return FillWords(work, kBatch); }));
  through_ = !listed.were_any;
  return listed.members;
}

}  // namespace guildhall::directory
