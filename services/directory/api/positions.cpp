#include "services/directory/api/positions.h"

namespace guildhall::directory {

std::string PositionOf(const Community& community) {
  return resources::PositionWriter()
      .Text(community.profile.display_name)
      .Id(community.id.uuid())
      .Take();
}

NamePosition NamePositionOf(const rpc::Page& page) {
  if (page.first()) return {};
  resources::PositionReader reader = page.position();
  NamePosition position;
  position.display_name = reader.Text();
  position.id = CommunityId(reader.Id());
  return position;
}

}  // namespace guildhall::directory
