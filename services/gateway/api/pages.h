#pragma once

#include <map>
#include <string_view>

#include "libs/http/message.h"
#include "services/gateway/api/routes.h"
#include "services/gateway/settings.h"

namespace guildhall::gateway {

// The pages for people, by their paths: `/` (what runs here, how to sign in), `/reference` (every
// method, message and reason) and `/limits` (what services take and this gateway lets through).
std::map<std::string_view, http::Response> Pages(const Routes& routes, Settings settings);

}  // namespace guildhall::gateway
