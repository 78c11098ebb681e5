#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/import/slack/slack_export.h"
#include "tools/import/source/source.h"

namespace guildhall::slack {

// Reads the export of a workspace, packed or as a folder. README.md says what becomes what.
//
// It is read once; messages wait in a file without a name (as large as they are, in the folder for
// temporary files) until their thread's turn. Memory: people, conversations, some 200 bytes a
// message and one thread. Fails with: NOT_FOUND, INVALID_ARGUMENT (naming file and element),
// UNAVAILABLE (disk).
absl::StatusOr<std::unique_ptr<importing::Source>> OpenSlack(const std::string& path);

// Of an export that is finished.
absl::StatusOr<std::unique_ptr<importing::Source>> SlackSourceOf(SlackExport read);

}  // namespace guildhall::slack
