#pragma once

#include <string>

#include "guildhall/importing/v1/importing.pb.h"
#include "libs/base/record_hash.h"
#include "tools/import/source/report.h"

namespace guildhall::importing {

// What became of one record, on its way into a report.
struct HeardOutcome {
  SourceKind kind;
  const std::string& key;
  const std::string& address;
  const importing::v1::Outcome& outcome;
  // The hash that it has where it stands as it was sent.
  RecordHash::Digest expected;
};

// What outcomes mean in a pass of an import that writes, that would write, or that only looks.
enum class Meaning { kWritten, kPending, kMissing };

// Counts it, and names what is not as the source has it.
void Tell(const HeardOutcome& heard, Meaning meaning, Report& report);

// The same of the reactions that a message was sent with; `expected`: of those that stand.
void TellReactions(const HeardOutcome& heard, std::int64_t sent, Meaning meaning, Report& report);

// Whether the record stands, be it elsewhere or as it was changed here.
bool Stands(const importing::v1::Outcome& outcome, Meaning meaning);

}  // namespace guildhall::importing
