#pragma once

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/access/key_set.h"
#include "libs/access/token.h"
#include "libs/cache/follower.h"
#include "libs/changelog/relay_thread.h"
#include "libs/feeds/remote_facts.h"
#include "libs/postgres/database.h"
#include "libs/postgres/migrate.h"
#include "libs/postgres/settings.h"
#include "libs/redis/settings.h"
#include "libs/resources/page_tokens.h"
#include "libs/rpc/client.h"
#include "libs/rpc/server.h"
#include "libs/service/main.h"
#include "libs/service/periodic.h"
#include "libs/settings/schema.h"

namespace guildhall::service {

// What every service with a database has.
struct BackendSettings {
  rpc::ServerSettings server;
  postgres::PostgresSettings postgres;
  redis::RedisSettings redis;
  // Whether the process brings its database up to date itself. Off where a job does it before.
  bool migrate = true;
  // Shared by all services of the deployment, at least 32 bytes.
  settings::Secret service_key;
  // Shared by the processes of one service, at least 32 bytes.
  settings::Secret page_token_key;
  // What identity writes into tokens; the same everywhere.
  std::string token_issuer = "guildhall";
  // Where the other services are; several addresses separated by commas.
  std::string identity_address;
  std::string directory_address;

  void Describe(settings::Schema& schema);
};

// The parts that a service is built from, in working order: database, queue, keys, clients. The
// service adds handlers and says where its facts come from.
class Backend {
 public:
  // Opens the database, migrates it if it is to, and makes the rest. Fails with UNAVAILABLE while
  // the database is away and INVALID_ARGUMENT for settings that cannot work.
  static absl::StatusOr<std::unique_ptr<Backend>> Open(
      std::string name, const BackendSettings& settings,
      std::span<const postgres::Component> components, telemetry::Metrics& metrics);
  ~Backend();

  postgres::Database& database() { return *database_; }
  // How the database is reached, for connections beside its pools.
  const postgres::PostgresSettings& postgres() const { return postgres_; }
  // What replies in Redis need: of this service and build, under a key of their own.
  cache::Sharing Sharing() const;

  // Follows the change log for the caches, with a connection of its own, since a look must not
  // stand in line for those of calls; null when nothing is kept. `replies` and this outlive it.
  using Look = absl::StatusOr<cache::Look> (*)(postgres::Database&,
                                               std::optional<std::uint64_t> from,
                                               Deadline deadline);
  std::unique_ptr<cache::Follower> Follow(cache::Replies& replies, Look look);
  const resources::PageTokens& page_tokens() const { return page_tokens_; }
  rpc::Queue& queue() { return queue_; }
  telemetry::Metrics& metrics() { return metrics_; }

  // A client of another service as this one.
  std::unique_ptr<rpc::Client> ClientOf(std::string peer, const std::string& addresses);

  // What every service with a database does beside its calls: fresh keys for tokens, partitions of
  // the change log, claims that nobody may repeat any more. The service adds its own tasks. `keys`
  // and this outlive them.
  std::vector<Periodic::Task> Upkeep(access::KeySet& keys);

  // Puts what every service with a database offers to others into the table of its server: its log
  // of changes. This outlives the server.
  void RegisterOn(rpc::Server& server);

  // What a server needs that takes its decisions from `facts` and its tokens' keys from `keys`.
  // Both, and this, outlive the server.
  rpc::ServerParts PartsFor(access::Facts& facts, access::KeySet& keys);

 private:
  Backend(std::string name, const BackendSettings& settings, access::ServiceKey service_key,
          telemetry::Metrics& metrics);

  const std::string name_;
  const access::ServiceKey service_key_;
  const std::string token_issuer_;
  telemetry::Metrics& metrics_;
  const resources::PageTokens page_tokens_;
  postgres::PostgresSettings postgres_;
  const redis::RedisSettings redis_;
  std::unique_ptr<postgres::Database> database_;
  std::unique_ptr<access::TokenVerifier> verifier_;
  rpc::Queue queue_;
  std::unique_ptr<changelog::RelayThread> relay_;
};

}  // namespace guildhall::service
