#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/changelog/page.h"
#include "libs/rpc/client.h"
#include "services/gateway/domain/live_change.h"
#include "services/gateway/domain/live_position.h"

namespace guildhall::gateway {

// Whether the change is one of a post, and not of a topic.
bool IsPost(change::v1::Kind kind);

// A change with what it is about.
struct LoadedChange {
  Place place;  // in its log
  Place told;   // how far the log is told with it; see ToldPlaces
  absl::Time time;
  change::v1::Kind kind = change::v1::KIND_UNSPECIFIED;
  ChangeFacts facts;
  std::string name;      // of the resource
  std::string resource;  // serialized; empty when it is gone or not loaded

  bool IsVote() const { return kind == change::v1::KIND_POLL_COUNTED; }
};

// A page of a log, made ready to be told.
struct LoadedPage {
  std::vector<LoadedChange> changes;  // those that somebody may be told of
  LogPosition end;
  bool more = false;
  bool reset = false;
  // As of which revision of directory's facts decisions about these changes are right.
  std::int64_t access_revision = 0;
};

// Reads what the changes of one log are about from the service that wrote it.
class ChangeLoader {
 public:
  // `producer` outlives the loader.
  explicit ChangeLoader(rpc::Client& producer) : producer_(producer) {}

  // What follows `from`. A membership's change is two: the community shows another number. Of
  // things that changed several times, each change brings what they are now. For a thread that may
  // wait; cost: a call of LoadItems for each 2 MiB. Fails with DEPENDENCY_AWAY, DEADLINE_PASSED,
  // CANCELLED.
  absl::StatusOr<LoadedPage> Load(const Place& from, const changelog::Page& page,
                                  const rpc::Context& context) const;

 private:
  rpc::Client& producer_;
};

}  // namespace guildhall::gateway
