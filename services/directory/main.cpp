// Directory: members, communities, memberships, and the facts from which all services decide.
#include "libs/service/main.h"

#include "absl/synchronization/notification.h"
#include "changelog/migrations.h"
#include "directory/migrations.h"
#include "feeds/migrations.h"
#include "idempotency/migrations.h"
#include "libs/base/random.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/access_owner.h"
#include "libs/feeds/access_watch.h"
#include "libs/feeds/change_source.h"
#include "libs/feeds/own_store.h"
#include "libs/feeds/remote_facts.h"
#include "libs/resources/names.h"
#include "libs/service/addresses.h"
#include "libs/service/backend.h"
#include "libs/service/periodic.h"
#include "services/directory/api/appoint_owner.h"
#include "services/directory/api/directory.h"
#include "services/directory/api/facts.h"
#include "services/directory/settings.h"
#include "services/directory/workers/community_word_filler.h"
#include "services/directory/workers/facet_filler.h"
#include "services/directory/workers/member_communities_reconciler.h"
#include "services/directory/workers/member_count_reconciler.h"
#include "services/directory/workers/proposal_ender.h"
#include "services/directory/workers/sanction_ender.h"
#include "services/directory/workers/suspension_follower.h"
#include "services/directory/workers/word_filler.h"

namespace guildhall::directory {
namespace {

// Its parts in the order in which they need each other.
class DirectoryProcess final : public service::Running {
 public:
  DirectoryProcess(const DirectorySettings& settings, std::unique_ptr<service::Backend> backend)
      : backend_(std::move(backend)),
        identity_(backend_->ClientOf("identity", settings.identity_address)),
        replies_(settings.cache, backend_->metrics(), backend_->Sharing()),
        follower_(backend_->Follow(replies_, LookAtChanges)),
        suspensions_(backend_->database(), SuspendedAccountsOf(*identity_),
                     {.producer = "identity",
                      .source = feeds::ReadChangesOf(*identity_),
                      .redis = settings.redis,
                      .metrics = backend_->metrics()}),
        server_(backend_->queue(), settings.server, backend_->PartsFor(facts_, keys_)) {
    Register(directory_, server_);
    backend_->RegisterOn(server_);
    feeds::Register(access_, server_);
  }

  absl::Status Start() { return server_.Start(); }
  std::string address() const override { return server_.address(); }
  void Drain(absl::Duration grace) override {
    access_.Close();
    server_.Drain(grace);
  }

 private:
  std::vector<service::Periodic::Task> Upkeep() {
    std::vector<service::Periodic::Task> tasks = backend_->Upkeep(keys_);
    tasks.push_back({"recount_members", absl::Minutes(1),
                     [this](absl::Time now) { return RecountMembers(now); }});
    tasks.push_back({"mend_member_communities", absl::Minutes(1),
                     [this](absl::Time now) { return MendMemberCommunities(now); }});
    tasks.push_back({"list_facet_values", FacetFiller::kEvery,
                     [this](absl::Time now) { return facet_filler_.RunOnce(now).status(); }});
    tasks.push_back({"fill_words", WordFiller::kEvery,
                     [this](absl::Time now) { return word_filler_.RunOnce(now).status(); }});
    tasks.push_back({"fill_community_words", CommunityWordFiller::kEvery, [this](absl::Time now) {
                       return community_word_filler_.RunOnce(now).status();
                     }});
    // So often because whoever may come back, or speak again, waits for it.
    tasks.push_back({"end_bans", absl::Seconds(1),
                     [this](absl::Time now) { return ban_ender_.RunOnce(now).status(); }});
    tasks.push_back({"end_mutes", absl::Seconds(1),
                     [this](absl::Time now) { return mute_ender_.RunOnce(now).status(); }});
    tasks.push_back({"end_proposals", absl::Minutes(1),
                     [this](absl::Time now) { return proposal_ender_.RunOnce(now).status(); }});
    return tasks;
  }

  absl::Status RecountMembers(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, reconciler_.RunOnce(now));
    mended_.Increment(mended);
    return absl::OkStatus();
  }

  absl::Status MendMemberCommunities(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, communities_reconciler_.RunOnce(now));
    mended_communities_.Increment(mended);
    return absl::OkStatus();
  }

