#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>

#include "absl/time/time.h"
#include "guildhall/access/v1/internal_access_service.pb.h"
#include "libs/base/uuid.h"
#include "libs/feeds/access_owner.h"
#include "libs/postgres/rows.h"

namespace guildhall::feeds {

// The parts of AccessOwner, for its two sources.

struct AccessOwner::Watcher {
  Uuid id;
  Uuid incarnation;
  std::int64_t applied = 0;
  bool release = false;
  Answered answered;
  absl::Duration until;  // when it is answered without a change
  bool leased = false;

  void Answer(Response response) const {
    response.set_leased(leased);
    answered(&response);
  }
};

struct AccessOwner::Settler {
  std::function<void()> done;  // empty for a change of nothing
  absl::Duration since;
  // What everybody has to have applied: where the facts stood at a moment after `since`.
  std::optional<std::int64_t> revision;
  absl::Duration read;  // before which every lease below `revision` was given
};

struct AccessOwner::Changes {
  std::int64_t until = 0;  // the revision up to which a watcher has to be told
  postgres::Rows rows;

  // Everything after `applied`, or that everything is to be forgotten.
  void TellSince(std::int64_t applied, Response& response) const;
};

struct AccessOwner::State {
  Uuid incarnation;
  std::int64_t revision = 0;
  std::map<Uuid, std::int64_t> applied;  // by watcher
};

}  // namespace guildhall::feeds
