#include "services/discussions/domain/diff.h"

#include <algorithm>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::discussions {
namespace {

// Each text is found again in the parts.
void Take(std::string_view older, std::string_view newer) {
  std::string before, after;
  const DiffPart* last = nullptr;
  const std::vector<DiffPart> parts = DiffOf(older, newer);
  for (const DiffPart& part : parts) {
    GUILDHALL_CHECK(!part.text.empty());
    GUILDHALL_CHECK(last == nullptr || last->kind != part.kind);
    GUILDHALL_CHECK(last == nullptr || last->kind != DiffKind::kAdded ||
                    part.kind != DiffKind::kRemoved);
    if (part.kind != DiffKind::kAdded) before += part.text;
    if (part.kind != DiffKind::kRemoved) after += part.text;
    last = &part;
  }
  GUILDHALL_CHECK(before == older && after == newer);
}

}  // namespace
}  // namespace guildhall::discussions

// Two texts of the same length.
void guildhall::testing::TakeInput(std::string_view input) {
  // As long as posts are.
  const std::size_t half = std::min<std::size_t>(input.size() / 2, 64 << 10);
  discussions::Take(input.substr(0, half), input.substr(half, half));
}
