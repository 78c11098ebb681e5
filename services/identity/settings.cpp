#include "services/identity/settings.h"

#include "absl/strings/str_cat.h"

namespace guildhall::identity {
namespace {

// Of the engine's workers these stay free of passwords, so that sessions are answered for always.
constexpr int kWorkersLeft = 2;

absl::Status Wrong(std::string text) { return absl::InvalidArgumentError(std::move(text)); }

}  // namespace

void IdentitySettings::Describe(settings::Schema& schema) {
  BackendSettings::Describe(schema);
  schema.Add("sign_up_open", &sign_up_open,
             "Whether strangers may open accounts. Addresses are not verified yet: when open, "
             "whoever names an address in employee_domains counts as an employee.");
  schema.Add("employee_domains", &employee_domains,
             "Domains of e-mail addresses whose owners are employees, such as example.org.");
  schema.Add("password_min_length", &password_min_length,
             "Characters of a password; NIST SP 800-63B-4 asks for 15 where it is the only "
             "factor.");
  schema.Add("password_memory", &password_memory,
             "Memory of one argon2id hash; OWASP's least is 19MiB.");
  schema.Add("password_passes", &password_passes, "Passes of argon2id; OWASP's least is 2.");
  schema.Add("password_checks", &password_checks,
             "Passwords hashed at once; each takes a core and password_memory.");
  schema.Add("password_waiting", &password_waiting,
             "Callers waiting to have a password hashed; others are told to come back. With "
             "password_checks at least 2 fewer than the engine's workers.");
  schema.Add("password_pepper", &password_pepper,
             "Mixed into passwords before hashing; empty: none. May be set later, must not be "
             "changed or lost.");
  schema.Add("mail_folder", &mail_folder,
             "Folder where letters (RFC 5322, a file each) are put for the machine's mail system; "
             "empty: no mail is sent, administrators hand secrets over.");
  schema.Add("mail_sender", &mail_sender, "Address that letters come from; due with mail_folder.");
  schema.Add("reset_page", &reset_page,
             "Page for another password, to which a reset's secret is appended, such as "
             "https://guildhall.example.org/reset#; due with mail_folder.");
  schema.Add("email_page", &email_page,
             "Page for another address, to which the secret that was sent there is appended, such "
             "as https://guildhall.example.org/email#; empty: administrators change addresses.");
  schema.Add("invitation_page", &invitation_page,
             "Page for opening an account, to which an invitation's secret is appended, such as "
             "https://guildhall.example.org/invitation#; empty: invitations are not sent.");
  schema.Add("first_administrator_file", &first_administrator_file,
             "File for this process's user alone with a link for the first administrator, while "
             "nobody administers; empty: issue-administrator-secret prints a secret.");
  schema.Add("administrator_page", &administrator_page,
             "Page for the first administrator, to which the secret is appended, such as "
             "https://guildhall.example.org/administrator#; empty: the file holds the secret "
             "alone.");
  schema.Add("master_key", &master_key,
             "32 random bytes in base64url that seal the signing keys in the database.");
  schema.Add("session_idle", &session_idle, "A session ends after this long without use.");
  schema.Add("session_absolute", &session_absolute, "A session ends after this long in all.");
}

absl::Status IdentitySettings::Check() const {
  if (password_min_length < 8 || password_min_length > 64) {
    return Wrong("The setting password_min_length is between 8 and 64.");
  }
  if (password_memory < KiB(8) || password_memory > MiB(1024) || password_passes < 1 ||
      password_passes > 100) {
    return Wrong("password_memory is between 8KiB and 1024MiB, password_passes from 1 to 100.");
  }
  if (password_checks < 1 || password_waiting < 0 ||
      password_checks + password_waiting > server.workers - kWorkersLeft) {
    return Wrong(absl::StrCat("password_checks (", password_checks, ") and password_waiting (",
                              password_waiting, ") leave less than ", kWorkersLeft, " of the ",
                              server.workers, " workers free: raise `workers` or lower them."));
  }
  if (session_idle < absl::Minutes(5) || session_absolute < session_idle) {
    return Wrong("session_idle is 5 minutes at least, session_absolute no less than it.");
  }
  if (!mail_folder.empty() && (mail_sender.empty() || reset_page.empty())) {
    return Wrong("With mail_folder, mail_sender and reset_page are due.");
  }
  if (!first_administrator_file.empty() && first_administrator_file[0] != '/') {
    return Wrong("first_administrator_file is a path from the root, such as /run/guildhall/first.");
  }
  if (token_issuer.empty()) return Wrong("The setting token_issuer is empty.");
  return absl::OkStatus();
}

}  // namespace guildhall::identity
