#pragma once

#include <sys/types.h>

#include <string>
#include <string_view>

#include "libs/postgres/settings.h"
#include "libs/testing/process.h"

namespace guildhall::testing {

// A PostgreSQL of the test program's own: unix socket only, in a folder of its own in memory or
// under the system's temporary folder, gone with the program even when that is killed. initdb runs
// once per machine and version; later programs start from a copy (about 0.2 s).
//
// fsync is off unless asked for: nothing here outlives the program, and crashes of the server
// alone lose nothing without it.
class PrivatePostgres {
 public:
  // Like production: with fsync, for tests of what a machine's crash leaves.
  struct Durability {
    bool fsync = false;
  };

  // The one of this program, started on the first call from the main thread.
  static PrivatePostgres& Get();

  explicit PrivatePostgres(Durability durability);
  PrivatePostgres() : PrivatePostgres(Durability()) {}
  ~PrivatePostgres();
  PrivatePostgres(const PrivatePostgres&) = delete;
  PrivatePostgres& operator=(const PrivatePostgres&) = delete;

  // Ends the server at once, as a crash would (SIGQUIT), and waits until it is gone.
  void Stop();
  // Starts it again and waits until it takes connections.
  void Start();
  // Stops it, if it runs, and starts it as a restored one: nothing is lost, and it goes on in
  // another timeline.
  void Restore();
  // Freezes and thaws every process of the server: it is there but does not answer.
  void Pause();
  void Resume();

  // For connecting to `database` as the cluster's owner.
  postgres::PostgresSettings SettingsFor(std::string_view database) const;

  // Runs a script on `database`; aborts when it fails.
  void Run(std::string_view database, const std::string& script);
  // The first column of the first row, as text; empty for no rows or NULL.
  std::string Ask(std::string_view database, const std::string& question);

  const std::string& folder() const { return folder_; }

 private:
  const Durability durability_;
  const RunAs as_;
  const std::string folder_;
  const int on_death_;
  pid_t server_ = 0;
};

}  // namespace guildhall::testing
