#include "services/directory/store/community_rows.h"

namespace guildhall::directory {

Community CommunityFrom(const postgres::Row& row) {
  Community community;
  community.id = row.Get<CommunityId>(0);
  community.parent = row.Get<std::optional<CommunityId>>(1);
  community.profile.display_name = row.Get<std::string>(2);
  community.profile.description = row.Get<std::string>(3);
  community.kind = static_cast<Kind>(row.Get<std::int32_t>(4));
  community.profile.visibility = static_cast<Visibility>(row.Get<std::int32_t>(5));
  community.profile.admits = static_cast<Admits>(row.Get<std::int32_t>(6));
  community.member_count = row.Get<std::int32_t>(7);
  community.version = row.Get<std::int64_t>(8);
  community.create_time = row.Get<absl::Time>(9);
  community.archived = row.Get<bool>(10);
  community.archive_time = row.Get<std::optional<absl::Time>>(11);
  community.profile.location = row.Get<std::string>(12);
  return community;
}

}  // namespace guildhall::directory
