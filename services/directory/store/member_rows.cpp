#include "services/directory/store/member_rows.h"

#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::directory {

namespace {

std::vector<WorkingHours> WorkingHoursFrom(const std::vector<std::int32_t>& minutes) {
  std::vector<WorkingHours> times;
  for (std::size_t i = 0; i + 1 < minutes.size(); i += 2) {
    times.push_back({minutes[i], minutes[i + 1]});
  }
  return times;
}

}  // namespace

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
                    .languages = row.Get<Texts>(8),
                    .pronouns = row.Get<std::string>(9),
                    .working_hours = WorkingHoursFrom(row.Get<std::vector<std::int32_t>>(10))};
  member.affiliation = static_cast<Affiliation>(row.Get<std::int32_t>(11));
  member.version = row.Get<std::int64_t>(12);
  member.create_time = row.Get<absl::Time>(13);
  member.suspended = row.Get<bool>(14);
  return member;
}

}  // namespace guildhall::directory
