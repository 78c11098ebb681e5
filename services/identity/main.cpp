// Identity: accounts, sign-in, sessions, tokens and their keys.
#include "libs/service/main.h"

#include "changelog/migrations.h"
#include "feeds/migrations.h"
#include "idempotency/migrations.h"
#include "identity/migrations.h"
#include "libs/base/random.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_owner.h"
#include "libs/service/backend.h"
#include "libs/service/periodic.h"
#include "services/identity/api/identity.h"
#include "services/identity/api/issue_administrator_secret.h"
#include "services/identity/api/own_facts.h"
#include "services/identity/settings.h"
#include "services/identity/workers/email_change_sender.h"
#include "services/identity/workers/first_administrator.h"
#include "services/identity/workers/invitation_sender.h"
#include "services/identity/workers/key_rotation.h"
#include "services/identity/workers/letter_box.h"
#include "services/identity/workers/reset_sender.h"
#include "services/identity/workers/session_use_writer.h"
#include "services/identity/workers/suspension_ender.h"
#include "services/identity/workers/upkeep.h"

namespace guildhall::identity {
namespace {

// Its parts in the order in which they need each other.
class IdentityProcess final : public service::Running {
 public:
  IdentityProcess(const IdentitySettings& settings, MasterKey master_key,
                  std::unique_ptr<service::Backend> backend)
      : settings_(settings),
        master_key_(std::move(master_key)),
        backend_(std::move(backend)),
        server_(backend_->queue(), settings.server, backend_->PartsFor(facts_, own_keys_)) {
    Register(identity_, server_);
    backend_->RegisterOn(server_);
    feeds::Register(access_, server_);
  }

  // Fails while there are no keys to sign with.
  absl::Status Start() {
    GUILDHALL_TRY(rotation_.RunOnce(SystemClock().Now()));
    GUILDHALL_TRY(server_.Start());
    periodic_ = std::make_unique<service::Periodic>(Tasks(), backend_->metrics());
    if (!settings_.mail_folder.empty()) {
      mail_ = std::make_unique<service::Periodic>(MailTasks(), backend_->metrics());
    }
    return absl::OkStatus();
  }

  std::string address() const override { return server_.address(); }

  void Drain(absl::Duration grace) override {
    access_.Close();
    server_.Drain(grace);
    // What cannot be written is a minute of idle time.
    use_writer_.RunOnce(SystemClock().Now()).IgnoreError();
  }

 private:
  std::vector<service::Periodic::Task> Tasks() {
    std::vector<service::Periodic::Task> tasks{
        {"rotate_keys", KeyRotation::kEvery,
         [this](absl::Time now) { return rotation_.RunOnce(now); }},
        {"write_session_uses", SessionUseWriter::kEvery,
         [this](absl::Time now) { return use_writer_.RunOnce(now).status(); }},
        {"end_suspensions", SuspensionEnder::kEvery,
         [this](absl::Time now) { return suspension_ender_.RunOnce(now).status(); }},
        {"upkeep", Upkeep::kEvery, [this](absl::Time now) { return upkeep_.RunOnce(now); }}};
    if (settings_.first_administrator_file.empty()) return tasks;
    tasks.push_back({"first_administrator", FirstAdministrator::kEvery,
                     [this](absl::Time now) { return first_.RunOnce(now).status(); }});
    return tasks;
  }

  // On a thread of their own: a disk that is slow to take a letter keeps no keys from rotating.
  std::vector<service::Periodic::Task> MailTasks() {
    std::vector<service::Periodic::Task> tasks;
    tasks.push_back({"send_resets", ResetSender::kEvery,
                     [this](absl::Time now) { return reset_sender_.RunOnce(now).status(); }});
    tasks.push_back({"send_email_letters", EmailChangeSender::kEvery,
                     [this](absl::Time now) { return email_sender_.RunOnce(now).status(); }});
    if (!settings_.sends_invitations()) return tasks;
    tasks.push_back({"send_invitations", InvitationSender::kEvery,
                     [this](absl::Time now) { return invitation_sender_.RunOnce(now).status(); }});
    return tasks;
  }

