#include "services/directory/domain/charter.h"

#include "libs/base/status_macros.h"
#include "services/directory/domain/limits.h"

namespace guildhall::directory {

absl::Status TidyCharter(Charter& charter) {
  GUILDHALL_ASSIGN(charter.purpose, TidyText("charter.purpose", charter.purpose, kPurpose));
  GUILDHALL_ASSIGN(charter.cadence, TidyText("charter.cadence", charter.cadence, kCadence));
  GUILDHALL_ASSIGN(charter.welcome, TidyText("charter.welcome", charter.welcome, kWelcome));
  return absl::OkStatus();
}

bool IsReviewOverdue(const Charter& charter, absl::Time now) {
  return charter.review_time && *charter.review_time <= now;
}

}  // namespace guildhall::directory
