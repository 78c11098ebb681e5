#include "services/gateway/api/live_frame.h"

#include "services/gateway/api/live_wire.h"

namespace guildhall::gateway {

LiveFrame::LiveFrame(Log log, LoadedChange change) : log_(log), change_(std::move(change)) {}

http::Chunk LiveFrame::Render(Protocol protocol, const Told& told, std::string_view before,
                              std::string_view after) const {
  std::vector<std::string> bodies;
  if (told.lost) bodies.push_back(live::LostBody(change_.facts.community));
  if (told.gained) bodies.push_back(live::GainedBody(change_.facts.community));
  if (told.changed) bodies.push_back(live::ChangedBody(change_, told.parent));
  std::vector<live::Message> messages;
  for (const std::string& body : bodies) {
    messages.push_back({messages.size() + 1 == bodies.size() ? after : before, body});
  }
  return live::Pack(protocol, messages);
}

}  // namespace guildhall::gateway
