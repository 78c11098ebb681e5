#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "libs/changelog/tail.h"
#include "libs/postgres/database.h"

namespace guildhall::changelog {

// What changes of another service mean here.
struct Effect {
  // Applies entries, in order, in the transaction that moves the position. May run again with the
  // same entries when that transaction fails.
  std::function<absl::Status(postgres::Work& work, std::span<const Entry> entries)> apply;

  // For a consumer that begins, and after RESET: reads everything anew, outside a transaction, and
  // returns what then replaces, in the transaction that sets the position, what is here. What
  // changes meanwhile is applied afterwards, so an entry may tell of something that is known.
  using Replace = std::function<absl::Status(postgres::Work& work)>;
  std::function<absl::StatusOr<Replace>(const postgres::Context& context)> reread;
};

// Applies the changes of another service's log to the own database, each exactly once: the position
// moves in the transaction of the effect, and only from where it was seen. So any number of
// processes may run the same consumer; one of them gets each page, the others learn that it is
// done. Of one thread at a time.
class Consumer {
 public:
  // `name` is the consumer's in its database. The database needs the migrations of this library.
  Consumer(postgres::Database& database, std::string name, TailParts tail, Effect effect);

  // Waits for the next page and applies it; the number of entries that this call has applied, 0 at
  // the context's deadline or when another process was faster. Each transaction gets 5 s. Fails
  // with what the effect, the database or the tail failed with; then it begins again at the
  // position in the database, so a failure is safe to repeat.
  absl::StatusOr<int> RunOnce(const postgres::Context& context);

 private:
  absl::Status Find(const postgres::Context& context);
  absl::StatusOr<int> Apply(const postgres::Context& context, const Page& page);
  absl::Status ReadAnew(const postgres::Context& context, const Page& page);
  // Whether the position was moved from where it was seen.
  absl::StatusOr<bool> Move(postgres::Work& work, const Position& to);

  postgres::Database& database_;
  const std::string name_;
  const std::string producer_;
  const Effect effect_;
  Tail tail_;
  Position seen_;       // in the database
  bool found_ = false;  // seen_ and the tail stand where the database says
};

}  // namespace guildhall::changelog
