#include "services/directory/workers/facet_filler.h"

#include <optional>

#include "libs/base/status_macros.h"
#include "services/directory/store/facet_values.h"

namespace guildhall::directory {

absl::StatusOr<int> FacetFiller::RunOnce(absl::Time) {
  if (through_) return 0;
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  GUILDHALL_ASSIGN(const std::optional<int> filled,
                   database_.Transact<std::optional<int>>(context, [](postgres::Work& work) {
                     return FillFacetValues(work, kBatch);
                   }));
  through_ = !filled || *filled < kBatch;
  return filled.value_or(0);
}

}  // namespace guildhall::directory
