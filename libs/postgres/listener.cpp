#include "libs/postgres/listener.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/postgres/connection.h"

namespace guildhall::postgres {

using internal::Connection;

// Its loop serves many: it does not stand long behind one lock.
constexpr char kShortLocks[] = "SET lock_timeout = '200ms'; ";

struct Listener::State {
  internal::Meters meters{nullptr, "listener"};  // the connection refers to them
  std::unique_ptr<Connection> connection;
};

absl::StatusOr<std::unique_ptr<Listener>> Listener::Open(const PostgresSettings& settings,
                                                         std::string_view channel,
                                                         const Context& context) {
  auto state = std::make_unique<State>();
  GUILDHALL_ASSIGN(state->connection,
                   Connection::Open(settings, internal::Purpose::kWrite, state->meters, context));
  GUILDHALL_TRY(state->connection->RunScript(absl::StrCat(kShortLocks, "LISTEN ", Absl(channel)),
                                             "listen", context));
  return std::unique_ptr<Listener>(new Listener(std::move(state)));
}

Listener::Listener(std::unique_ptr<State> state) : state_(std::move(state)) {}

Listener::~Listener() = default;

absl::StatusOr<Rows> Listener::RunList(const Context& context, const Statement& statement,
                                       const ParamList& params) {
  state_->connection->Queue(statement, params, context);
  Connection::Outcome outcome = state_->connection->Exchange(context);
  if (!outcome.status.ok()) return std::move(outcome.status);
  return std::move(outcome.last);
}

absl::Status Listener::Wait(Deadline deadline, int wake) {
  return state_->connection->AwaitNotification(deadline, wake);
}

}  // namespace guildhall::postgres
