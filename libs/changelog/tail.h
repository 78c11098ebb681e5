#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/changelog/page.h"
#include "libs/changelog/source.h"
#include "libs/changelog/stream_reader.h"
#include "libs/postgres/context.h"
#include "libs/redis/settings.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::changelog {

// What a tail is made of.
struct TailParts {
  std::string producer;        // whose log, such as "discussions"
  Source source;               // where the log is read when the stream does not have it
  redis::RedisSettings redis;  // where the stream is; without an address there is none
  telemetry::Metrics& metrics;
  const Clock& clock = SystemClock();
};

// Follows one log: hears from its stream in Redis what comes, and reads the log itself as soon as
// the stream has a gap, is away or is another one; and every half second all the same, since nobody
// tells when a stream is silent for the wrong reason. Of one thread at a time.
class Tail {
 public:
  // How often the log is read, with a stream that can be heard and without one.
  static constexpr absl::Duration kAskAnyway = absl::Milliseconds(500);
  static constexpr absl::Duration kAskAlone = absl::Milliseconds(100);

  // Reads on from `from`; from nowhere: from where the log ends when Next is first called.
  explicit Tail(TailParts parts, Position from = {});
  Tail(const Tail&) = delete;
  Tail& operator=(const Tail&) = delete;

  // Waits for what comes next: a page with entries, or of RESET; an empty page when the deadline
  // passes first. From nowhere it answers at once with an empty page, whose end is the position.
  // Whoever could not make use of a page calls Seek.
  //
  // Fails with what the source failed with, once the deadline has passed, and CANCELLED.
  absl::StatusOr<Page> Next(const postgres::Context& context);

  // Up to where the pages so far go.
  const Position& position() const { return position_; }
  // Reads on from another place.
  void Seek(Position from);

 private:
  absl::StatusOr<Page> Ask(const postgres::Context& context);
  void Took(const Page& page);
  // When the source is asked next, unless the stream has a gap.
  void AskIn(absl::Duration pause);

  const TailParts parts_;
  Position position_;
  StreamReader stream_;
  absl::Duration asked_at_ = -absl::InfiniteDuration();  // monotonic, like the next
  absl::Duration ask_at_ = -absl::InfiniteDuration();
  telemetry::Counter& gaps_;
  telemetry::Histogram& lag_seconds_;
};

}  // namespace guildhall::changelog
