#include "services/identity/workers/reset_sender.h"

#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/status_macros.h"
#include "services/identity/api/writing.h"
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
    GUILDHALL_ASSIGN(const Taken taken, TakeOne(context, now));
    if (taken == Taken::kNothing) break;
    if (taken == Taken::kSent) ++sent;
  }
  return sent;
}

absl::StatusOr<ResetSender::Taken> ResetSender::TakeOne(const postgres::Context& context,
                                                        absl::Time now) {
  GUILDHALL_ASSIGN(const std::optional<ResetRequest> request,
                   ClaimResetRequest(database_, context, now, now + kClaim));
  if (!request) return Taken::kNothing;
  GUILDHALL_ASSIGN(const Credentials known, GetCredentials(database_, context, request->email, ""));
  const std::optional<Account>& account = known.account;
  if (!account || account->suspend_time || request->create_time < now - kPasswordResetLife) {
    GUILDHALL_TRY(database_.Transact(context, [&](postgres::Work& work) {
      return DeleteResetRequest(work, request->id).status();
    }));
    return Taken::kDropped;
  }
  const std::string secret = NewSecret(kKind, random_);
  GUILDHALL_TRY(letters_.Put({.id = request->id.ToString(),
                              .time = now,
                              .to = account->email,
                              .subject = "Another password",
                              .text = TextOf(*request, page_, secret)}));
  GUILDHALL_ASSIGN(const bool committed, Commit(context, *request, account->id, secret, now));
  return committed ? Taken::kSent : Taken::kDropped;
}

// Whether the secret of a letter holds from now on; not where another worker was quicker, or the
// account was suspended or has got another address since.
absl::StatusOr<bool> ResetSender::Commit(const postgres::Context& context,
                                         const ResetRequest& request, MemberId id,
                                         std::string_view secret, absl::Time now) {
  return database_.Transact<bool>(context, [&](postgres::Work& work) -> absl::StatusOr<bool> {
    GUILDHALL_ASSIGN(const bool first, DeleteResetRequest(work, request.id));
    if (!first) return false;
    GUILDHALL_ASSIGN(const std::optional<Account> account, LockAccount(work, id));
    if (!account || account->suspend_time || account->email != request.email) return false;
    const std::string hash = *HashOfSecret(kKind, secret);
    InsertOneTimeSecret(
        work,
        {.kind = kKind, .account = id, .create_time = now, .expire_time = now + kPasswordResetLife},
        hash);
    if (request.issuer) InsertPasswordReset(work, hash, id, *request.issuer, now);
    AppendAccountChange(work, change::v1::KIND_PASSWORD_RESET_ISSUED, id);
    return true;
  });
}

}  // namespace guildhall::identity
