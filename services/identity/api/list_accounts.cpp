#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/rpc/page.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/store/account_store.h"

namespace guildhall::identity {
namespace {

constexpr rpc::PageSize kPageSize{.usual = 30, .most = 100};

absl::StatusOr<AccountFilter> FilterFrom(const v1::ListAccountsRequest& request) {
  if (!v1::AccountState_IsValid(request.state())) {
    return WrongField("state", "is one of the values of the contract");
  }
  if (!v1::Affiliation_IsValid(request.affiliation())) {
    return WrongField("affiliation", "is one of the values of the contract");
  }
  if (!v1::AccountOrder_IsValid(request.order())) {
    return WrongField("order", "is one of the values of the contract");
  }
  return AccountFilter{.state = static_cast<AccountState>(request.state()),
                       .affiliation = static_cast<Affiliation>(request.affiliation()),
                       .order = request.order() == v1::ACCOUNT_ORDER_NEWEST ? AccountOrder::kNewest
                                                                            : AccountOrder::kName};
}

// A position holds where an account stands in either order.
std::string PositionOf(const Account& account) {
  return resources::PositionWriter()
      .Text(account.display_name)
      .Time(account.create_time)
      .Id(account.id.uuid())
      .Take();
}

AccountPosition PositionFrom(const rpc::Page& page) {
  AccountPosition position;
  if (page.first()) return position;
  resources::PositionReader reader = page.position();
  position.display_name = reader.Text();
  position.create_time = reader.Time();
  position.id = MemberId(reader.Id());
  return position;
}

}  // namespace

absl::StatusOr<v1::ListAccountsResponse> ListAccounts(Identity& identity, const rpc::Call& call,
                                                      const v1::ListAccountsRequest& request) {
  GUILDHALL_ASSIGN(const AccountFilter filter, FilterFrom(request));
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(identity.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Account> accounts,
                   FindAccounts(identity.database, call.context(), call.grant(), filter,
                                PositionFrom(page), page.to_fetch()));
  v1::ListAccountsResponse response;
  response.set_next_page_token(page.Cut(accounts, PositionOf));
  for (const Account& account : accounts) *response.add_accounts() = ToProto(account);
  return response;
}

}  // namespace guildhall::identity
