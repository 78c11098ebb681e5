#pragma once

#include <functional>
#include <string>

#include "absl/status/statusor.h"
#include "tools/import/methods.h"
#include "tools/import/post_stream.h"
#include "tools/import/writer.h"
#include "tools/import/zulip/survey.h"

namespace guildhall::zulip {

// What somebody who waits is told.
struct LoadListener {
  std::function<void(const Plan&)> on_plan;               // once the archive has been read through
  std::function<void(const importing::Count&)> on_posts;  // now and then, with what was answered
};

// Reads the archive at `path` and writes what it holds. `site` is the address of the Zulip server
// for links to it, or empty (archive_reader.h).
//
// Posts are read and converted while others are under way. Safe to repeat: a second run writes
// nothing. Fails like ArchiveReader and like the methods.
absl::StatusOr<importing::Tally> Load(const std::string& path, const std::string& site,
                                      const importing::WriterMethods& methods,
                                      const importing::PostStream::Method& send_posts,
                                      const LoadListener& listener);

}  // namespace guildhall::zulip
