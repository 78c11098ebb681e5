#include "services/discussions/api/flag_positions.h"

namespace guildhall::discussions {

std::string Written(const FlagPosition& position) {
  return resources::PositionWriter().Time(position.time).Id(position.id).Take();
}

std::optional<FlagPosition> FlagPositionOf(const rpc::Page& page) {
  if (page.first()) return std::nullopt;
  resources::PositionReader reader = page.position();
  FlagPosition position;
  position.time = reader.Time();
  position.id = reader.Id();
  return position;
}

}  // namespace guildhall::discussions
