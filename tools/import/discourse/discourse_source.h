#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/import/discourse/discourse_dump.h"
#include "tools/import/source/source.h"

namespace guildhall::discourse {

// Reads a backup of Discourse: the archive that holds dump.sql or dump.sql.gz, or that file itself.
// README.md says what becomes what.
//
// The dump is read once, whatever the order of its tables. Memory: that of DiscourseDump and one
// topic; texts wait in a temporary file, as large as they are.
// Fails with: NOT_FOUND, INVALID_ARGUMENT (naming the line), UNAVAILABLE (disk).
absl::StatusOr<std::unique_ptr<importing::Source>> OpenDiscourse(const std::string& path);

// Of a dump that was read.
std::unique_ptr<importing::Source> DiscourseSourceOf(DiscourseDump dump);

}  // namespace guildhall::discourse
