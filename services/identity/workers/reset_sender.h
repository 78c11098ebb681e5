#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/random.h"
#include "libs/postgres/database.h"
#include "services/identity/workers/letter_box.h"

namespace guildhall::identity {

// Sends a reset of the password to whoever has asked for one (BeginPasswordReset) and has an
// account that may be used; the others' requests are dropped. Here and not in the call, so that a
// caller cannot tell by its time who has an account.
class ResetSender {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(1);
  // Of one run, so that other tasks have their turn.
  static constexpr int kMost = 100;

  // `page` is where the secret is to be shown; it is appended. All outlive it.
  ResetSender(postgres::Database& database, Random& random, LetterBox& letters, std::string page)
      : database_(database), random_(random), letters_(letters), page_(std::move(page)) {}

  // Takes requests one by one, oldest first, and says how many letters it put down. A letter whose
  // secret could not be committed opens nothing; its request is taken again.
  // Fails with: DEPENDENCY_AWAY, BUSY, and as the letter box does.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  enum class Taken { kNothing, kDropped, kSent };
  absl::StatusOr<Taken> TakeOne(postgres::Work& work, absl::Time now);

  postgres::Database& database_;
  Random& random_;
  LetterBox& letters_;
  const std::string page_;
};

}  // namespace guildhall::identity
