#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/identity/domain/email_change.h"
#include "services/identity/store/master_key.h"
#include "services/identity/workers/letter_box.h"

namespace guildhall::identity {

// Sends the letters about changes of addresses: to an address that somebody wants to have, the
// secret; to addresses of a change that is done, that it is. Here and not in the call, so that a
// caller cannot tell by its time whether an address has an account.
class EmailChangeSender {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(1);
  // Of one run, so that a backlog shows in the metrics of its task.
  static constexpr int kMost = 100;
  // How long one worker is at work on a letter, as with resets; so often one is tried again.
  static constexpr absl::Duration kClaim = absl::Minutes(1);

  // `page` is where the secret is to be shown; it is appended. All outlive it.
  EmailChangeSender(postgres::Database& database, const MasterKey& master_key, LetterBox& letters,
                    std::string page)
      : database_(database), master_key_(master_key), letters_(letters), page_(std::move(page)) {}

  // Takes the letters that are due, those due longest first, and says how many it put down. One
  // whose request was used up, taken back or replaced, or ran out, is dropped. One that cannot be
  // put down is due again after kClaim; two workers who are at work on one write the same secret
  // under the same id. Safe to repeat. Fails with: DEPENDENCY_AWAY, and as the letter box does.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  absl::StatusOr<bool> Send(const postgres::Context& context, const EmailLetter& letter,
                            absl::Time now);

  postgres::Database& database_;
  const MasterKey& master_key_;
  LetterBox& letters_;
  const std::string page_;
};

}  // namespace guildhall::identity
