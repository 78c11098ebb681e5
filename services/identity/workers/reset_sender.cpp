#include "services/identity/workers/reset_sender.h"

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/one_time_secret_store.h"
#include "services/identity/store/password_reset_store.h"
#include "services/identity/store/reset_request_store.h"

namespace guildhall::identity {
namespace {

constexpr SecretKind kKind = SecretKind::kPasswordReset;

std::string TextOf(const ResetRequest& request, const std::string& page,
                   const std::string& secret) {
  return absl::StrCat(request.issuer ? "An administrator" : "Somebody, perhaps you,",
                      " has asked for another password for Guildhall.\n",
                      "Choose it within an hour, here:\n\n", page, secret,
                      "\n\nIf you do not want it, do nothing: your password stays as it is.\n");
}

}  // namespace

absl::StatusOr<int> ResetSender::RunOnce(absl::Time now) {
  const postgres::Context context{.deadline = Deadline::After(absl::Seconds(5))};
  int sent = 0;
  for (int i = 0; i < kMost; ++i) {
    GUILDHALL_ASSIGN(const Taken taken,
                     database_.Transact<Taken>(
                         context, [&](postgres::Work& work) { return TakeOne(work, now); }));
    if (taken == Taken::kNothing) break;
    if (taken == Taken::kSent) ++sent;
  }
  return sent;
}

absl::StatusOr<ResetSender::Taken> ResetSender::TakeOne(postgres::Work& work, absl::Time now) {
  GUILDHALL_ASSIGN(const std::optional<ResetRequest> request, TakeResetRequest(work));
  if (!request) return Taken::kNothing;
  GUILDHALL_ASSIGN(const std::optional<Account> account, LockAccountOfEmail(work, request->email));
  if (!account || account->suspend_time) return Taken::kDropped;
  const std::string secret = NewSecret(kKind, random_);
  const std::string hash = *HashOfSecret(kKind, secret);
  InsertOneTimeSecret(work,
                      {.kind = kKind,
                       .account = account->id,
                       .create_time = now,
                       .expire_time = now + kPasswordResetLife},
                      hash);
  if (request->issuer) InsertPasswordReset(work, hash, account->id, *request->issuer, now);
  GUILDHALL_TRY(letters_.Put({.id = NewUuidV7(now, random_).ToString(),
                              .time = now,
                              .to = account->email,
                              .subject = "Another password",
                              .text = TextOf(*request, page_, secret)}));
  return Taken::kSent;
}

}  // namespace guildhall::identity
