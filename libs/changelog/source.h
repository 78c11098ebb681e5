#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "libs/changelog/page.h"
#include "libs/postgres/context.h"

namespace guildhall::changelog {

// Reads a page of a log, wherever that is: ReadSettled for the own one, feeds::ReadChangesOf for
// another service's. May wait until the context's deadline.
using Source =
    std::function<absl::StatusOr<Page>(const Position& from, const postgres::Context& context)>;

}  // namespace guildhall::changelog
