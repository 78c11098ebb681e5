#include "libs/changelog/stream_reader.h"

#include <algorithm>
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
                               StreamName(producer_, position_.incarnation), IdOf(read_));
  const Deadline patience = Deadline::After(absl::Milliseconds(block_ms) + kPatience);
  const absl::StatusOr<redis::Reply> reply = redis_.Ask(command, patience, context.cancellation);
  if (!reply.ok()) return Heard::kAway;
  if (reply->is_nil()) return Heard::kNothing;
  if (!Take(*reply)) {
    gap_ = true;
    held_.clear();
    return Heard::kGap;
  }
  const std::size_t closed = ClosedPrefix(held_, read_.xid);
  if (closed == 0) return Heard::kNothing;
  const auto end = held_.begin() + static_cast<std::ptrdiff_t>(closed);
  page.entries.assign(held_.begin(), end);
  held_.erase(held_.begin(), end);
  page.end = {position_.incarnation, page.entries.back().place};
  position_ = page.end;
  OrderByKey(page.entries);
  return Heard::kPage;
}

// False where something is missing or makes no sense.
bool StreamReader::Take(const redis::Reply& reply) {
  if (reply.elements.size() != 1 || reply.elements[0].elements.size() != 2) return false;
  for (const redis::Reply& element : reply.elements[0].elements[1].elements) {
    const std::optional<Published> published = PublishedOf(element);
    if (!published || published->previous > read_ || published->entry.place <= read_) return false;
    held_.push_back(published->entry);
    read_ = published->entry.place;
  }
  return true;
}

void StreamReader::Advance(const Position& position) {
  const bool continues =
      position.incarnation == position_.incarnation && !gap_ && position.place >= position_.place;
  position_ = position;
  gap_ = false;
  const auto passed = std::find_if(
      held_.begin(), held_.end(), [&](const Entry& entry) { return entry.place > position.place; });
  held_.erase(held_.begin(), continues ? passed : held_.end());
  read_ = held_.empty() ? position.place : held_.back().place;
}

}  // namespace guildhall::changelog
