#pragma once

#include <memory>
#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/rpc/client.h"
#include "libs/rpc/queue.h"
#include "libs/telemetry/metrics.h"
#include "tools/import/methods.h"
#include "tools/import/settings.h"

namespace guildhall::importing {

// The services of a deployment, as the importer calls them: with the deployment's service key, and
// with a deadline for each batch.
class Services {
 public:
  // A batch is one transaction of at most 5 s; the rest is waiting for its turn.
  static constexpr absl::Duration kPatience = absl::Seconds(30);

  // Connects when first used. Fails with INVALID_ARGUMENT and a sentence for people when an address
  // is missing or the key is too short.
  static absl::StatusOr<std::unique_ptr<Services>> Open(const ImportSettings& settings);

  // Hold no longer than the Services.
  WriterMethods writer();
  AsyncMethod<discussions::v1::ImportPostsRequest, discussions::v1::ImportPostsResponse>
  async_posts();
  AccountMethods accounts();

 private:
  Services(const ImportSettings& settings, const access::ServiceKey& key);

  telemetry::Metrics metrics_;  // nobody reads them: an import is seen in the services' own
  rpc::Queue queue_;
  rpc::Client identity_, directory_, discussions_;
};

}  // namespace guildhall::importing
