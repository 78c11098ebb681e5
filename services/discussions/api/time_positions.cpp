#include "services/discussions/api/time_positions.h"

namespace guildhall::discussions {

std::string Written(const TimePosition& position) {
  return resources::PositionWriter().Time(position.time).Id(position.id).Take();
}

TimePosition TimePositionOf(const rpc::Page& page, const TimePosition& start) {
  if (page.first()) return start;
  resources::PositionReader reader = page.position();
  TimePosition position;
  position.time = reader.Time();
  position.id = reader.Id();
  return position;
}

}  // namespace guildhall::discussions
