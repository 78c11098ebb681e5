#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "absl/time/time.h"
#include "services/directory/domain/charter.h"
#include "services/directory/domain/community.h"

namespace guildhall::directory {

// What a new community of a kind starts with where its founder says nothing else.
struct Template {
  Kind kind;
  Visibility visibility;
  Admits admits;
  // Whether forms ask where it is.
  bool asks_location;
  // Of its charter.
  std::string_view cadence;
  absl::Duration review_interval;
  std::string_view welcome;
};

// All of them, in the order of their kinds.
std::span<const Template> Templates();
const Template& TemplateOf(Kind kind);

// Who may see and join a community, as far as its founder says it.
struct AskedReach {
  std::optional<Visibility> visibility;
  std::optional<Admits> admits;
};

// Sets the reach of a new community: what is asked, whether or not it fits below `parent`; else the
// template's visibility, but no wider than the parent's, and employees alone, unless its founder is
// external: that everyone is admitted is proposed by templates, and said by founders.
void SetReach(const Template& preset, const AskedReach& asked, Affiliation founder,
              const std::optional<LockedCommunity>& parent, CommunityProfile& profile);

// The charter with which a community begins that is founded now.
Charter FirstCharter(const Template& preset, absl::Time now);

}  // namespace guildhall::directory
