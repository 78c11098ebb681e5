#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/postgres/context.h"
#include "libs/postgres/params.h"
#include "libs/postgres/rows.h"
#include "libs/postgres/settings.h"
#include "libs/postgres/statement.h"

namespace guildhall::postgres {

// A connection of its own that hears what is notified on one channel and runs statements beside.
// For a loop that must not stand in line for a pool. Used by one thread; after an error it is of no
// more use: open another.
class Listener {
 public:
  // Connects and listens: what is committed with a NOTIFY after this returns is heard. `channel` is
  // a constant of the program. Fails with DEPENDENCY_AWAY or DEADLINE_PASSED.
  static absl::StatusOr<std::unique_ptr<Listener>> Open(const PostgresSettings& settings,
                                                        std::string_view channel,
                                                        const Context& context);
  ~Listener();

  // Runs one statement as a transaction of its own: one round trip. BUSY when a lock is not to be
  // had within 200 ms; the connection stays of use then.
  template <typename... Args>
  absl::StatusOr<Rows> Run(const Context& context, const Statement& statement,
                           const Args&... args) {
    return RunList(context, statement, Params<Args...>(args...).list());
  }

  // Waits until something was notified since the last call, `wake` is readable or the deadline
  // passes, whichever is first. Fails with DEPENDENCY_AWAY when the connection broke.
  absl::Status Wait(Deadline deadline, int wake);

 private:
  struct State;
  explicit Listener(std::unique_ptr<State> state);
  absl::StatusOr<Rows> RunList(const Context& context, const Statement& statement,
                               const ParamList& params);

  const std::unique_ptr<State> state_;
};

}  // namespace guildhall::postgres
