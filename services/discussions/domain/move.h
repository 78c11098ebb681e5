#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "libs/base/standing.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// How a topic goes from one community into another.
//
// Who could read it and no longer may would find it gone, as if it were removed. So a move that
// takes it from anybody's sight has a reason, as a removal has, and is told to the same people.

// Who may read in a community beside its members.
struct Readers {
  Visibility visibility = Visibility::kSecret;
  Admits admits = Admits::kEmployees;
};

// Whether somebody who may read at `from` may not read at `to`, by what the communities are:
// members alone read in what is not OPEN, and who belongs to both is not asked. Nor are bans.
bool FewerRead(const Readers& from, const Readers& to);

// Why a topic moves, in the form in which it is kept; empty where nothing is said. Fails with:
// FIELD_INVALID on `field`.
absl::StatusOr<std::string> MoveReasonFrom(std::string_view field, std::string_view reason);

// OK when a topic may go from one to the other for this reason, or for none. Fails with:
// FIELD_INVALID on `field`.
absl::Status CheckMoveReason(std::string_view field, std::string_view reason, const Readers& from,
                             const Readers& to);

}  // namespace guildhall::discussions
