#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::importing {

// `text` as a loss may name it: one line of at most 100 characters, storable, without blanks at its
// ends.
std::string LossName(std::string_view text);

// How a loss tells of a file: "file plan.pdf (240 KB)"; without the size where it is not known (0).
std::string FileLoss(std::string_view name, std::uint64_t size_bytes);

// Of a mention of somebody, of a group or of a channel: "mention of @Ada: its words".
std::string MentionLoss(std::string_view words);

// Of a link that leads nowhere here: "link to /t/1: only its words". An address is named with up to
// 500 characters.
std::string LinkLoss(std::string_view address);

// Of a picture to which a link is left: "picture https://x.y/z: a link to where it is".
std::string PictureLoss(std::string_view address);

// Of a picture to which none is: "picture /z: only its words".
std::string UnlinkedPictureLoss(std::string_view address);

// `text` as storable UTF-8 (libs/base/text.h): bytes that are none become U+FFFD.
std::string Storable(std::string_view text);

}  // namespace guildhall::importing
