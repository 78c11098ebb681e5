#pragma once

#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

#include "absl/status/status.h"

namespace guildhall::importing {

// Beyond what exports nest: rich texts of chats are 10 deep.
inline constexpr int kMaxJsonDepth = 40;

// Of one element: a channel of 200,000 members is one. With 16 bytes for a value and as many for a
// text's or a list's own, an element takes some 16 MB at most beside its texts.
inline constexpr std::size_t kMaxElementBytes = 4 << 20;  // of texts and names
inline constexpr std::size_t kMaxElementValues = 250'000;

// Takes one element of an array. What it fails with ends the reading.
using TakeElement = std::function<absl::Status(const nlohmann::json& element)>;

// Gives the elements of a JSON array, each an object, one after the other, so that no more than one
// lies in memory beside the text. Strict: one name once, an element at most kMaxJsonDepth deep
// and no larger than the limits above; texts are UTF-8 and lose their NULs. Numbers are as nlohmann
// reads them.
//
// Fails with: INVALID_ARGUMENT, which names the file and the element or byte, and what `take` does.
absl::Status ForEachElement(const std::string& path, std::string_view json,
                            const TakeElement& take);

// The member as text; empty where it is absent or of another type.
const std::string& TextOf(const nlohmann::json& object, const char* name);

// The member itself; null where it is absent, or `object` none.
const nlohmann::json& MemberOf(const nlohmann::json& object, const char* name);

}  // namespace guildhall::importing
