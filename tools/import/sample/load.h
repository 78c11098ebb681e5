#pragma once

#include <functional>

#include "absl/status/statusor.h"
#include "tools/import/methods.h"
#include "tools/import/post_stream.h"
#include "tools/import/sample/organization.h"
#include "tools/import/writer.h"

namespace guildhall::sample {

// Writes the whole organization; `on_posts` is told now and then what was answered. Safe to repeat:
// a second run writes nothing. Fails like the methods.
absl::StatusOr<importing::Tally> Load(const Organization& organization,
                                      const importing::WriterMethods& methods,
                                      const importing::PostStream::Method& send_posts,
                                      const std::function<void(const importing::Count&)>& on_posts);

}  // namespace guildhall::sample
