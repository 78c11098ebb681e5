#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/postgres/database.h"
#include "services/identity/store/master_key.h"
#include "services/identity/workers/letter_box.h"

namespace guildhall::identity {

// Sends the invitations that administrators have sent by letter.
class InvitationSender {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(1);
  // Of one run, so that a backlog shows in the metrics of its task.
  static constexpr int kMost = 100;
  // How long one worker is at work on a letter, as with resets; so often one is tried again.
  static constexpr absl::Duration kClaim = absl::Minutes(1);

  // `page` is where the secret is to be shown; it is appended. All outlive it.
  InvitationSender(postgres::Database& database, const MasterKey& master_key, LetterBox& letters,
                   std::string page)
      : database_(database), master_key_(master_key), letters_(letters), page_(std::move(page)) {}

  // Puts down the letters that are due, those due longest first, and says how many. One that cannot
  // be put down is due again after kClaim, until its invitation ends; two workers who are at work
  // on one write the same letter. Safe to repeat. Fails with: DEPENDENCY_AWAY, BUSY, and as the
  // letter box does.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  postgres::Database& database_;
  const MasterKey& master_key_;
  LetterBox& letters_;
  const std::string page_;
};

}  // namespace guildhall::identity
