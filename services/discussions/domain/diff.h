#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace guildhall::discussions {

// What became of a part of a text.
enum class DiffKind { kSame = 1, kRemoved, kAdded };

struct DiffPart {
  DiffKind kind = DiffKind::kSame;
  std::string text;

  bool operator==(const DiffPart&) const = default;
};

// How `newer` came of `older`, word by word: the shortest way there (Myers, "An O(ND) difference
// algorithm", 1986). Neighbours are of different kinds, removed parts come before added ones. Where
// more than kMostEdits words differ, what lies between the equal ends is removed and added as a
// whole. Cost: 10 ms at worst, mostly some us.
std::vector<DiffPart> DiffOf(std::string_view older, std::string_view newer);

// Beyond it nobody follows an edit word by word. Bounds memory, which grows with its square, to 2
// MiB.
inline constexpr int kMostEdits = 500;

}  // namespace guildhall::discussions
