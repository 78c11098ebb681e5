#pragma once

#include <string>

#include "absl/status/status.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/random.h"
#include "libs/postgres/database.h"
#include "services/identity/store/reset_request_store.h"
#include "services/identity/workers/letter_box.h"

namespace guildhall::identity {

// Sends a reset of the password to whoever has asked for one (BeginPasswordReset), or was issued
// one (IssuePasswordReset), and has an account that may be used; the other requests are dropped.
// Here and not in the call, so that a caller cannot tell by its time who has an account.
class ResetSender {
 public:
  static constexpr absl::Duration kEvery = absl::Seconds(1);
  // Of one run, so that a backlog shows in the metrics of its task.
  static constexpr int kMost = 100;
  // How long one worker is at work on a request: far longer than a letter takes to be put down. A
  // letter box that fails is tried again so often.
  static constexpr absl::Duration kClaim = absl::Minutes(1);

  // `page` is where the secret is to be shown; it is appended. All outlive it.
  ResetSender(postgres::Database& database, Random& random, LetterBox& letters, std::string page)
      : database_(database), random_(random), letters_(letters), page_(std::move(page)) {}

  // Takes requests one by one, oldest first, and says how many letters it put down. Those older
  // than a reset would hold are dropped: after an outage nobody waits for them any more.
  //
  // A letter is put down before its secret is committed, while nothing is locked: one whose secret
  // could not be committed opens nothing, and its request is taken again after kClaim, with another
  // letter under the same id. Fails with: DEPENDENCY_AWAY, BUSY, and as the letter box does.
  absl::StatusOr<int> RunOnce(absl::Time now);

 private:
  enum class Taken { kNothing, kDropped, kSent };
  absl::StatusOr<Taken> TakeOne(const postgres::Context& context, absl::Time now);
  absl::StatusOr<bool> Commit(const postgres::Context& context, const ResetRequest& request,
                              MemberId account, std::string_view secret, absl::Time now);

  postgres::Database& database_;
  Random& random_;
  LetterBox& letters_;
  const std::string page_;
};

}  // namespace guildhall::identity
