#pragma once

#include "libs/service/backend.h"

namespace guildhall::discussions {

// What an operator decides about discussions: nothing beyond what every service has. The limits of
// domain/limits.h are part of the contract and no settings.
using DiscussionsSettings = service::BackendSettings;

}  // namespace guildhall::discussions
