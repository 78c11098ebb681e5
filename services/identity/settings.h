#pragma once

#include <string>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"
#include "libs/service/backend.h"
#include "libs/settings/schema.h"
#include "services/identity/domain/session.h"

namespace guildhall::identity {

// What an operator decides about identity, beside what every service has.
struct IdentitySettings : service::BackendSettings {
  // Whether strangers may open accounts. Closed by default, because addresses are not verified yet:
  // with an open sign-up whoever names an address in employee_domains counts as an employee.
  bool sign_up_open = false;

  // Domains of e-mail addresses whose owners are employees; everybody else is external.
  std::vector<std::string> employee_domains;

  // NIST SP 800-63B-4 section 3.1.1.2: 15 characters where the password is the only factor.
  int password_min_length = 15;

  // argon2id's cost; the defaults are OWASP's least, about 60 ms of a core.
  Bytes password_memory = MiB(19);
  int password_passes = 2;

  // Hashes at once and callers waiting: a core each on a small machine, and a second of waiting.
  // Together fewer than the engine's workers.
  int password_checks = 2;
  int password_waiting = 4;

  // Mixed into passwords before hashing, so that a stolen database alone cannot be guessed against.
  // May be set later: old hashes are replaced as people sign in. Must never be lost or changed.
  settings::Secret password_pepper;

  // 32 random bytes in base64url. Seals the signing keys in the database and keys fingerprints.
  settings::Secret master_key;

  // NIST SP 800-63B-4 section 2.1.3 suggests 30 days in all; two weeks without use span a holiday.
  absl::Duration session_idle = absl::Hours(24 * 14);
  absl::Duration session_absolute = absl::Hours(24 * 30);

  // Where letters are put for the machine's mail system, a file each; none: no mail is sent.
  std::string mail_folder;

  // The address that they come from.
  std::string mail_sender;

  // The page that shows a reset's form; its secret is appended. A setting, because the Host header
  // of a call is anybody's to choose.
  std::string reset_page;

  // The same for changes of an address; none: administrators change them.
  std::string email_page;

  bool sends_email_changes() const { return !mail_folder.empty() && !email_page.empty(); }

  // The same for invitations, the page that shows the form of SignUp; none: no invitation is sent.
  std::string invitation_page;

  bool sends_invitations() const { return !mail_folder.empty() && !invitation_page.empty(); }

  // Where a link for the first administrator is put while there is no account, for the operator;
  // none: the operator has a secret printed.
  std::string first_administrator_file;

  // The page that shows the form of SignUp to whoever comes by that link; its secret is appended.
  std::string administrator_page;

  SessionLimits session_limits() const { return {session_idle, session_absolute}; }

  void Describe(settings::Schema& schema);

  // Whether the values make sense together. Fails with INVALID_ARGUMENT and a sentence for people.
  absl::Status Check() const;
};

}  // namespace guildhall::identity