  const IdentitySettings& settings_;
  const MasterKey master_key_;
  std::unique_ptr<service::Backend> backend_;
  Passwords passwords_{{.cost = {settings_.password_memory, settings_.password_passes},
                        .pepper = Pepper(settings_.password_pepper.Reveal()),
                        .at_once = settings_.password_checks,
                        .waiting = settings_.password_waiting},
                       SystemRandom()};
  KeyRing ring_;
  access::KeySet own_keys_;
  SessionUses uses_;
  feeds::AccessOwner access_{backend_->postgres(), backend_->metrics()};
  Identity identity_{backend_->database(),
                     SystemRandom(),
                     settings_,
                     master_key_,
                     passwords_,
                     ring_,
                     uses_,
                     access_,
                     backend_->page_tokens()};
  OwnFacts facts_{backend_->database(), settings_.session_limits(), SystemClock()};
  KeyRotation rotation_{backend_->database(), master_key_, settings_.token_issuer,
                        SystemRandom(),       ring_,       own_keys_};
  SessionUseWriter use_writer_{backend_->database(), uses_};
  SuspensionEnder suspension_ender_{backend_->database()};
  Upkeep upkeep_{backend_->database()};
  FolderLetterBox letters_{settings_.mail_folder, settings_.mail_sender};
  ResetSender reset_sender_{backend_->database(), SystemRandom(), letters_, settings_.reset_page};
  EmailChangeSender email_sender_{backend_->database(), master_key_, letters_,
                                  settings_.email_page};
  InvitationSender invitation_sender_{backend_->database(), master_key_, letters_,
                                      settings_.invitation_page};
  FirstAdministrator first_{backend_->database(), SystemRandom(),
                            settings_.first_administrator_file, settings_.administrator_page};
  rpc::Server server_;
  std::unique_ptr<service::Periodic> periodic_, mail_;
};

absl::StatusOr<std::unique_ptr<service::Running>> Start(const IdentitySettings& settings,
                                                        telemetry::Metrics& metrics) {
  GUILDHALL_TRY(settings.Check());
  GUILDHALL_ASSIGN(MasterKey master_key, MasterKey::FromText(settings.master_key.Reveal()));
  const postgres::Component components[] = {{"idempotency", idempotency::kMigrations},
                                            {"changelog", changelog::kMigrations},
                                            {"feeds", feeds::kMigrations},
                                            {"identity", kMigrations}};
  GUILDHALL_ASSIGN(std::unique_ptr<service::Backend> backend,
                   service::Backend::Open("identity", settings, components, metrics));
  auto process =
      std::make_unique<IdentityProcess>(settings, std::move(master_key), std::move(backend));
  GUILDHALL_TRY(process->Start());
  return process;
}

absl::StatusOr<std::string> PrintAdministratorSecret(const IdentitySettings& settings) {
  GUILDHALL_ASSIGN(const auto database, postgres::Database::Open(settings.postgres));
  return IssueAdministratorSecret(*database, SystemRandom(), SystemClock().Now());
}

}  // namespace
}  // namespace guildhall::identity

int main(int argc, char** argv) {
  using namespace guildhall;
  identity::IdentitySettings settings;
  return service::Main(
      argc, argv,
      {.name = "identity",
       .describe = [&](settings::Schema& schema) { settings.Describe(schema); },
       .start = [&](telemetry::Metrics& metrics) { return identity::Start(settings, metrics); },
       .commands = {{.name = "issue-administrator-secret",
                     .meaning = "Prints a secret by which somebody who is signed in becomes an "
                                "administrator (ClaimAdministrator), once, within an hour.",
                     .run = [&] { return identity::PrintAdministratorSecret(settings); }}}});
}
