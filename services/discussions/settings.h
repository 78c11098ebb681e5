#pragma once

#include "libs/cache/replies.h"
#include "libs/service/backend.h"

namespace guildhall::discussions {

// What an operator decides about discussions. The limits of domain/limits.h are part of the
// contract and no settings.
struct DiscussionsSettings : service::BackendSettings {
  cache::Settings cache;

  void Describe(settings::Schema& schema) {
    service::BackendSettings::Describe(schema);
    cache.Describe(schema);
  }
};

}  // namespace guildhall::discussions
