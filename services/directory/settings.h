#pragma once

#include "libs/service/backend.h"

namespace guildhall::directory {

// What an operator decides about directory: nothing beyond what every service has. The limits of
// domain/limits.h are part of the contract and no settings.
using DirectorySettings = service::BackendSettings;

}  // namespace guildhall::directory
