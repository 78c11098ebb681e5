#pragma once

#include <vector>

#include "absl/time/time.h"
#include "guildhall/directory/v1/charter_service.pb.h"
#include "libs/base/ids.h"
#include "services/directory/domain/charter.h"

namespace guildhall::directory {

// As it is told at `now`, with those who lead the community.
v1::Charter ToProto(CommunityId community, const Charter& charter,
                    const std::vector<MemberId>& leads, absl::Time now);

}  // namespace guildhall::directory
