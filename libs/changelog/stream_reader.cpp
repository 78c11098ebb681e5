#include "libs/changelog/stream_reader.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "libs/changelog/settled.h"
#include "libs/changelog/stream.h"

namespace guildhall::changelog {
namespace {

// Beyond its block Redis gets this long before it counts as away.
constexpr absl::Duration kPatience = absl::Milliseconds(250);

}  // namespace

StreamReader::StreamReader(const redis::RedisSettings& settings, std::string producer,
                           telemetry::Metrics& metrics, const Clock& clock)
    : producer_(std::move(producer)), redis_(settings, "tail", &metrics, clock) {}

StreamReader::Heard StreamReader::Listen(absl::Duration most, const postgres::Context& context,
                                         Page& page) {
  if (gap_ || !redis_.configured() || redis_.pause() > absl::ZeroDuration()) return Heard::kAway;
  // 0 would be for ever.
  const std::int64_t block_ms = std::max<std::int64_t>(1, absl::ToInt64Milliseconds(most));
  const redis::Command command("XREAD", "COUNT", std::to_string(kMostEntries), "BLOCK",
                               std::to_string(block_ms), "STREAMS",
                               StreamName(producer_, position_.incarnation), IdOf(position_.place));
  const Deadline patience = Deadline::After(absl::Milliseconds(block_ms) + kPatience);
  const absl::StatusOr<redis::Reply> reply = redis_.Ask(command, patience, context.cancellation);
  if (!reply.ok()) return Heard::kAway;
  if (reply->is_nil()) return Heard::kNothing;
  page = {.end = position_};
  gap_ = !Take(*reply, page);
  if (gap_) return Heard::kGap;
  position_ = page.end;
  return Heard::kPage;
}

// False where something is missing or makes no sense.
bool StreamReader::Take(const redis::Reply& reply, Page& page) {
  if (reply.elements.size() != 1 || reply.elements[0].elements.size() != 2) return false;
  for (const redis::Reply& element : reply.elements[0].elements[1].elements) {
    const std::optional<Published> published = PublishedOf(element);
    if (!published || published->previous > page.end.place) return false;
    page.end.place = published->unit.place;
    page.entries.insert(page.entries.end(), published->unit.entries.begin(),
                        published->unit.entries.end());
  }
  return true;
}

void StreamReader::Advance(const Position& position) {
  position_ = position;
  gap_ = false;
}

}  // namespace guildhall::changelog
