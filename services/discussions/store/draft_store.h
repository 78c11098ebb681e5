#pragma once

#include <optional>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "services/discussions/domain/draft.h"
#include "services/discussions/store/time_position.h"

namespace guildhall::discussions {

// What members have begun to write, each for itself: whose drafts they are is who holds the grant.
// Each function is one statement and fails with: DEPENDENCY_AWAY, DEADLINE_PASSED, and where it
// writes, BUSY.

absl::StatusOr<std::optional<Draft>> GetDraft(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::Grant& grant, const DraftPlace& place);

// Stores `draft` in place of the one that was seen, or where none was, and answers when; nothing
// when something else stands there by now. Also fails with: TOO_MANY_DRAFTS.
absl::StatusOr<std::optional<absl::Time>> StoreDraft(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant, const Draft& draft,
                                                     const std::optional<Draft>& seen);

// Throws the draft at a place away, whichever it is or only the one of `seen`, and says whether
// there was one.
absl::StatusOr<bool> DeleteDraft(postgres::Database& database, const postgres::Context& context,
                                 const access::Grant& grant, const DraftPlace& place,
                                 std::optional<absl::Time> seen);

// Up to `count` drafts, stored last first. One range of an index.
absl::StatusOr<std::vector<Draft>> ListDrafts(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::Grant& grant, const TimePosition& after,
                                              int count);

}  // namespace guildhall::discussions
