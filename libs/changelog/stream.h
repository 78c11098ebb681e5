#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "libs/base/uuid.h"
#include "libs/changelog/page.h"
#include "libs/redis/command.h"
#include "libs/redis/reply.h"

namespace guildhall::changelog {

// How a log looks in Redis: a capped stream `guildhall:changes:<producer>:<incarnation>`, one entry
// per unit under the id `xid-n`, in the order of the log. Redis itself refuses an id that is not
// greater than the last, so whoever publishes late publishes nothing.

// About how many changes a stream holds: a hundred seconds at a thousand a second, 9 MB.
inline constexpr int kMostStreamEntries = 100'000;

// A unit as it stands in a stream.
struct Published {
  Unit unit;
  Place previous;  // between it and the unit's place the log has nothing to tell
};

std::string StreamName(std::string_view producer, const Uuid& incarnation);

std::string IdOf(const Place& place);
std::optional<Place> PlaceOf(std::string_view id);

redis::Command Publish(const std::string& stream, const Unit& unit, const Place& previous);

// Reads an element of an answer to XREAD or XREVRANGE; nothing when it is none of ours.
std::optional<Published> PublishedOf(const redis::Reply& element);

// Whether Redis refused a change because that one or a later one is there already.
bool IsThereAlready(const redis::Reply& reply);

}  // namespace guildhall::changelog
