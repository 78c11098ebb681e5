#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::importing {

// Beyond what exports nest: rich texts of chats are 10 deep.
inline constexpr int kMaxJsonDepth = 40;

// Takes one element of an array. What it fails with ends the reading.
using TakeElement = std::function<absl::Status(const nlohmann::json& element)>;

// Gives the elements of a JSON array, each an object, one after the other, so that no more than one
// lies in memory beside the text. Strict: one name once, at most kMaxJsonDepth deep; texts are
// UTF-8 and lose their NULs. Numbers are as nlohmann reads them.
//
// Fails with: INVALID_ARGUMENT, which names the file and the element or byte, and what `take` does.
absl::Status ForEachElement(const std::string& path, std::string_view json,
                            const TakeElement& take);

// The member as text; empty where it is absent or of another type.
const std::string& TextOf(const nlohmann::json& object, const char* name);

// The member itself; null where it is absent, or `object` none.
const nlohmann::json& MemberOf(const nlohmann::json& object, const char* name);

}  // namespace guildhall::importing
