#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"

namespace guildhall::directory {

// A stretch of the week, in minutes since Monday 0:00 of the member's time zone.
struct WorkingHours {
  int start_minute = 0;
  int end_minute = 0;

  bool operator==(const WorkingHours&) const = default;
};

// What a member says of itself.
struct Profile {
  std::string display_name;
  std::string headline;
  std::string location;
  std::string time_zone;
  std::vector<std::string> skills;
  std::vector<std::string> interests;
  std::vector<std::string> projects;
  std::vector<std::string> languages;
  std::string pronouns;
  // In their order; needs a time zone.
  std::vector<WorkingHours> working_hours;

  bool operator==(const Profile&) const = default;
};

// Brings the texts into the form in which they are kept; of entries of a list that differ only in
// case the first one stays. Time zones are checked for their shape only: whether the zone exists is
// known to the machine's zone table, not to a rule. Fails with: FIELD_INVALID.
absl::Status TidyProfile(Profile& profile);

}  // namespace guildhall::directory
