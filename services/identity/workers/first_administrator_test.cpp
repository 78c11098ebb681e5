// How the first administrator of a new deployment is made: by a file beside the service.
#include "services/identity/workers/first_administrator.h"

#include <unistd.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <memory>
#include <thread>

#include "guildhall/change/v1/change.pb.h"
#include "services/identity/api/identity_fixture.h"
#include "services/identity/api/issue_administrator_secret.h"
#include "services/identity/domain/limits.h"
#include "services/identity/store/secret.h"

namespace guildhall::identity {
namespace {

namespace fs = std::filesystem;
constexpr char kPage[] = "https://guildhall.example.org/administrator#";

// A deployment without an account.
struct Fresh : TestIdentity {
  Fresh() { fs::create_directory(folder); }
  ~Fresh() { fs::remove_all(folder); }

  bool Run() { return *first.RunOnce(clock.Now()); }
  // What stands behind the page in the file; empty without one.
  std::string Secret() {
    std::ifstream in(file);
    std::string text{std::istreambuf_iterator<char>(in), {}};
    if (text.empty()) return "";
    CHECK(text.starts_with(kPage));
    CHECK(text.back() == '\n');
    return text.substr(std::size(kPage) - 1, text.size() - std::size(kPage));
  }
  absl::StatusOr<v1::Account> Claim(Visitor& visitor, const std::string& secret) {
    v1::ClaimAdministratorRequest request;
    request.set_secret(secret);
    request.set_request_id(NewRequestId());
    return AsMember(ClaimAdministrator, request, visitor);
  }
  int Issued() { return Changes(change::v1::KIND_ADMINISTRATOR_SECRET_ISSUED); }

  const fs::path folder = fs::temp_directory_path() / ("first-" + std::to_string(getpid()));
  const fs::path file = folder / "link";
  FirstAdministrator first{*database, process.random, file, kPage};
};

TEST_CASE_METHOD(Fresh, "whoever comes by the link signs up and administers; then it is gone") {
  CHECK(Run());
  CHECK(fs::status(file).permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  const std::string secret = Secret();
  CHECK_FALSE(Run());
  CHECK(Secret() == secret);
  Visitor ada = Ada();
  // It holds until it is used, also where the account was opened by it.
  CHECK_FALSE(Run());
  CHECK(Secret() == secret);
  CHECK(Claim(ada, secret)->administrator());
  CHECK_FALSE(Run());
  CHECK_FALSE(fs::exists(file));
  CHECK(Issued() == 1);
  Visitor bob = Join("bob@example.org");
  CHECK(Is(Claim(bob, secret).status(), reasons::kSecretSpent));
}

TEST_CASE_METHOD(Fresh, "a link that ran out unused makes room for another") {
  REQUIRE(Run());
  const std::string old = Secret();
  clock.Advance(kFirstAdministratorLife);
  CHECK(Run());
  CHECK(Secret() != old);
  Visitor ada = Ada();
  CHECK(Is(Claim(ada, old).status(), reasons::kSecretSpent));
  CHECK(Claim(ada, Secret()).ok());
}

TEST_CASE_METHOD(Fresh, "an account that does not administer is no reason to have no link") {
  Visitor ada = Ada();
  CHECK(Run());
  CHECK(Claim(ada, Secret()).ok());
}

TEST_CASE_METHOD(Fresh, "where somebody administers, or may by an operator, there is no link") {
  const auto secret = IssueAdministratorSecret(*database, process.random, clock.Now());
  CHECK_FALSE(Run());
  CHECK_FALSE(fs::exists(file));
  Visitor ada = Ada();
  REQUIRE(Claim(ada, *secret).ok());
  clock.Advance(kAdministratorSecretLife);
  CHECK_FALSE(Run());
  CHECK_FALSE(fs::exists(file));
}

TEST_CASE_METHOD(Fresh, "of several processes that start at once one puts a file down") {
  constexpr int kProcesses = 4;
  std::vector<std::unique_ptr<FirstAdministrator>> processes;
  std::vector<std::thread> threads;
  std::atomic<int> issued = 0;
  for (int i = 0; i < kProcesses; ++i) {
    processes.push_back(std::make_unique<FirstAdministrator>(*database, SystemRandom(),
                                                             folder / std::to_string(i), kPage));
  }
  for (auto& each : processes) {
    threads.emplace_back([&] {
      const auto done = each->RunOnce(clock.Now());
      issued += done.ok() && *done ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  CHECK(issued == 1);
  CHECK(std::distance(fs::directory_iterator(folder), {}) == 1);
  CHECK(Ask("SELECT count(*) FROM one_time_secrets") == "1");
}

TEST_CASE_METHOD(Fresh, "without a place for the file no secret is issued, and it is tried again") {
  fs::remove_all(folder);
  CHECK(absl::IsUnavailable(first.RunOnce(clock.Now()).status()));
  CHECK(Ask("SELECT count(*) FROM one_time_secrets") == "0");
  fs::create_directory(folder);
  CHECK(Run());
}

TEST_CASE_METHOD(Fresh, "a file whose secret was never committed makes room for another") {
  std::ofstream(file) << kPage << NewSecret(SecretKind::kAdministrator, process.random) << "\n";
  const std::string lost = Secret();
  CHECK(Run());
  CHECK(Secret() != lost);
  Visitor ada = Ada();
  CHECK(Claim(ada, Secret()).ok());
}

}  // namespace
}  // namespace guildhall::identity