  std::unique_ptr<service::Backend> backend_;
  std::unique_ptr<rpc::Client> identity_;
  access::KeySet keys_{feeds::FetchKeys(*identity_)};
  feeds::AccessOwner access_{backend_->postgres(), backend_->metrics()};
  cache::Replies replies_;
  Directory directory_{backend_->database(), SystemRandom(), backend_->page_tokens(), access_,
                       replies_};
  std::unique_ptr<cache::Follower> follower_;
  SuspensionFollower suspensions_;
  OwnStandings standings_{backend_->database()};
  feeds::RemoteFacts facts_{backend_->queue(), feeds::AskIdentity(*identity_), standings_.AsRead()};
  feeds::AccessWatch session_watch_{backend_->queue(), "identity", feeds::WatchOver(*identity_),
                                    facts_.known_sessions(), backend_->metrics()};
  feeds::AccessWatch standing_watch_{backend_->queue(), "directory", feeds::WatchWithin(access_),
                                     facts_.known_standings(), backend_->metrics()};
  MemberCountReconciler reconciler_{backend_->database()};
  MemberCommunitiesReconciler communities_reconciler_{backend_->database()};
  FacetFiller facet_filler_{backend_->database()};
  WordFiller word_filler_{backend_->database()};
  CommunityWordFiller community_word_filler_{backend_->database()};
  SanctionEnder ban_ender_{backend_->database(), SanctionKind::kBan};
  SanctionEnder mute_ender_{backend_->database(), SanctionKind::kMute};
  ProposalEnder proposal_ender_{backend_->database()};
  telemetry::Counter& mended_ = backend_->metrics().CounterOf(
      "guildhall_directory_mended_member_counts_total",
      "Communities whose member count was not that of their memberships: each one is a fault.");
  telemetry::Counter& mended_communities_ = backend_->metrics().CounterOf(
      "guildhall_directory_mended_member_communities_total",
      "Members that were not found by their communities, or by others: each one is a fault.");
  rpc::Server server_;
  service::Periodic upkeep_{Upkeep(), backend_->metrics()};
  // On a thread of its own: it waits for what comes.
  service::Periodic following_{{{"hear_of_suspensions", SuspensionFollower::kEvery,
                                 [this](absl::Time) { return suspensions_.RunOnce().status(); }}},
                               backend_->metrics()};
};

absl::StatusOr<std::unique_ptr<service::Running>> Start(const DirectorySettings& settings,
                                                        telemetry::Metrics& metrics) {
  const postgres::Component components[] = {{"idempotency", idempotency::kMigrations},
                                            {"changelog", changelog::kMigrations},
                                            {"feeds", feeds::kMigrations},
                                            {"directory", kMigrations}};
  GUILDHALL_TRY(service::CheckAddresses("identity_address", settings.identity_address));
  GUILDHALL_ASSIGN(std::unique_ptr<service::Backend> backend,
                   service::Backend::Open("directory", settings, components, metrics));
  auto process = std::make_unique<DirectoryProcess>(settings, std::move(backend));
  GUILDHALL_TRY(process->Start());
  return process;
}

// What the operator names.
struct Appointment {
  std::string community, member;

  void Describe(settings::Schema& schema) {
    schema.Add("community", &community, "The community, such as communities/0190a5b2-….");
    schema.Add("member", &member, "Who is to own it, such as members/0190a5b2-….");
  }
};

// Answers once every service decides by it.
absl::StatusOr<std::string> Appoint(const DirectorySettings& settings, const Appointment& asked) {
  const auto community = resources::ParseCommunity("community", asked.community);
  const auto member = resources::ParseMember("member", asked.member);
  if (!community.ok() || !member.ok()) {
    return absl::InvalidArgumentError("--community takes communities/{id}, --member members/{id}.");
  }
  GUILDHALL_ASSIGN(const auto database, postgres::Database::Open(settings.postgres));
  GUILDHALL_ASSIGN(std::string done,
                   AppointOwner(*database, *community, *member, SystemClock().Now()));
  telemetry::Metrics metrics;
  feeds::AccessOwner access(settings.postgres, metrics);
  absl::Notification settled;
  access.Settle([&settled] { settled.Notify(); });
  settled.WaitForNotification();
  return done;
}

}  // namespace
}  // namespace guildhall::directory

int main(int argc, char** argv) {
  using namespace guildhall;
  directory::DirectorySettings settings;
  directory::Appointment appointment;
  return service::Main(
      argc, argv,
      {.name = "directory",
       .describe = [&](settings::Schema& schema) { settings.Describe(schema); },
       .start = [&](telemetry::Metrics& metrics) { return directory::Start(settings, metrics); },
       .commands =
           {{.name = "appoint-owner",
             .meaning = "Makes a member own a community in which no owner can act, its own or one "
                        "from above: --community=communities/… --member=members/…",
             .run = [&] { return directory::Appoint(settings, appointment); },
             .describe = [&](settings::Schema& schema) { appointment.Describe(schema); }}}});
}
