#pragma once

#include <string>

#include "libs/settings/schema.h"

namespace guildhall::importing {

// Where the services are that take an import, and what proves the importer to them.
struct ImportSettings {
  std::string identity_address;
  std::string directory_address;
  std::string discussions_address;
  settings::Secret service_key;
  std::string zulip_site;
  std::string demo_deeds;

  void Describe(settings::Schema& schema) {
    const char* meaning = "Where it listens: unix:/path or host:port; several with commas";
    schema.Add("identity_address", &identity_address, meaning);
    schema.Add("directory_address", &directory_address, meaning);
    schema.Add("discussions_address", &discussions_address, meaning);
    schema.Add("service_key", &service_key,
               "The secret that the services of the deployment share, 32 bytes or more");
    schema.Add("zulip_site", &zulip_site,
               "Address of the Zulip server, to which links to it shall lead, such as "
               "https://chat.example; empty: they become words");
    schema.Add("demo_deeds", &demo_deeds,
               "File into which to write, as JSON, what the members of the demo organization do "
               "next, through the gateway; empty: nowhere");
  }
};

}  // namespace guildhall::importing
