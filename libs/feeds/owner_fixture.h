#pragma once

#include <cstdint>
#include <future>
#include <memory>
#include <optional>
#include <string>

#include "feeds/migrations.h"
#include "guildhall/access/v1/internal_access_service.pb.h"
#include "libs/base/check.h"
#include "libs/feeds/access_changes.h"
#include "libs/feeds/access_owner.h"
#include "libs/testing/test_database.h"

namespace guildhall::feeds {

// For tests of the owner's half of the access watch.

template <typename Id>
Id MakeId(std::uint8_t n) {
  Uuid uuid;
  uuid.bytes.fill(n);
  return Id(uuid);
}

inline const AccessChange kKick = AccessChange::Of(MakeId<MemberId>(1), MakeId<CommunityId>(2));

// Somebody who keeps facts, as the owner sees it.
struct Watcher {
  explicit Watcher(std::uint8_t n) {
    request.set_watcher_id(std::string(16, static_cast<char>(n)));
  }

  using Response = AccessOwner::Response;
  using Answer = std::future<absl::StatusOr<Response>>;

  Answer Ask(AccessOwner& owner) {
    auto promise = std::make_shared<std::promise<absl::StatusOr<Response>>>();
    owner.Watch(request, [promise](const absl::StatusOr<const Response*>& response) {
      if (!response.ok()) return promise->set_value(response.status());
      promise->set_value(**response);
    });
    return promise->get_future();
  }
  // Asks, waits for the answer and takes it over.
  Response Hear(AccessOwner& owner) {
    const absl::StatusOr<Response> response = Ask(owner).get();
    GUILDHALL_CHECK(response.ok());
    request.set_incarnation(response->incarnation());
    request.set_applied_revision(response->revision());
    return *response;
  }

  AccessOwner::Request request;
};

// Commits a change of facts.
inline void Commit(postgres::Database& database, const AccessChange& change) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
  GUILDHALL_CHECK(database
                      .Transact(context,
                                [&](postgres::Work& work) -> absl::Status {
                                  NoteAccessChange(work, change);
                                  return absl::OkStatus();
                                })
                      .ok());
}

// A write that waits for its change to settle: when it may answer, on the monotonic clock.
inline std::future<absl::Duration> Settle(AccessOwner& owner) {
  auto promise = std::make_shared<std::promise<absl::Duration>>();
  owner.Settle([promise] { promise->set_value(SystemClock().Monotonic()); });
  return promise->get_future();
}

}  // namespace guildhall::feeds
