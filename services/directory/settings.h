#pragma once

#include "libs/cache/replies.h"
#include "libs/service/backend.h"

namespace guildhall::directory {

// What an operator decides about directory. The limits of domain/limits.h are part of the contract
// and no settings.
struct DirectorySettings : service::BackendSettings {
  cache::Settings cache;

  void Describe(settings::Schema& schema) {
    service::BackendSettings::Describe(schema);
    cache.Describe(schema);
  }
};

}  // namespace guildhall::directory
