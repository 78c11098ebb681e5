#pragma once

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/access/grant.h"
#include "libs/postgres/database.h"
#include "libs/postgres/work.h"
#include "services/discussions/domain/topic.h"

namespace guildhall::discussions {

// What a post said before an edit.
struct Revision {
  std::int64_t version = 0;
  std::string markdown;
  absl::Time replace_time;
  // What the edit put in its place.
  std::string later_markdown;
  // Whether who keeps order edited.
  bool moderated = false;
};

// Who edits a post, where it stands, and when.
struct Editing {
  MemberId editor;
  CommunityId community;
  absl::Time time;
};

// Stores what a held post says before it is edited, and drops what is older than kMaxRevisions
// edits.
void InsertRevision(postgres::Work& work, const Post& post, const Editing& editing);

// What a held post said goes.
void DeleteRevisions(postgres::Work& work, PostId post);

// Up to `count` revisions of a post that stands in the grant's community, of when it stood there,
// newest first, before a version. One range of an index. Fails with: DEPENDENCY_AWAY,
// DEADLINE_PASSED.
absl::StatusOr<std::vector<Revision>> ListRevisions(postgres::Database& database,
                                                    const postgres::Context& context,
                                                    const access::Grant& grant, TopicId topic,
                                                    PostId post, std::int64_t before, int count);

}  // namespace guildhall::discussions
