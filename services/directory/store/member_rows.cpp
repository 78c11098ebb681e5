#include "services/directory/store/member_rows.h"

#include <string>
#include <vector>

namespace guildhall::directory {

Member MemberFrom(const postgres::Row& row) {
  using Texts = std::vector<std::string>;
  Member member;
  member.id = row.Get<MemberId>(0);
  member.profile = {.display_name = row.Get<std::string>(1),
                    .headline = row.Get<std::string>(2),
                    .location = row.Get<std::string>(3),
                    .time_zone = row.Get<std::string>(4),
                    .skills = row.Get<Texts>(5),
                    .interests = row.Get<Texts>(6),
                    .projects = row.Get<Texts>(7),
                    .languages = row.Get<Texts>(8)};
  member.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(9));
  member.version = row.Get<std::int64_t>(10);
  member.create_time = row.Get<absl::Time>(11);
  return member;
}

}  // namespace guildhall::directory
