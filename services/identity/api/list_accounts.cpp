#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/text.h"
#include "libs/rpc/page.h"
#include "services/identity/api/convert.h"
#include "services/identity/api/identity.h"
#include "services/identity/domain/limits.h"
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
  GUILDHALL_ASSIGN(std::string beginning,
                   TidyText("beginning", request.beginning(), kAccountBeginning));
  if (!beginning.empty() && request.order() == v1::ACCOUNT_ORDER_NEWEST) {
    return WrongField("order", "is by name where a beginning is asked for");
  }
  return AccountFilter{.state = static_cast<AccountState>(request.state()),
                       .affiliation = static_cast<Affiliation>(request.affiliation()),
                       .order = request.order() == v1::ACCOUNT_ORDER_NEWEST ? AccountOrder::kNewest
                                                                            : AccountOrder::kName,
                       .beginning = std::move(beginning)};
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

std::string BytesOf(const FoundPosition& position) {
  return resources::PositionWriter()
      .Number(static_cast<std::int64_t>(position.part))
      .Text(position.term)
      .Id(position.id.uuid())
      .Take();
}

FoundPosition FoundPositionFrom(const rpc::Page& page) {
  FoundPosition position;
  if (page.first()) return position;
  resources::PositionReader reader = page.position();
  position.part = static_cast<FoundPosition::Part>(reader.Number());
  position.term = reader.Text();
  position.id = MemberId(reader.Id());
  return position;
}

absl::StatusOr<v1::ListAccountsResponse> ListBeginning(Identity& identity, const rpc::Call& call,
                                                       const v1::ListAccountsRequest& request,
                                                       const AccountFilter& filter) {
  rpc::PageSize size = kPageSize;
  size.most = kMaxFoundAccounts;
  // Positions of lists without a beginning hold other fields, also where an older version, which
  // knows of no beginning, has made them for the same request.
  constexpr int kRevision = 1;
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(identity.page_tokens, call, request, size, kRevision));
  GUILDHALL_ASSIGN(FoundAccounts found,
                   FindAccountsBeginning(identity.database, call.context(), call.grant(), filter,
                                         FoundPositionFrom(page), page.to_fetch()));
  v1::ListAccountsResponse response;
  std::string next =
      page.Cut(found.accounts, [](const FoundAccount& each) { return BytesOf(each.position); });
  if (next.empty() && found.rest) next = page.Seal(BytesOf(*found.rest));
  response.set_next_page_token(std::move(next));
  for (const FoundAccount& each : found.accounts) {
    *response.add_accounts() = ToAdministrators(each.account);
  }
  return response;
}

}  // namespace

absl::StatusOr<v1::ListAccountsResponse> ListAccounts(Identity& identity, const rpc::Call& call,
                                                      const v1::ListAccountsRequest& request) {
  GUILDHALL_ASSIGN(const AccountFilter filter, FilterFrom(request));
  if (!filter.beginning.empty()) return ListBeginning(identity, call, request, filter);
  GUILDHALL_ASSIGN(const rpc::Page page,
                   rpc::Page::Of(identity.page_tokens, call, request, kPageSize));
  GUILDHALL_ASSIGN(std::vector<Account> accounts,
                   FindAccounts(identity.database, call.context(), call.grant(), filter,
                                PositionFrom(page), page.to_fetch()));
  v1::ListAccountsResponse response;
  response.set_next_page_token(page.Cut(accounts, PositionOf));
  for (const Account& account : accounts) *response.add_accounts() = ToAdministrators(account);
  return response;
}

}  // namespace guildhall::identity
