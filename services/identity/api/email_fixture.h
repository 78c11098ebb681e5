#pragma once

#include <string>

#include "services/identity/api/account_fixture.h"
#include "services/identity/workers/email_change_sender.h"
#include "services/identity/workers/letters_fixture.h"

namespace guildhall::identity {

// Accounts whose addresses change, where mail is sent.
struct TestEmails : TestAccounts {
  static constexpr char kBobsEmail[] = "bob@example.org";
  static constexpr char kNewEmail[] = "bob.king@example.org";
  static constexpr char kPage[] = "https://guildhall.example.org/email#";

  static IdentitySettings WithMail() {
    IdentitySettings settings = TestSettings();
    settings.mail_folder = "/nowhere";
    settings.email_page = kPage;
    return settings;
  }

  TestEmails() { answering = &with_mail.identity; }

  v1::BeginEmailChangeRequest Beginning(const std::string& email,
                                        const std::string& password = "") {
    v1::BeginEmailChangeRequest request;
    request.set_new_email(email);
    request.set_current_password(password);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::Status Begin(const v1::BeginEmailChangeRequest& request, Visitor& owner) {
    return AsMember(BeginEmailChange, request, owner).status();
  }
  absl::Status Begin(const std::string& email, Visitor& owner) {
    return Begin(Beginning(email), owner);
  }
  v1::FinishEmailChangeRequest Finishing(const std::string& secret) {
    v1::FinishEmailChangeRequest request;
    request.set_secret(secret);
    request.set_request_id(NewRequestId());
    return request;
  }
  absl::StatusOr<v1::Account> Finish(const v1::FinishEmailChangeRequest& request, Visitor& owner) {
    return AsMember(FinishEmailChange, request, owner);
  }
  absl::StatusOr<v1::Account> Finish(const std::string& secret, Visitor& owner) {
    return Finish(Finishing(secret), owner);
  }
  v1::ListEmailChangesResponse List(Visitor& owner) {
    return *AsMember(ListEmailChanges, v1::ListEmailChangesRequest(), owner);
  }
  int Send() { return *sender.RunOnce(clock.Now()); }
  // What the letter that was put down last says.
  std::string Sent() { return SecretAfter(kPage, box.letters.back()); }
  // The secret of a change that an owner has begun, out of the letter.
  std::string SecretFor(const std::string& email, Visitor& owner) {
    GUILDHALL_CHECK(Begin(email, owner).ok());
    GUILDHALL_CHECK(Send() == 1);
    return Sent();
  }
  std::string EmailOf(const Visitor& whose) {
    return Ask("SELECT email FROM accounts WHERE id = '" + whose.caller.member.ToString() + "'");
  }

  TestProcess with_mail{database, clock, WithMail()};
  LettersInMemory box;
  EmailChangeSender sender{*database, with_mail.master_key, box, kPage};
};

}  // namespace guildhall::identity
