#pragma once

#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/settings/schema.h"
#include "libs/telemetry/metrics.h"

namespace guildhall::service {

// What every process has, whatever it serves.
struct FrameSettings {
  // Where /livez, /readyz and /metrics are served; never on a public address.
  std::string admin_listen = "127.0.0.1:0";
  // From which severity on log lines are written: debug, info, warning or error.
  std::string log_level = "info";
  // How long calls are still taken after SIGTERM while /readyz says no: until balancers have
  // noticed (5 s of cached DNS and its propagation; operations of Kubernetes).
  absl::Duration drain_wait = absl::Seconds(8);
  // How long running calls may take after that. With drain_wait below the 60 s grace of a pod.
  absl::Duration drain_grace = absl::Seconds(25);

  void Describe(settings::Schema& schema);
};

// What a process serves, from its start to its end. Destroyed after Drain.
class Running {
 public:
  virtual ~Running() = default;

  // Where it listens, for the log and for the probe: `unix:/path` or `host:port`.
  virtual std::string address() const = 0;

  // Takes no further calls, lets running ones end within `grace`, then cancels them. Blocks.
  virtual void Drain(absl::Duration grace) = 0;
};

// Something that an operator has a program do instead of serving: `guildhall-directory NAME`, with
// the same settings.
struct Command {
  std::string name;     // "rebuild-index"
  std::string meaning;  // for --help
  // Does it and answers what is printed. Needs no admin port. Any error ends the process.
  std::function<absl::StatusOr<std::string>()> run;
  // What it is told beside the settings, as flags of the same form.
  std::function<void(settings::Schema&)> describe = [](settings::Schema&) {};
};

// One program of the house.
struct Program {
  std::string name;  // "directory"; the executable is guildhall-directory
  std::function<void(settings::Schema&)> describe;
  // Builds and starts everything. UNAVAILABLE and DEADLINE_EXCEEDED mean "not yet": it is called
  // again half a second later, so the order in which processes start does not matter. Any other
  // error ends the process.
  std::function<absl::StatusOr<std::unique_ptr<Running>>(telemetry::Metrics&)> start;
  // What else it does, each named as the first argument.
  std::vector<Command> commands = {};
};

// The frame of every main(): settings (with --help), log, admin port, start, SIGTERM or SIGINT,
// drain. Returns the exit status: 0 after a drain or a command, 1 when it could not start or a
// command failed, 2 for settings.
//
// /livez: 200 while the process can do something about its troubles by going on; 503 when its own
// listener has not greeted three times in a row, which a restart mends. /readyz: 200 between start
// and drain. Neither asks for stores or other services: their outage must not restart this process
// or take all of its kind out of service.
int Main(int argc, const char* const* argv, const Program& program);

}  // namespace guildhall::service
