#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/import/source/source.h"

namespace guildhall::mbox {

// Reads the archive of a mailing list, an mbox (packed by gzip, bzip2, xz, zstd or not at all), or
// a folder of them: each a list, called as its file. README.md says what becomes what.
//
// It is read once. Memory: people, some 300 bytes a message and a thread at a time; texts wait in a
// temporary file.
// Fails with: NOT_FOUND, INVALID_ARGUMENT (naming file and line), UNAVAILABLE (disk).
absl::StatusOr<std::unique_ptr<importing::Source>> OpenMbox(const std::string& path);

}  // namespace guildhall::mbox
