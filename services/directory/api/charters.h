#pragma once

#include "absl/time/time.h"
#include "guildhall/directory/v1/charter_service.pb.h"
#include "libs/base/ids.h"
#include "services/directory/domain/charter.h"

namespace guildhall::directory {

// As it is told at `now`.
v1::Charter ToProto(CommunityId community, const Charter& charter, absl::Time now);

}  // namespace guildhall::directory
