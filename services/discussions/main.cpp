// Discussions: topics, posts and how far somebody has read.
#include "libs/service/main.h"

#include "changelog/migrations.h"
#include "discussions/migrations.h"
#include "idempotency/migrations.h"
#include "libs/base/random.h"
#include "libs/base/status_macros.h"
#include "libs/feeds/watched_facts.h"
#include "libs/service/addresses.h"
#include "libs/service/backend.h"
#include "libs/service/periodic.h"
#include "services/discussions/api/discussions.h"
#include "services/discussions/settings.h"
#include "services/discussions/store/change_looks.h"
#include "services/discussions/workers/poll_reconciler.h"
#include "services/discussions/workers/post_reconciler.h"
#include "services/discussions/workers/search_indexer.h"
#include "services/discussions/workers/tag_reconciler.h"
#include "services/discussions/workers/topic_reconciler.h"

namespace guildhall::discussions {
namespace {

// Its parts in the order in which they need each other.
class DiscussionsProcess final : public service::Running {
 public:
  DiscussionsProcess(const DiscussionsSettings& settings, std::unique_ptr<service::Backend> backend)
      : backend_(std::move(backend)),
        identity_(backend_->ClientOf("identity", settings.identity_address)),
        directory_(backend_->ClientOf("directory", settings.directory_address)),
        replies_(settings.cache, backend_->metrics(), backend_->Sharing()),
        follower_(backend_->Follow(replies_, LookAtChanges)),
        server_(backend_->queue(), settings.server, backend_->PartsFor(*facts_, keys_)) {
    Register(discussions_, server_);
    backend_->RegisterOn(server_);
  }

  absl::Status Start() { return server_.Start(); }
  std::string address() const override { return server_.address(); }
  void Drain(absl::Duration grace) override { server_.Drain(grace); }

 private:
  std::vector<service::Periodic::Task> Upkeep() {
    std::vector<service::Periodic::Task> tasks = backend_->Upkeep(keys_);
    tasks.push_back({"reconcile_topics", absl::Minutes(1),
                     [this](absl::Time now) { return ReconcileTopics(now); }});
    tasks.push_back({"reconcile_posts", absl::Minutes(1),
                     [this](absl::Time now) { return ReconcilePosts(now); }});
    tasks.push_back({"reconcile_tags", absl::Minutes(1),
                     [this](absl::Time now) { return ReconcileTags(now); }});
    tasks.push_back({"reconcile_polls", absl::Minutes(1),
                     [this](absl::Time now) { return ReconcilePolls(now); }});
    return tasks;
  }

  absl::Status ReconcileTopics(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, reconciler_.RunOnce(now));
    mended_.Increment(mended);
    return absl::OkStatus();
  }

  absl::Status ReconcilePosts(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, post_reconciler_.RunOnce(now));
    mended_posts_.Increment(mended);
    return absl::OkStatus();
  }

  absl::Status ReconcileTags(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, tag_reconciler_.RunOnce(now));
    mended_tags_.Increment(mended);
    return absl::OkStatus();
  }

  absl::Status ReconcilePolls(absl::Time now) {
    GUILDHALL_ASSIGN(const int mended, poll_reconciler_.RunOnce(now));
    mended_polls_.Increment(mended);
    return absl::OkStatus();
  }

  // Until what is there is known, or for a second: others have their turn.
  absl::Status IndexPosts(absl::Time now) {
    const Deadline enough = Deadline::After(absl::Seconds(1));
    while (!enough.Passed()) {
      GUILDHALL_ASSIGN(const int taken, indexer_.RunOnce(now));
      if (taken == 0) break;
    }
    return absl::OkStatus();
  }

  std::unique_ptr<service::Backend> backend_;
  std::unique_ptr<rpc::Client> identity_;
  std::unique_ptr<rpc::Client> directory_;
  access::KeySet keys_{feeds::FetchKeys(*identity_)};
  feeds::WatchedFacts facts_{backend_->queue(), *identity_, *directory_, backend_->metrics()};
  access::Authorizer authorizer_{*facts_};
  cache::Replies replies_;
  Discussions discussions_{backend_->database(),    authorizer_, *facts_, SystemRandom(),
                           backend_->page_tokens(), replies_};
  std::unique_ptr<cache::Follower> follower_;
  TopicReconciler reconciler_{backend_->database()};
  telemetry::Counter& mended_ = backend_->metrics().CounterOf(
      "guildhall_discussions_mended_topics_total",
      "Topics that did not show what their posts say: each one is a fault.");
  PostReconciler post_reconciler_{backend_->database()};
  telemetry::Counter& mended_posts_ = backend_->metrics().CounterOf(
      "guildhall_discussions_mended_posts_total",
      "Posts that did not show how many answers and reactions they have: each one is a fault.");
  TagReconciler tag_reconciler_{backend_->database()};
  telemetry::Counter& mended_tags_ = backend_->metrics().CounterOf(
      "guildhall_discussions_mended_tags_total",
      "Tags that did not show how many topics have them: each one is a fault.");
  PollReconciler poll_reconciler_{backend_->database()};
  telemetry::Counter& mended_polls_ =
      backend_->metrics().CounterOf("guildhall_discussions_mended_polls_total",
                                    "Polls that did not show what was voted: each one is a fault.");
  SearchIndexer indexer_{backend_->database()};
  rpc::Server server_;
  service::Periodic upkeep_{Upkeep(), backend_->metrics()};
  // On a thread of its own: what is written is found within a second, whatever else is kept up.
  service::Periodic indexing_{{{"index_posts", absl::Milliseconds(200),
                                [this](absl::Time now) { return IndexPosts(now); }}},
                              backend_->metrics()};
};

absl::StatusOr<std::unique_ptr<service::Running>> Start(const DiscussionsSettings& settings,
                                                        telemetry::Metrics& metrics) {
  const postgres::Component components[] = {{"idempotency", idempotency::kMigrations},
                                            {"changelog", changelog::kMigrations},
                                            {"discussions", kMigrations}};
  GUILDHALL_TRY(service::CheckAddresses("identity_address", settings.identity_address));
  GUILDHALL_TRY(service::CheckAddresses("directory_address", settings.directory_address));
  GUILDHALL_ASSIGN(std::unique_ptr<service::Backend> backend,
                   service::Backend::Open("discussions", settings, components, metrics));
  auto process = std::make_unique<DiscussionsProcess>(settings, std::move(backend));
  GUILDHALL_TRY(process->Start());
  return process;
}

}  // namespace
}  // namespace guildhall::discussions

int main(int argc, char** argv) {
  using namespace guildhall;
  discussions::DiscussionsSettings settings;
  return service::Main(
      argc, argv,
      {.name = "discussions",
       .describe = [&](settings::Schema& schema) { settings.Describe(schema); },
       .start =
           [&](telemetry::Metrics& metrics) { return discussions::Start(settings, metrics); }});
}
