#pragma once

#include <functional>
#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "tools/import/source/pass.h"
#include "tools/import/source/report.h"
#include "tools/import/source/source.h"

namespace guildhall::importing {

using OpenSource = std::function<absl::StatusOr<std::unique_ptr<Source>>()>;

struct LoadOptions {
  bool dry_run = false;
  // Whether the source is read a second time, and everything held against what stands by then.
  bool reconcile = true;
  // Files to be written; empty: none.
  std::string report;
  // Redirects of an earlier import that it holds stay, and tell what the source has no more. A dry
  // run reads it and leaves it as it is.
  std::string redirects;
};

struct LoadListener {
  // Once a source is open: what is being done, and how many posts there are, or 0.
  std::function<void(const std::string& doing, std::int64_t posts)> on_pass;
  std::function<void(std::int64_t posts)> on_posts;
};

// Imports what `open` opens, and tells what came of it. Safe to repeat, and to repeat after any
// failure: it goes on where it stopped.
//
// The report is of the reconciliation where there is one; how much was written is of the import in
// every case. Memory: that of one pass, as the import's is given up before the reconciliation.
// Fails as sources and methods do, and with INVALID_ARGUMENT where a file cannot be written or
// holds no redirects, the latter before anything is sent.
absl::StatusOr<Report> Load(const OpenSource& open, const WriterMethods& methods,
                            const PostStream::Method& send_posts, const LoadOptions& options,
                            const LoadListener& listener);

}  // namespace guildhall::importing
