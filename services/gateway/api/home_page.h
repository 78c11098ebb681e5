#pragma once

#include <string>

#include "services/gateway/api/routes.h"

namespace guildhall::gateway {

// What a person sees at `/`: what runs here, where the API is, how to sign in.
std::string HomePage(const Routes& routes);

}  // namespace guildhall::gateway
