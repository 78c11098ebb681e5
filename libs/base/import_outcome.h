#pragma once

#include <optional>
#include <string>
#include <vector>

#include "absl/time/time.h"
#include "libs/base/record_hash.h"
#include "libs/base/refusal.h"

namespace guildhall {

// What becomes of a record of an import, in plain C++; the numbers are those of
// guildhall/importing/v1/importing.proto, which says what each means.
enum class ImportResult { kCreated = 1, kUnchanged, kUpdated, kKept, kGone, kElsewhere, kRefused };

enum class ImportAside {
  kReply = 1,
  kAccepted,
  kPinned,
  kClosed,
  kAffiliation,
  kParent,
  kReach,
  kAuthor
};

struct ImportOutcome {
  ImportResult result = ImportResult::kCreated;
  std::string sentence = {};
  std::optional<RecordHash::Digest> content_hash = std::nullopt;
  std::vector<ImportAside> asides = {};
  std::optional<absl::Time> late_time = std::nullopt;
  std::vector<int> missing_reactions = {};
  std::optional<RecordHash::Digest> reactions_hash = std::nullopt;
  std::string stands_as = {};
};

// How an import treats what stands and what it cannot take.
enum class ImportManner {
  // What stands is left as it is; a record that cannot be taken refuses the batch.
  kCreateOnly,
  // What stands follows its source; a record that cannot be taken refuses itself.
  kFollowSource,
};

// Of a record that `refusal` speaks of: its fields and what is wrong with them.
ImportOutcome RefusedAlone(const absl::Status& refusal);

// What is to become of a record that stands, by digests of what of it an import replaces: of what
// was sent, of what stands, and of what was imported last, where that is known. A row of before
// marks is known to be as imported while it has its first version.
inline ImportResult Follow(const RecordHash::Digest& sent, const RecordHash::Digest& standing,
                           const std::optional<ImportMark>& mark, std::int64_t version) {
  if (sent == standing) return ImportResult::kUnchanged;
  const bool as_imported = mark ? mark->replaced == HalfOf(standing) : version == 1;
  return as_imported ? ImportResult::kUpdated : ImportResult::kKept;
}

// Whether the source has something now that it did not have when the record was imported last, as
// the bits of `part` tell of what it adds; of a row of before marks there is no telling, and what
// was taken back there is not brought again.
inline bool SourceAdded(std::uint32_t sent, const std::optional<ImportMark>& mark,
                        std::uint32_t part) {
  return mark && (mark->added & part) != (sent & part);
}

}  // namespace guildhall
