#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "guildhall/directory/v1/directory_service.pb.h"

namespace guildhall::demo {

// "Mon-Thu 07:00-15:30, Fri 07:00-12:00" as a profile has it: in the order of the week. Who works
// past midnight ends on the next day ("Sun-Thu 22:00-06:00"); what goes past the end of Sunday goes
// on on Monday, as a stretch of its own. Nothing when it is written otherwise, or overlaps.
std::optional<std::vector<directory::v1::WorkingHours>> ParseHours(std::string_view text);

}  // namespace guildhall::demo
