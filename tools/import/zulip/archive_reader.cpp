#include "tools/import/zulip/archive_reader.h"

#include <algorithm>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"

namespace guildhall::zulip {
namespace {

using importing::ArchiveFiles;

struct TopicFile {
  TopicPath path;
  std::vector<RawPost> posts;
};

// The next file that holds a topic, or nothing at the end; `survey`, if there is one, hears of
// those before it that hold none.
absl::StatusOr<std::optional<TopicFile>> NextTopicFile(ArchiveFiles& files,
                                                       Survey* survey = nullptr) {
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<ArchiveFiles::File> file, files.Next());
    if (!file) return std::optional<TopicFile>();
    const std::optional<TopicPath> path = ParseTopicPath(file->path);
    if (!path) {
      if (survey != nullptr) survey->AddOther(file->path);
      continue;
    }
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

ArchiveReader::ArchiveReader(std::string path, Plan plan,
                             std::unique_ptr<importing::ArchiveFiles> files, std::string site)
    : path_(std::move(path)),
      plan_(std::move(plan)),
      files_(std::move(files)),
      to_markdown_(std::move(site)) {}

absl::StatusOr<ArchiveReader> ArchiveReader::Open(std::string path, std::string site) {
  GUILDHALL_ASSIGN(auto first, ArchiveFiles::Open(path, importing::EndsIn(".json")));
  Survey survey;
  for (;;) {
    GUILDHALL_ASSIGN(const std::optional<TopicFile> file, NextTopicFile(*first, &survey));
    if (!file) break;
    survey.Add(file->path, file->posts);
  }
  Plan plan = std::move(survey).Finish();
  if (plan.files.empty()) {
    return absl::InvalidArgumentError(
        path + " holds no topic of a stream, such as 7-general/hello.json: it is no Zulip archive");
  }
  GUILDHALL_ASSIGN(auto second, ArchiveFiles::Open(path, importing::EndsIn(".json")));
  return ArchiveReader(std::move(path), std::move(plan), std::move(second), std::move(site));
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
    return std::optional<ImportedPosts>(MakePosts(plan.topic, std::move(posts)));
  }
}

bool ArchiveReader::IsAsPlanned(const Plan::File& file, const std::vector<RawPost>& posts) const {
  return std::all_of(file.places.begin(), file.places.end(), [&](std::size_t place) {
    return place < posts.size() && plan_.by_sender.contains(posts[place].sender);
  });
}

absl::Status ArchiveReader::Changed() const {
  return absl::InvalidArgumentError(path_ + " changed while it was read");
}

ImportedPosts ArchiveReader::MakePosts(std::size_t topic, std::vector<RawPost> posts) {
  std::sort(posts.begin(), posts.end(), IsEarlier);
  ImportedPosts result{topic, {}};
  for (RawPost& raw : posts) {
    ImportedPost& post = result.posts.emplace_back();
    post.message = raw.id;
    post.sender = std::move(raw.sender);
    post.time = absl::FromUnixSeconds(raw.timestamp);
    post.markdown = to_markdown_.Convert(raw.html);
    post.lost = to_markdown_.TakeLost();
  }
  return result;
}

}  // namespace guildhall::zulip
