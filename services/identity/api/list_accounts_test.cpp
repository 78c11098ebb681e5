// How administrators find accounts: page by page, and by address.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "libs/feeds/wire.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

namespace common = policy::reasons;
using Names = std::vector<std::string>;

// Ada, who administers, Bob, and whoever else is there.
struct Lists : TestAccounts {
  Lists() { Call("Bob", "bob@example.org"); }

  Visitor JoinAs(const std::string& name, const std::string& email) {
    clock.Advance(absl::Minutes(1));
    Visitor visitor = Join(email);
    Call(name, email);
    return visitor;
  }
  void Call(const std::string& name, const std::string& email) {
    database.Run("UPDATE accounts SET display_name = '" + name + "' WHERE email = '" + email + "'");
  }
  absl::StatusOr<v1::ListAccountsResponse> List(const v1::ListAccountsRequest& request) {
    return AsAdministrator(ListAccounts, request, ada);
  }
  // The names of all pages of two.
  Names Listed(v1::ListAccountsRequest request = {}) {
    Names names;
    request.set_page_size(2);
    do {
      const auto page = List(request);
      REQUIRE(page.ok());
      CHECK(page->accounts_size() <= 2);
      for (const v1::Account& account : page->accounts()) names.push_back(account.display_name());
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    return names;
  }
  Names Listed(v1::AccountState state, v1::Affiliation affiliation = v1::AFFILIATION_UNSPECIFIED) {
    v1::ListAccountsRequest request;
    request.set_state(state);
    request.set_affiliation(affiliation);
    return Listed(request);
  }
  absl::StatusOr<v1::Account> LookUp(const std::string& email, Visitor& by) {
    v1::GetAccountByEmailRequest request;
    request.set_email(email);
    return AsAdministrator(GetAccountByEmail, request, by);
  }
  std::vector<std::string> Suspended(const std::string& after = "") {
    v1::ListSuspendedAccountsRequest request;
    request.set_after_id(after);
    const auto page = AsService(ListSuspendedAccounts, request);
    REQUIRE(page.ok());
    return {page->account_ids().begin(), page->account_ids().end()};
  }
};

TEST_CASE_METHOD(Lists, "accounts are listed by name, without regard to case") {
  JoinAs("émile", "emile@example.org");
  JoinAs("Zoe", "zoe@bakery.example");
  JoinAs("dora", "dora@example.org");
  CHECK(Listed() == Names{"Ada", "Bob", "dora", "émile", "Zoe"});
}

TEST_CASE_METHOD(Lists, "accounts are listed by age, the newest first") {
  JoinAs("Zoe", "zoe@bakery.example");
  JoinAs("Cem", "cem@example.org");
  v1::ListAccountsRequest request;
  request.set_order(v1::ACCOUNT_ORDER_NEWEST);
  const Names newest = Listed(request);
  REQUIRE(newest.size() == 4);
  CHECK(newest[0] == "Cem");
  CHECK(newest[1] == "Zoe");
}

TEST_CASE_METHOD(Lists, "people of one name are each listed once, in either order") {
  for (int i = 0; i < 5; ++i) {
    Join("twin" + std::to_string(i) + "@example.org");
    Join("twin" + std::to_string(i) + "@bakery.example");
  }
  for (const v1::AccountOrder order : {v1::ACCOUNT_ORDER_NAME, v1::ACCOUNT_ORDER_NEWEST}) {
    v1::ListAccountsRequest request;
    request.set_page_size(3);
    request.set_order(order);
    std::map<std::string, int> seen;
    do {
      const auto page = List(request);
      REQUIRE(page.ok());
      for (const v1::Account& account : page->accounts()) ++seen[account.email()];
      request.set_page_token(page->next_page_token());
    } while (!request.page_token().empty());
    CHECK(seen.size() == 12);
    for (const auto& [email, times] : seen) CHECK(times == 1);
  }
}

TEST_CASE_METHOD(Lists, "accounts are listed by whether they may be used and whose they are") {
  const Visitor zoe = JoinAs("Zoe", "zoe@bakery.example");
  JoinAs("Yan", "yan@bakery.example");
  REQUIRE(Suspend(bob, ada).ok());
  REQUIRE(Suspend(zoe, ada).ok());
  CHECK(Listed(v1::ACCOUNT_STATE_ACTIVE) == Names{"Ada", "Yan"});
  CHECK(Listed(v1::ACCOUNT_STATE_SUSPENDED) == Names{"Bob", "Zoe"});
  CHECK(Listed(v1::ACCOUNT_STATE_UNSPECIFIED, v1::AFFILIATION_EXTERNAL) == Names{"Yan", "Zoe"});
  CHECK(Listed(v1::ACCOUNT_STATE_SUSPENDED, v1::AFFILIATION_EMPLOYEE) == Names{"Bob"});
  REQUIRE(Reactivate(bob, ada).ok());
  CHECK(Listed(v1::ACCOUNT_STATE_SUSPENDED) == Names{"Zoe"});
}

TEST_CASE_METHOD(Lists, "a list shows of an account what GetAccount shows, in the same words") {
  v1::GetAccountRequest request;
  request.set_member(resources::Name(bob.caller.member));
  const auto bobs = AsAdministrator(GetAccount, request, ada);
  CHECK(List({})->accounts(1).SerializeAsString() == bobs->SerializeAsString());
  CHECK(LookUp("bob@example.org", ada)->SerializeAsString() == bobs->SerializeAsString());
}

TEST_CASE_METHOD(Lists, "an account is found by its address, however that is written") {
  CHECK(LookUp("BOB@Example.ORG", ada)->display_name() == "Bob");
  CHECK(LookUp("nobody@example.org", ada).status() == access::NotFound());
  for (const std::string& wrong : {std::string(), std::string("bob"), std::string("b%@example.org"),
                                   std::string(1 << 16, 'a')}) {
    const absl::Status refused = LookUp(wrong, ada).status();
    CHECK((Is(refused, common::kFieldInvalid) || refused == access::NotFound()));
  }
}

TEST_CASE_METHOD(Lists, "only administrators find accounts") {
  CHECK(Is(LookUp(kAdasEmail, bob).status(), common::kNotPermitted));
  CHECK(Is(LookUp("nobody@example.org", bob).status(), common::kNotPermitted));
  CHECK(Is(AsAdministrator(ListAccounts, v1::ListAccountsRequest(), bob).status(),
           common::kNotPermitted));
}

TEST_CASE_METHOD(Lists, "a page token is good for its list, its order and its caller") {
  JoinAs("Cem", "cem@example.org");
  v1::ListAccountsRequest request;
  request.set_page_size(1);
  request.set_page_token(List(request)->next_page_token());
  CHECK(List(request)->accounts(0).display_name() == "Bob");
  v1::ListAccountsRequest newest = request;
  newest.set_order(v1::ACCOUNT_ORDER_NEWEST);
  CHECK(Is(List(newest).status(), common::kPageTokenInvalid));
  v1::ListAccountsRequest externals = request;
  externals.set_affiliation(v1::AFFILIATION_EXTERNAL);
  CHECK(Is(List(externals).status(), common::kPageTokenInvalid));
  REQUIRE(Grant(bob, ada).ok());
  CHECK(Is(AsAdministrator(ListAccounts, request, bob).status(), common::kPageTokenInvalid));
  for (const char* forged : {"x", "AAAA", "=="}) {
    request.set_page_token(forged);
    CHECK(Is(List(request).status(), common::kPageTokenInvalid));
  }
}

TEST_CASE_METHOD(Lists, "accounts are found by how their name begins, or their address") {
  JoinAs("Zoe Quist", "quist@bakery.example");
  JoinAs("Quentin", "z@example.org");
  JoinAs("QUINN", "quinn@example.org");
  JoinAs("Émile", "quiet@example.org");
  JoinAs("Quéré", "b@example.org");
  JoinAs("Otto", "qu@example.org");
  const auto found = [&](const std::string& beginning) {
    v1::ListAccountsRequest request;
    request.set_beginning(beginning);
    return Listed(request);
  };
  CHECK(found("qu") == Names{"Quentin", "QUINN", "Quéré", "Otto", "Émile", "Zoe Quist"});
  CHECK(found("  QUI ") == Names{"QUINN", "Émile", "Zoe Quist"});
  CHECK(found("Quinn@") == Names{"QUINN"});
  CHECK(found("éM") == Names{"Émile"});
  CHECK(found("zoe quist") == Names{"Zoe Quist"});
  CHECK(found("quist@bakery.example") == Names{"Zoe Quist"});
  for (const char* none : {"uinn", "quinns", "%", "_", "qu%", "\\", "'", "@"}) {
    CHECK(found(none).empty());
  }
}

TEST_CASE_METHOD(Lists, "a beginning is asked for together with state and affiliation") {
  const Visitor zoe = JoinAs("Bo", "bo@bakery.example");
  JoinAs("Bea", "bea@example.org");
  REQUIRE(Suspend(bob, ada).ok());
  v1::ListAccountsRequest request;
  request.set_beginning("b");
  CHECK(Listed(request) == Names{"Bea", "Bo", "Bob"});
  request.set_state(v1::ACCOUNT_STATE_ACTIVE);
  CHECK(Listed(request) == Names{"Bea", "Bo"});
  request.set_affiliation(v1::AFFILIATION_EXTERNAL);
  CHECK(Listed(request) == Names{"Bo"});
  request.set_state(v1::ACCOUNT_STATE_SUSPENDED);
  CHECK(Listed(request).empty());
}

TEST_CASE_METHOD(Lists, "of many who begin alike each is found once, over all pages") {
  for (int i = 0; i < 7; ++i) {
    const std::string number = std::to_string(i);
    JoinAs("Twin", "twin" + number + "@example.org");
    JoinAs("Other " + number, "twin.other" + number + "@bakery.example");
  }
  v1::ListAccountsRequest request;
  request.set_beginning("twin");
  const Names names = Listed(request);
  CHECK(names.size() == 14);
  CHECK(std::ranges::count(names, "Twin") == 7);
  CHECK(std::set<std::string>(names.begin() + 7, names.end()).size() == 7);
  request.set_page_size(1000);
  CHECK(List(request)->next_page_token().empty());
}

TEST_CASE_METHOD(Lists, "a page of those who begin alike may be short, or empty, and go on") {
  // Name and address of 205 begin alike, and so many addresses stand before those of Yan and Zoe.
  database.Run(
      "INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, "
      "create_time) SELECT gen_random_uuid(), 'twin' || lpad(n::text, 3, '0') || '@x.example', "
      "'Twin', 1 + n % 2, 'x', '', now() FROM generate_series(1, 205) n");
  JoinAs("Yan", "twin100a@bakery.example");
  JoinAs("Zoe", "twin300@bakery.example");
  v1::ListAccountsRequest request;
  request.set_beginning("twin");
  request.set_page_size(50);
  Names others;
  std::vector<int> sizes;
  do {
    const auto page = List(request);
    REQUIRE(page.ok());
    sizes.push_back(page->accounts_size());
    for (const v1::Account& account : page->accounts()) {
      if (account.display_name() != "Twin") others.push_back(account.display_name());
    }
    request.set_page_token(page->next_page_token());
  } while (!request.page_token().empty());
  CHECK(sizes == std::vector<int>{50, 50, 50, 50, 5, 1, 1});
  CHECK(others == Names{"Yan", "Zoe"});
}

TEST_CASE_METHOD(Lists, "what no name begins with, or has no end, is refused by its field") {
  v1::ListAccountsRequest newest, endless, broken;
  newest.set_beginning("a");
  newest.set_order(v1::ACCOUNT_ORDER_NEWEST);
  endless.set_beginning(std::string(255, 'a'));
  broken.set_beginning("a\xE2\x80\xAE");
  for (const auto& request : {newest, endless, broken}) {
    CHECK(Is(List(request).status(), common::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Lists, "what the contract does not know is not asked for") {
  v1::ListAccountsRequest state, affiliation, order, size;
  state.set_state(static_cast<v1::AccountState>(3));
  affiliation.set_affiliation(static_cast<v1::Affiliation>(-1));
  order.set_order(static_cast<v1::AccountOrder>(9));
  size.set_page_size(-1);
  for (const auto& request : {state, affiliation, order, size}) {
    CHECK(Is(List(request).status(), common::kFieldInvalid));
  }
}

TEST_CASE_METHOD(Lists, "other services are told who is suspended, a page at a time") {
  CHECK(Suspended().empty());
  REQUIRE(Suspend(bob, ada).ok());
  const std::string bobs = feeds::BytesOf(bob.caller.member.uuid());
  CHECK(Suspended() == std::vector<std::string>{bobs});
  CHECK(Suspended(bobs).empty());
  v1::ListSuspendedAccountsRequest request;
  request.set_after_id("fifteen bytes..");
  CHECK(Is(AsService(ListSuspendedAccounts, request).status(), common::kFieldInvalid));
  database.Run(
      "INSERT INTO accounts (id, email, display_name, affiliation, password_hash, pepper_id, "
      "create_time, suspend_time) SELECT gen_random_uuid(), n || '@x.example', 'X', 2, 'x', '', "
      "now(), now() FROM generate_series(1, 1000) n");
  std::vector<std::string> all = Suspended();
  REQUIRE(all.size() == kSuspendedAccountsAPage);
  CHECK(std::is_sorted(all.begin(), all.end()));
  CHECK(Suspended(all.back()).size() == 1);
}

}  // namespace
}  // namespace guildhall::identity
