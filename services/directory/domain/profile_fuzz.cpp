#include "services/directory/domain/profile.h"

#include "libs/base/check.h"
#include "libs/testing/fuzz/target.h"

namespace guildhall::testing {

// A profile, a line each; what is left are skills. One in its form stays as it is.
void TakeInput(std::string_view input) {
  directory::Profile profile;
  for (std::string* const text :
       {&profile.display_name, &profile.headline, &profile.location, &profile.time_zone,
        &profile.pronouns, &profile.languages.emplace_back(), &profile.projects.emplace_back()}) {
    *text = TakeLine(input);
  }
  if (!input.empty()) {
    const auto minute = static_cast<unsigned char>(input.front()) * 60;
    profile.working_hours.push_back({minute, minute + 60});
  }
  while (!input.empty()) profile.skills.emplace_back(TakeLine(input));
  if (!directory::TidyProfile(profile).ok()) return;
  directory::Profile again = profile;
  GUILDHALL_CHECK(directory::TidyProfile(again).ok() && again == profile);
}

}  // namespace guildhall::testing
