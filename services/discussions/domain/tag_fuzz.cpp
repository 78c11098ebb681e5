#include "services/discussions/domain/tag.h"

#include "libs/base/check.h"
#include "libs/base/text.h"
#include "libs/testing/fuzz/target.h"
#include "services/discussions/domain/limits.h"
#include "services/discussions/domain/quote.h"

namespace guildhall::testing {

// What is in its normal form stays as it is: tags, and passages that are quoted.
void TakeInput(std::string_view input) {
  if (const auto tag = discussions::TagFrom("tag", input); tag.ok()) {
    GUILDHALL_CHECK(!tag->empty() && CodePointCount(*tag) <= discussions::kMaxTagLength);
    const auto again = discussions::TagFrom("tag", *tag);
    GUILDHALL_CHECK(again.ok() && *again == *tag);
  }
  if (const auto passage = discussions::PassageFrom("text", input); passage.ok()) {
    const auto again = discussions::PassageFrom("text", *passage);
    GUILDHALL_CHECK(again.ok() && *again == *passage);
  }
}

}  // namespace guildhall::testing
