#pragma once

#include <memory>
#include <optional>
#include <string>
#include <unordered_map>
#include <vector>

#include "absl/status/statusor.h"
#include "tools/import/archive/archive_files.h"
#include "tools/import/html/html_to_markdown.h"
#include "tools/import/zulip/imported.h"
#include "tools/import/zulip/survey.h"

namespace guildhall::zulip {

// Reads a Zulip archive: `<stream id>-<stream name>/<topic>.json`, packed or as a folder.
//
// It is read twice, since people and streams are told before the first topic and begin with their
// first posts. Memory: the plan, and a topic at a time (also those that lie in several files,
// until the last of them).
class ArchiveReader {
 public:
  // Reads the archive through. `site` is the address of the Zulip server ("https://chat.example"),
  // to which relative links are made to lead; if empty, they become text.
  //
  // Fails with: NOT_FOUND, INVALID_ARGUMENT (naming the file at fault), UNAVAILABLE (disk).
  static absl::StatusOr<ArchiveReader> Open(std::string path, std::string site);

  // People, streams and topics.
  const Plan& plan() const { return plan_; }

  // The next topic, or nothing at the end: each of the plan's once, in no order that means
  // anything. Fails like Open, also when the archive is no longer what Open read.
  absl::StatusOr<std::optional<ImportedPosts>> Next();

 private:
  ArchiveReader(std::string path, Plan plan, std::unique_ptr<importing::ArchiveFiles> files,
                std::string site);

  bool IsAsPlanned(const Plan::File& file, const std::vector<RawPost>& posts) const;
  absl::Status Changed() const;
  ImportedPosts MakePosts(std::size_t topic, std::vector<RawPost> posts);

  std::string path_;
  Plan plan_;
  std::unique_ptr<importing::ArchiveFiles> files_;
  html::HtmlToMarkdown to_markdown_;
  std::size_t next_file_ = 0;
  struct Part {
    std::vector<RawPost> posts;
    int files = 0;
  };
  std::unordered_map<std::size_t, Part> parts_;  // of topics whose last file is still to come
};

}  // namespace guildhall::zulip
