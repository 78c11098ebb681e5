#include "services/identity/settings.h"

#include <catch2/catch.hpp>
#include <functional>

namespace guildhall::identity {
namespace {

TEST_CASE("the defaults of identity make sense") { CHECK(IdentitySettings().Check().ok()); }

TEST_CASE("settings of identity that cannot work are refused at start") {
  const std::function<void(IdentitySettings&)> faults[] = {
      [](IdentitySettings& s) { s.password_min_length = 7; },
      [](IdentitySettings& s) { s.password_memory = KiB(1); },
      [](IdentitySettings& s) { s.password_passes = 0; },
      [](IdentitySettings& s) { s.password_checks = 0; },
      [](IdentitySettings& s) { s.password_waiting = 5; },
      [](IdentitySettings& s) { s.server.workers = 4; },
      [](IdentitySettings& s) { s.session_idle = absl::Seconds(1); },
      [](IdentitySettings& s) { s.session_absolute = absl::Hours(1); },
      [](IdentitySettings& s) { s.mail_folder = "/var/spool/guildhall"; },
      [](IdentitySettings& s) { s.first_administrator_file = "first"; },
      [](IdentitySettings& s) { s.token_issuer = ""; }};
  for (const auto& fault : faults) {
    IdentitySettings settings;
    fault(settings);
    CHECK_FALSE(settings.Check().ok());
  }
}

TEST_CASE("settings of identity are read by their names, secrets from the environment") {
  IdentitySettings settings;
  settings::Schema schema;
  settings.Describe(schema);
  const absl::Status status = schema.Load(
      {.arguments = {"--sign_up_open=true", "--employee_domains=example.org,example.com"},
       .environment = {{"GUILDHALL_MASTER_KEY", "x"}}});
  CHECK(status.ToString() == "OK");
  CHECK(settings.sign_up_open);
  CHECK(settings.employee_domains.size() == 2);
  CHECK(settings.master_key.Reveal() == "x");
}

}  // namespace
}  // namespace guildhall::identity
