#pragma once

#include <string>

#include "libs/changelog/page.h"
#include "libs/postgres/context.h"
#include "libs/redis/client.h"

namespace guildhall::changelog {

// What a tail hears from its log's stream. Of one thread.
class StreamReader {
 public:
  StreamReader(const redis::RedisSettings& settings, std::string producer,
               telemetry::Metrics& metrics, const Clock& clock);

  enum class Heard {
    kPage,     // entries that come next
    kNothing,  // in time
    kGap,      // what comes next is not in the stream: Advance once it was read elsewhere
    kAway,     // there is no stream to hear, now
  };
  // Waits at most `most` for what comes after the position.
  Heard Listen(absl::Duration most, const postgres::Context& context, Page& page);

  // The position is there: from now on what comes after it is waited for.
  void Advance(const Position& position);

 private:
  static bool Take(const redis::Reply& reply, Page& page);

  const std::string producer_;
  redis::Client redis_;
  Position position_;
  bool gap_ = true;  // nothing is heard until Advance
};

}  // namespace guildhall::changelog
