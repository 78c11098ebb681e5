#include "tools/import/zulip/write/load.h"

#include <utility>

#include "libs/base/status_macros.h"
#include "tools/import/zulip/archive_reader.h"
#include "tools/import/zulip/write/records.h"

namespace guildhall::zulip {

absl::StatusOr<importing::Tally> Load(const std::string& path, const std::string& site,
                                      const importing::WriterMethods& methods,
                                      const importing::PostStream::Method& send_posts,
                                      const LoadListener& listener) {
  GUILDHALL_ASSIGN(ArchiveReader reader, ArchiveReader::Open(path, site));
  listener.on_plan(reader.plan());
  importing::Writer writer(methods);
  GUILDHALL_TRY(writer.ImportMembers(MembersOf(reader.plan())));
  GUILDHALL_TRY(writer.ImportCommunities(CommunitiesOf(reader.plan())));
  GUILDHALL_TRY(writer.ImportMemberships(MembershipsOf(reader.plan())));
  GUILDHALL_TRY(writer.ImportTopics(TopicsOf(reader.plan())));
  importing::PostStream stream(send_posts);
  std::vector<std::string> notes;
  for (;;) {
    GUILDHALL_ASSIGN(std::optional<ImportedPosts> posts, reader.Next());
    if (!posts) break;
    notes.insert(notes.end(), posts->notes.begin(), posts->notes.end());
    GUILDHALL_TRY(stream.Add(PostsOf(*std::move(posts))));
    listener.on_posts(stream.count());
  }
  GUILDHALL_TRY(stream.Finish());
  importing::Tally tally = writer.tally();
  tally.posts = stream.count();
  tally.notes = std::move(notes);
  listener.on_posts(tally.posts);
  return tally;
}

}  // namespace guildhall::zulip
