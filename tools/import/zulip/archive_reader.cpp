#include "tools/import/zulip/archive_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "tools/import/text_limit.h"
#include "tools/import/zulip/names.h"

namespace guildhall::zulip {
namespace {

struct TopicFile {
  TopicPath path;
  std::vector<RawPost> posts;
};

// The next file that holds a topic, or nothing at the end.
absl::StatusOr<std::optional<TopicFile>> NextTopicFile(ArchiveFiles& files) {
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<ArchiveFiles::File> file, files.Next());
    if (!file) return std::optional<TopicFile>();
    const std::optional<TopicPath> path = ParseTopicPath(file->path);
    if (!path) continue;
    absl::StatusOr<std::vector<RawPost>> posts = ParseTopicFile(file->bytes);
    if (!posts.ok()) {
      return absl::InvalidArgumentError(absl::StrCat(file->path, ": ", posts.status().message()));
    }
    return std::optional<TopicFile>({*path, *std::move(posts)});
  }
}

bool IsEarlier(const RawPost& a, const RawPost& b) {
  return std::pair(a.timestamp, a.id) < std::pair(b.timestamp, b.id);
}

}  // namespace

ArchiveReader::ArchiveReader(std::string path, Plan plan, std::unique_ptr<ArchiveFiles> files,
                             std::string site)
    : path_(std::move(path)),
      plan_(std::move(plan)),
      files_(std::move(files)),
      to_markdown_(std::move(site)) {}

absl::StatusOr<ArchiveReader> ArchiveReader::Open(std::string path, std::string site) {
  GUILDHALL_ASSIGN(auto first, ArchiveFiles::Open(path));
  Survey survey;
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<TopicFile> file, NextTopicFile(*first));
    if (!file) break;
    survey.Add(file->path, file->posts);
  }
  GUILDHALL_ASSIGN(auto second, ArchiveFiles::Open(path));
  return ArchiveReader(std::move(path), std::move(survey).Finish(), std::move(second),
                       std::move(site));
}

absl::StatusOr<std::optional<ImportedPosts>> ArchiveReader::Next() {
  for (;;) {
    GUILDHALL_ASSIGN(std::optional<TopicFile> file, NextTopicFile(*files_));
    const bool at_end = next_file_ == plan_.files.size();
    if (!file && at_end) return std::optional<ImportedPosts>();
    if (!file || at_end) return Changed();
    const Plan::File& plan = plan_.files[next_file_++];
    if (plan.places.empty()) continue;
    if (!IsAsPlanned(plan, file->posts)) return Changed();
    Part& part = parts_[plan.topic];
    for (const std::size_t place : plan.places) {
      part.posts.push_back(std::move(file->posts[place]));
    }
    const Plan::Topic& topic = plan_.topics[plan.topic];
    if (++part.files < topic.files) continue;
    std::vector<RawPost> posts = std::move(part.posts);
    parts_.erase(plan.topic);
    return std::optional<ImportedPosts>(MakePosts(topic.imported.id, std::move(posts)));
  }
}

bool ArchiveReader::IsAsPlanned(const Plan::File& file, const std::vector<RawPost>& posts) const {
  return std::all_of(file.places.begin(), file.places.end(), [&](std::size_t place) {
    return place < posts.size() && plan_.ids.count(posts[place].sender) > 0;
  });
}

absl::Status ArchiveReader::Changed() const {
  return absl::InvalidArgumentError(path_ + " changed while it was read");
}

ImportedPosts ArchiveReader::MakePosts(TopicId topic, std::vector<RawPost> posts) {
  std::sort(posts.begin(), posts.end(), IsEarlier);
  ImportedPosts result{topic, {}, {}};
  for (const RawPost& post : posts) {
    const absl::Time time = absl::FromUnixSeconds(post.timestamp);
    const PostId id(ImportedUuid(time, kSource, "post", absl::StrCat(post.id)));
    const int number = static_cast<int>(result.posts.size()) + 1;
    std::string markdown = to_markdown_.Convert(post.html);
    const std::size_t bytes = markdown.size();
    if (importing::CutToLimit(markdown)) {
      result.notes.push_back(absl::StrCat("message ", post.id, ": cut at 64 KiB of ", bytes >> 10));
    }
    result.posts.push_back({id, number, plan_.ids.at(post.sender), time, std::move(markdown)});
  }
  return result;
}

}  // namespace guildhall::zulip
