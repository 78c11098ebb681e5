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
  bool dry_run = false;
  bool reconcile = true;
  std::string report;
  std::string redirects;

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
    schema.Add(
        "dry_run", &dry_run,
        "Whether everything is asked and nothing written. Of archives of other systems alone, "
        "like the three below");
    schema.Add("reconcile", &reconcile,
               "Whether the source is read a second time after it was imported, and held against "
               "what stands by then");
    schema.Add("report", &report,
               "File into which to write what came of each kind of record, and each difference by "
               "name; empty: nowhere");
    schema.Add("redirects", &redirects,
               "File into which to write where things are by now that stood at addresses of the "
               "source; that of an earlier import is gone on with, and tells what the source has "
               "no more; empty: nowhere");
  }
};

}  // namespace guildhall::importing
