#include "services/directory/domain/template.h"

#include <algorithm>
#include <string>

namespace guildhall::directory {
namespace {

constexpr absl::Duration kQuarter = absl::Hours(91 * 24);
constexpr absl::Duration kHalfYear = absl::Hours(182 * 24);
constexpr absl::Duration kYear = absl::Hours(365 * 24);

constexpr Template kTemplates[] = {
    // A craft is learned by reading along, so everybody may.
    {Kind::kPractice, Visibility::kOpen, Admits::kEmployees, false, "once a month", kHalfYear,
     "Welcome! Tell us what you work on and what you would like to learn. No question is too small "
     "here, and whoever has found an answer writes it down for the next one."},
    // What is done for pleasure has no calendar.
    {Kind::kInterest, Visibility::kOpen, Admits::kEmployees, false, "", kYear,
     "Welcome! Come and go as you like. Say hello, show what you enjoy, and ask who else is in."},
    // Work in progress is shown by those who do it; it ends, so it is looked at often.
    {Kind::kProject, Visibility::kClosed, Admits::kEmployees, false, "every week", kQuarter,
     "Welcome to the project! Read the pinned topics first: what we are after, who does what, and "
     "what is decided. Write down what you decide, and with whom."},
    {Kind::kLocation, Visibility::kOpen, Admits::kEmployees, true, "once a month", kYear,
     "Welcome! Here is what happens around this place. Tell us where to find you, and what a "
     "visitor should know."},
    // Customers are let in one by one: they read what the others write there.
    {Kind::kCustomer, Visibility::kClosed, Admits::kEveryone, false, "once a month", kHalfYear,
     "Welcome! Customers, partners and colleagues help each other here. Please share nothing that "
     "your own organization would not want the others to read."},
};

}  // namespace

std::span<const Template> Templates() { return kTemplates; }

const Template& TemplateOf(Kind kind) { return kTemplates[static_cast<std::size_t>(kind) - 1]; }

void SetReach(const Template& preset, const AskedReach& asked, Affiliation founder,
              const std::optional<LockedCommunity>& parent, CommunityProfile& profile) {
  Visibility visibility = preset.visibility;
  // Ordered from wide to narrow.
  if (parent) visibility = std::max(visibility, parent->community.profile.visibility);
  profile.visibility = asked.visibility.value_or(visibility);
  const bool external = founder == Affiliation::kExternal;
  profile.admits = asked.admits.value_or(external ? Admits::kEveryone : Admits::kEmployees);
}

Charter FirstCharter(const Template& preset, absl::Time now) {
  return {.cadence = std::string(preset.cadence),
          .welcome = std::string(preset.welcome),
          .review_time = now + preset.review_interval,
          .version = 1};
}

}  // namespace guildhall::directory
