#include "absl/strings/str_cat.h"
#include "guildhall/change/v1/change.pb.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/idempotency/once.h"
#include "services/identity/api/check_password.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/writing.h"
#include "services/identity/domain/email.h"
#include "services/identity/domain/password.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/endings_store.h"
#include "services/identity/store/place.h"
#include "services/identity/store/secret.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

// A password that was found right, and what it is right for.
struct Proof {
  Account account;
  Attempt attempt;
  std::optional<PasswordHash> rehashed;  // where the stored hash is outdated
  std::optional<absl::Time> reset_time;  // when the password was last set by a reset
};

absl::StatusOr<Proof> Prove(Identity& identity, const rpc::Call& call,
                            const PasswordGate::Pass& inside, const v1::SignInRequest& request) {
  GUILDHALL_ASSIGN(const std::string email, NormalizeEmail("email", request.email()));
  GUILDHALL_ASSIGN(const std::string password, NormalizePassword("password", request.password()));
  const std::string place = ShownPlace(call.client_address());
  GUILDHALL_ASSIGN(const Credentials known,
                   GetCredentials(identity.database, call.context(), email, place));
  std::optional<PasswordHash> hash;
  // A suspended account takes no password: it is answered, with equal work, like an unknown one.
  if (known.account && !known.account->suspend_time) hash = known.account->password;
  GUILDHALL_ASSIGN(Attempt attempt,
                   CheckPassword(identity, call, inside,
                                 {email, password, hash, known.familiar, known.members_place}));
  Proof proof{*known.account, std::move(attempt), std::nullopt, known.reset_time};
  if (identity.passwords.IsOutdated(*hash)) {
    proof.rehashed = identity.passwords.Hash(inside, password);
  }
  return proof;
}

Session NewSession(Identity& identity, const rpc::Call& call, MemberId account) {
  const absl::Time now = call.now();
  return {.id = SessionId(NewUuidV7(now, identity.random)),
          .account = account,
          .create_time = now,
          .last_used_time = now,
          .expire_time = now + identity.settings.session_absolute,
          .user_agent = TidyUserAgent(call.user_agent()),
          .place = ShownPlace(call.client_address())};
}

// Fails with CREDENTIALS_WRONG when the password or the address was changed since they were
// checked, or the account suspended: otherwise an old one could outlive its change by a session.
absl::Status Begin(Identity& identity, const rpc::Call& call, postgres::Work& work,
                   const Proof& proof, const Session& session, std::string_view secret) {
  GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, session.account));
  if (!account || account->suspend_time || account->password != proof.account.password ||
      account->email != proof.account.email) {
    return CredentialsWrong();
  }
  const Moment moment(identity.settings.session_limits(), session.create_time);
  GUILDHALL_ASSIGN(const Ended ended, End(work, *account, EndingsOf(Cause::kSignedIn), moment));
  InsertSession(work, session, *HashOfSecret(SecretKind::kSession, secret));
  if (proof.rehashed) UpdatePassword(work, session.account, *proof.rehashed);
  AppendSessionChange(work, change::v1::KIND_SESSION_CREATED, session.account, session.id);
  GUILDHALL_TRY(ForgiveAttempt(work, proof.attempt, session.create_time));
  if (!ended.sessions.empty()) identity.access.SettleBefore(call);
  AppendRevocations(work, session.account, ended);
  return absl::OkStatus();
}

bool IsDelivery(v1::SessionDelivery delivery) {
  return delivery == v1::SESSION_DELIVERY_COOKIE || delivery == v1::SESSION_DELIVERY_BEARER;
}

}  // namespace

absl::StatusOr<v1::SignInResponse> SignIn(Identity& identity, const rpc::Call& call,
                                          const v1::SignInRequest& request) {
  if (!IsDelivery(request.delivery())) {
    return WrongField("delivery", "takes SESSION_DELIVERY_COOKIE or SESSION_DELIVERY_BEARER");
  }
  GUILDHALL_ASSIGN(const PasswordGate::Pass inside, identity.passwords.Enter(call.deadline()));
  GUILDHALL_ASSIGN(const Proof proof, Prove(identity, call, inside, request));
  const Session session = NewSession(identity, call, proof.account.id);
  const std::string secret = NewSecret(SecretKind::kSession, identity.random);
  GUILDHALL_ASSIGN(v1::SignInResponse response,
                   idempotency::OnceSecret<v1::SignInResponse>(
                       identity.database, call.context(), call.OnceKey(request.request_id()),
                       [&](postgres::Work& work) -> absl::StatusOr<v1::SignInResponse> {
                         GUILDHALL_TRY(Begin(identity, call, work, proof, session, secret));
                         v1::SignInResponse begun;
                         *begun.mutable_session() = ToProto(session, session.id);
                         if (proof.reset_time) {
                           *begun.mutable_password_reset_time() = ToProto(*proof.reset_time);
                         }
                         return begun;
                       }));
  if (request.delivery() == v1::SESSION_DELIVERY_COOKIE) {
    const std::int64_t max_age = absl::ToInt64Seconds(identity.settings.session_absolute);
    call.AddReplyMetadata("guildhall-set-session", absl::StrCat(secret, "; max-age=", max_age));
  } else {
    response.set_session_secret(secret);
  }
  return response;
}

}  // namespace guildhall::identity
