#pragma once

#include <string_view>

#include "guildhall/discussions/v1/reaction_service.pb.h"

namespace guildhall::importing {

// The kind of Guildhall that says what a source's reaction says; unspecified where none does.
discussions::v1::ReactionKind ReactionKindOf(std::string_view name);

}  // namespace guildhall::importing
