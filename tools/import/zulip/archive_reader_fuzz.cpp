#include "tools/import/zulip/archive_reader.h"

#include <sys/mman.h>
#include <unistd.h>

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::zulip {
namespace {

// A file that has no place on the disk.
class Unplaced {
 public:
  explicit Unplaced(std::string_view bytes) : file_(memfd_create("archive", 0)) {
    GUILDHALL_CHECK(file_ >= 0);
    const auto written = write(file_, bytes.data(), bytes.size());
    GUILDHALL_CHECK(written == static_cast<ssize_t>(bytes.size()));
  }
  ~Unplaced() { close(file_); }
  Unplaced(const Unplaced&) = delete;
  Unplaced& operator=(const Unplaced&) = delete;

  std::string path() const { return "/proc/self/fd/" + std::to_string(file_); }

 private:
  int file_;
};

}  // namespace
}  // namespace guildhall::zulip

// A packed archive: each topic of its plan comes once, with posts in order of time.
void guildhall::testing::TakeInput(std::string_view input) {
  const zulip::Unplaced file(input);
  auto reader = zulip::ArchiveReader::Open(file.path(), "");
  if (!reader.ok()) return;
  int topics = 0;
  int posts = 0;
  for (;;) {
    const auto topic = reader->Next();
    GUILDHALL_CHECK(topic.ok());
    if (!*topic) break;
    ++topics;
    absl::Time last = absl::InfinitePast();
    for (const zulip::ImportedPost& post : (*topic)->posts) {
      GUILDHALL_CHECK(post.time >= last && !post.markdown.empty());
      last = post.time;
      ++posts;
    }
  }
  GUILDHALL_CHECK(topics == reader->plan().topic_count && posts == reader->plan().post_count);
}
