#include "services/discussions/store/revision_store.h"

#include "discussions/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {

void InsertRevision(postgres::Work& work, const Post& post, const Editing& editing) {
  work.Defer(sql::kInsertRevision, post.id, post.version, editing.time, post.markdown,
             kMaxRevisions, editing.community, editing.editor != post.author);
}

void DeleteRevisions(postgres::Work& work, PostId post) { work.Defer(sql::kDeleteRevisions, post); }

absl::StatusOr<std::vector<Revision>> ListRevisions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, TopicId topic,
                                                    PostId post, std::int64_t before, int count) {
  GUILDHALL_CHECK(grant.community().has_value());
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListRevisions, *grant.community(), topic, post, before, count));
  std::vector<Revision> revisions;
  for (const postgres::Row row : rows) {
    revisions.push_back({row.Get<std::int64_t>(0), row.Get<std::string>(1), row.Get<absl::Time>(2),
                         row.Get<std::string>(3), row.Get<bool>(4)});
  }
  return revisions;
}

}  // namespace guildhall::discussions
