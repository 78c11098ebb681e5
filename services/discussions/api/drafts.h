#pragma once

#include <string>
#include <string_view>

#include "absl/status/statusor.h"
#include "guildhall/discussions/v1/draft_service.pb.h"
#include "services/discussions/domain/draft.h"

namespace guildhall::discussions {

// What the methods about drafts share.

// The place of a name: `communities/{id}`, `topics/{id}`, `topics/{id}/posts/{id}` or
// `topics/{id}/posts/{id}/revision`. Fails with: FIELD_INVALID.
absl::StatusOr<DraftPlace> PlaceFrom(std::string_view field, std::string_view name);

v1::Draft ToProto(const Draft& draft);

// What `asked` holds beside its place, title, text and version: what ToProto reads back.
std::string RestOf(const v1::Draft& asked);

// The refusal of whoever saw another draft than stands there. Fails with: ETAG_STALE.
absl::Status OtherDraft();

}  // namespace guildhall::discussions
