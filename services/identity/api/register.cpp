#include <functional>

#include "services/identity/api/identity.h"

namespace guildhall::identity {
namespace {

template <typename Request, typename Response>
using Handler = absl::StatusOr<Response> (*)(Identity&, const rpc::Call&, const Request&);

// Puts handlers of one proto service into a server's table.
class Table {
 public:
  Table(Identity& identity, rpc::Server& server, std::string service)
      : identity_(identity), server_(server), service_(std::move(service)) {}

  template <typename Request, typename Response>
  void Add(const char* method, Handler<Request, Response> handler) {
    server_.Unary<Request, Response>(service_ + "/" + method,
                                     std::bind_front(handler, std::ref(identity_)));
  }

  template <typename Request, typename Response>
  void AddInline(const char* method, Handler<Request, Response> handler) {
    server_.Inline<Request, Response>(service_ + "/" + method,
                                      std::bind_front(handler, std::ref(identity_)));
  }

 private:
  Identity& identity_;
  rpc::Server& server_;
  const std::string service_;
};

}  // namespace

void Register(Identity& identity, rpc::Server& server) {
  Table table(identity, server, "guildhall.identity.v1.IdentityService");
  table.Add("GetSignInOptions", GetSignInOptions);
  table.Add("SignUp", SignUp);
  table.Add("SignIn", SignIn);
  table.Add("SignOut", SignOut);
  table.Add("GetMe", GetMe);
  table.Add("ChangePassword", ChangePassword);
  table.Add("ListSessions", ListSessions);
  table.Add("RevokeSession", RevokeSession);
  table.Add("RevokeSessions", RevokeSessions);

  Table accounts(identity, server, "guildhall.identity.v1.AccountService");
  accounts.Add("GetAccount", GetAccount);
  accounts.Add("GetAccountByEmail", GetAccountByEmail);
  accounts.Add("ListAccounts", ListAccounts);
  accounts.Add("ListAdministrators", ListAdministrators);
  accounts.Add("GrantAdministrator", GrantAdministrator);
  accounts.Add("RevokeAdministrator", RevokeAdministrator);
  accounts.Add("ClaimAdministrator", ClaimAdministrator);
  accounts.Add("SuspendAccount", SuspendAccount);
  accounts.Add("ReactivateAccount", ReactivateAccount);

  Table tokens(identity, server, "guildhall.identity.v1.AccessTokenService");
  tokens.Add("CreateAccessToken", CreateAccessToken);
  tokens.Add("ListAccessTokens", ListAccessTokens);
  tokens.Add("RevokeAccessToken", RevokeAccessToken);

  Table passwords(identity, server, "guildhall.identity.v1.PasswordService");
  passwords.Add("BeginPasswordReset", BeginPasswordReset);
  passwords.Add("IssuePasswordReset", IssuePasswordReset);
  passwords.Add("FinishPasswordReset", FinishPasswordReset);
  passwords.Add("ListPasswordResets", ListPasswordResets);

  Table emails(identity, server, "guildhall.identity.v1.EmailChangeService");
  emails.Add("BeginEmailChange", BeginEmailChange);
  emails.Add("FinishEmailChange", FinishEmailChange);
  emails.Add("ChangeAccountEmail", ChangeAccountEmail);
  emails.Add("ListEmailChanges", ListEmailChanges);

  Table invitations(identity, server, "guildhall.identity.v1.AccountInvitationService");
  invitations.Add("CreateInvitation", CreateInvitation);
  invitations.Add("ListInvitations", ListInvitations);
  invitations.Add("RevokeInvitation", RevokeInvitation);

  Table internal(identity, server, "guildhall.identity.v1.InternalIdentityService");
  internal.Add("IssueTokens", IssueTokens);
  internal.AddInline("GetKeys", GetKeys);
  internal.Add("BatchGetSessionFacts", BatchGetSessionFacts);
  internal.Add("ListSuspendedAccounts", ListSuspendedAccounts);
}

}  // namespace guildhall::identity
