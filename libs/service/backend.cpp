#include "libs/service/backend.h"

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/cache/build_id.h"
#include "libs/changelog/change_log.h"
#include "libs/feeds/change_source.h"
#include "libs/idempotency/purge.h"

namespace guildhall::service {
namespace {

constexpr std::size_t kKeyBytes = 32;

}  // namespace

void BackendSettings::Describe(settings::Schema& schema) {
  server.Describe(schema);
  postgres::Declare(schema, postgres);
  redis::Declare(schema, redis);
  schema.Add("migrate", &migrate, "Whether to bring the database up to date at start");
  schema.Add("service_key", &service_key,
             "By which services prove themselves to each other; 32 bytes or more, the same in all");
  schema.Add("page_token_key", &page_token_key,
             "Seals page tokens; 32 bytes or more, the same in all processes of this service");
  schema.Add("token_issuer", &token_issuer, "What identity writes into tokens");
  schema.Add("identity_address", &identity_address,
             "Where identity is: unix:/path or host:port; several separated by commas");
  schema.Add("directory_address", &directory_address, "Where directory is, likewise");
}

absl::StatusOr<std::unique_ptr<Backend>> Backend::Open(
    std::string name, const BackendSettings& settings,
    std::span<const postgres::Component> components, telemetry::Metrics& metrics) {
  GUILDHALL_ASSIGN(access::ServiceKey service_key,
                   access::ServiceKey::FromSecret(settings.service_key.Reveal()));
  if (settings.postgres.conninfo.empty()) {
    return absl::InvalidArgumentError(
        "The setting postgres is empty: write how to reach the database, such as "
        "host=/run/postgresql dbname=guildhall user=guildhall.");
  }
  GUILDHALL_TRY(redis::Check(settings.redis));
  if (settings.page_token_key.Reveal().size() < kKeyBytes) {
    return absl::InvalidArgumentError("The setting page_token_key has fewer than 32 bytes.");
  }
  std::unique_ptr<Backend> backend(
      new Backend(std::move(name), settings, std::move(service_key), metrics));
  GUILDHALL_ASSIGN(backend->database_, postgres::Database::Open(backend->postgres_, &metrics));
  if (settings.migrate) {
    GUILDHALL_TRY(postgres::Migrate(backend->postgres_, components,
                                    {.deadline = Deadline::After(absl::Minutes(1))}));
  }
  backend->relay_ = std::make_unique<changelog::RelayThread>(
      changelog::RelayParts{.database = *backend->database_,
                            .producer = backend->name_,
                            .redis = settings.redis,
                            .metrics = metrics});
  return backend;
}

Backend::Backend(std::string name, const BackendSettings& settings, access::ServiceKey service_key,
                 telemetry::Metrics& metrics)
    : name_(std::move(name)),
      service_key_(std::move(service_key)),
      token_issuer_(settings.token_issuer),
      metrics_(metrics),
      page_tokens_(settings.page_token_key.Reveal()),
      postgres_(settings.postgres),
      redis_(settings.redis) {
  postgres_.application_name = "guildhall-" + name_;
}

Backend::~Backend() = default;

cache::Sharing Backend::Sharing() const {
  return {.redis = redis_,
          .name = absl::StrCat(name_, ":", cache::BuildId()),
          .secret = service_key_.secret()};
}

std::unique_ptr<cache::Follower> Backend::Follow(cache::Replies& replies, Look look) {
  if (!replies.on()) return nullptr;
  postgres::PostgresSettings settings = postgres_;
  settings.read_connections = 1;
  auto opened = postgres::Database::Open(settings);
  GUILDHALL_CHECK(opened.ok());  // the same settings opened before
  std::shared_ptr<postgres::Database> database = *std::move(opened);
  return std::make_unique<cache::Follower>(
      replies, [database, look](std::optional<std::uint64_t> from, Deadline deadline) {
        return look(*database, from, deadline);
      });
}

std::unique_ptr<rpc::Client> Backend::ClientOf(std::string peer, const std::string& addresses) {
  return std::make_unique<rpc::Client>(rpc::ClientParts{.queue = queue_,
                                                        .self = name_,
                                                        .peer = std::move(peer),
                                                        .addresses = addresses,
                                                        .service_key = service_key_,
                                                        .metrics = metrics_});
}

std::vector<Periodic::Task> Backend::Upkeep(access::KeySet& keys) {
  return {{"refresh_keys", absl::Seconds(1),
           [&keys](absl::Time) {
             keys.RefreshIfDue(SystemClock().Monotonic());
             return absl::OkStatus();
           }},
          {"keep_partitions", absl::Hours(24),
           [this](absl::Time now) { return changelog::KeepPartitions(*database_, now); }},
          {"purge_claims", absl::Minutes(10),
           [this](absl::Time now) { return idempotency::PurgeClaims(*database_, now).status(); }}};
}

void Backend::RegisterOn(rpc::Server& server) { feeds::RegisterReadChanges(*database_, server); }

rpc::ServerParts Backend::PartsFor(access::Facts& facts, access::KeySet& keys) {
  verifier_ = std::make_unique<access::TokenVerifier>(token_issuer_, name_, keys);
  return {.service = name_,
          .facts = facts,
          .metrics = metrics_,
          .verify_token = [this](std::string_view token) { return verifier_->Verify(token); },
          .service_key = service_key_};
}

}  // namespace guildhall::service
