#include "services/identity/api/administering.h"

#include <algorithm>

#include "guildhall/change/v1/change.pb.h"
#include "libs/access/authorizer.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_changes.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/account_store.h"
#include "services/identity/store/endings_store.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {

absl::StatusOr<std::vector<MemberId>> LockAdministratorsAs(const rpc::Call& call,
                                                           postgres::Work& work) {
  GUILDHALL_ASSIGN(std::vector<MemberId> administrators, LockAdministrators(work));
  const bool is_one = std::ranges::count(administrators, call.caller().member) > 0;
  const access::Answer answer{.subject = {.session_live = true,
                                          .affiliation = call.grant().viewer().affiliation(),
                                          .administrator = is_one},
                              .community = {}};
  GUILDHALL_TRY(access::Authorizer::Judge({.permission = access::Permission::kAccountAdminister},
                                          call.caller(), answer)
                    .status());
  return administrators;
}

absl::StatusOr<Account> LockNamedAccount(postgres::Work& work, MemberId id) {
  GUILDHALL_ASSIGN(std::optional<Account> account, LockAccount(work, id));
  if (!account) return access::NotFound();
  return *std::move(account);
}

absl::Status MakeAdministrator(Identity& identity, const rpc::Call& call, postgres::Work& work,
                               Account& account) {
  if (account.administrator) return absl::OkStatus();
  account.administrator = true;
  SetAdministrator(work, account.id, account.administrator);
  GUILDHALL_TRY(End(work, account, EndingsOf(Cause::kAdministratorGranted),
                    Moment(identity.settings.session_limits(), call.now()))
                    .status());
  AppendAccountChange(work, change::v1::KIND_ADMINISTRATOR_GRANTED, account.id);
  return NoteRole(identity, call, work, account.id);
}

void EndSuspension(postgres::Work& work, Account& account) {
  const bool suspended = account.suspend_time.has_value();
  account.suspend_time = account.suspend_expire_time = std::nullopt;
  account.suspend_reason.clear();
  SetSuspension(work, account);
  if (suspended) AppendAccountChange(work, change::v1::KIND_ACCOUNT_REACTIVATED, account.id);
}

absl::Status NoteRole(Identity& identity, const rpc::Call& call, postgres::Work& work,
                      MemberId account) {
  const Moment moment(identity.settings.session_limits(), call.now());
  GUILDHALL_ASSIGN(const std::vector<SessionId> sessions, ListSessionIds(work, account, moment));
  std::vector<feeds::AccessChange> facts;
  for (const SessionId session : sessions) facts.push_back(feeds::AccessChange::Of(session));
  feeds::NoteAccessChanges(work, facts);
  return absl::OkStatus();
}

}  // namespace guildhall::identity
