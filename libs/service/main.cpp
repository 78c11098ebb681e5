#include "libs/service/main.h"

#include <google/protobuf/stubs/logging.h>
#include <signal.h>
#include <sys/resource.h>

#include <cstdio>
#include <optional>

#include "absl/strings/str_cat.h"
#include "absl/synchronization/mutex.h"
#include "libs/service/admin.h"
#include "libs/service/probe.h"
#include "libs/telemetry/log.h"

#ifndef GUILDHALL_VERSION
#define GUILDHALL_VERSION "0.1.0"
#endif

namespace guildhall::service {
namespace {

using telemetry::Log;
using telemetry::Severity;

constexpr int kCouldNotStart = 1;
constexpr int kWrongSettings = 2;
constexpr absl::Duration kRetryStart = absl::Milliseconds(500);
constexpr absl::Duration kProbeEvery = absl::Seconds(5);

std::optional<Severity> SeverityFrom(const std::string& level) {
  if (level == "debug") return Severity::kDebug;
  if (level == "info") return Severity::kInfo;
  if (level == "warning") return Severity::kWarning;
  if (level == "error") return Severity::kError;
  return std::nullopt;
}

// SIGTERM and SIGINT are taken by this thread when it asks, never by another in the middle of
// something. Threads inherit the mask, so this comes before the first of them.
class Signals {
 public:
  Signals() {
    signal(SIGPIPE, SIG_IGN);  // a peer that went away is an error of the write
    sigemptyset(&set_);
    sigaddset(&set_, SIGTERM);
    sigaddset(&set_, SIGINT);
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }

  // Waits for at most `wait`; whether a signal to end has come.
  bool EndWithin(absl::Duration wait) {
    const timespec time = absl::ToTimespec(wait);
    return sigtimedwait(&set_, nullptr, &time) > 0;
  }

 private:
  sigset_t set_;
};

// What libraries and the system must know before the first thread.
void SetUpProcess() {
  // Debian builds Abseil with deadlock detection on, a tenth of the throughput of a busy service.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  // A malformed message is answered; it needs no line on standard error.
  google::protobuf::SetLogHandler(nullptr);
  // Connections are bounded by settings, not by the shell that started the process.
  rlimit descriptors{};
  if (getrlimit(RLIMIT_NOFILE, &descriptors) == 0) {
    descriptors.rlim_cur = descriptors.rlim_max;
    setrlimit(RLIMIT_NOFILE, &descriptors);
  }
}

void Complain(const Program& program, absl::string_view complaint) {
  std::fprintf(stderr, "guildhall-%s: %s\n", program.name.c_str(), std::string(complaint).c_str());
}

void LogSettings(const settings::Schema& schema) {
  for (const auto& [name, value] : schema.Values()) {
    Log(Severity::kDebug, "setting", {{"name", name}, {"value", value}});
  }
}

bool IsNotYet(const absl::Status& status) {
  return absl::IsUnavailable(status) || absl::IsDeadlineExceeded(status);
}

// The command that the first argument names; null when the program is to serve. Fails with
// INVALID_ARGUMENT when there is none of this name.
absl::StatusOr<const Command*> CommandIn(int argc, const char* const* argv,
                                         const Program& program) {
  if (argc < 2 || argv[1][0] == '-') return nullptr;
  for (const Command& command : program.commands) {
    if (command.name == argv[1]) return &command;
  }
  return absl::InvalidArgumentError(absl::StrCat("there is no command ", argv[1]));
}

// Prints the answer; what it may hold, a secret for one, is nothing for the log.
int RunCommand(const Command& command, const Program& program) {
  const absl::StatusOr<std::string> answer = command.run();
  if (!answer.ok()) {
    Complain(program, answer.status().message());
    return kCouldNotStart;
  }
  std::printf("%s\n", answer->c_str());
  return 0;
}

void PrintHelp(const settings::Schema& schema, const Program& program) {
  std::printf("%s", schema.Help().c_str());
  for (const Command& command : program.commands) {
    std::printf("\nguildhall-%s %s\n    %s\n", program.name.c_str(), command.name.c_str(),
                command.meaning.c_str());
  }
}

// Starts until it works, it cannot work, or a signal comes (then OK and null).
absl::StatusOr<std::unique_ptr<Running>> StartUntilItWorks(const Program& program,
                                                           telemetry::Metrics& metrics,
                                                           Signals& signals) {
  for (;;) {
    auto running = program.start(metrics);
    if (running.ok() || !IsNotYet(running.status())) return running;
    Log(Severity::kWarning, "not started yet",
        {{"err.message", std::string(running.status().message())}});
    if (signals.EndWithin(kRetryStart)) return nullptr;
  }
}

void Serve(const FrameSettings& settings, Running& running, Admin& admin, Signals& signals) {
  Probe probe(running.address());
  admin.SetReady(true);
  Log(Severity::kInfo, "ready", {{"address", running.address()}, {"admin", admin.address()}});
  while (!signals.EndWithin(kProbeEvery)) admin.SetAlive(probe.Greets());
  admin.SetReady(false);
  Log(Severity::kInfo, "draining");
  signals.EndWithin(settings.drain_wait);  // a second signal cuts it short
  running.Drain(settings.drain_grace);
  Log(Severity::kInfo, "drained");
}

}  // namespace

void FrameSettings::Describe(settings::Schema& schema) {
  schema.Add("admin_listen", &admin_listen,
             "Address of /livez, /readyz and /metrics; never a public one");
  schema.Add("log_level", &log_level, "debug, info, warning or error");
  schema.Add("drain_wait", &drain_wait,
             "How long calls are still taken after SIGTERM, until balancers have noticed");
  schema.Add("drain_grace", &drain_grace, "How long running calls may take after that");
}

int Main(int argc, const char* const* argv, const Program& program) {
  SetUpProcess();
  Signals signals;
  FrameSettings settings;
  settings::Schema schema;
  settings.Describe(schema);
  program.describe(schema);
  const absl::StatusOr<const Command*> command = CommandIn(argc, argv, program);
  if (!command.ok()) {
    Complain(program, command.status().message());
    return kWrongSettings;
  }
  const int named = *command != nullptr ? 1 : 0;
  if (*command != nullptr) (*command)->describe(schema);
  const absl::Status loaded = schema.Load(settings::Sources::OfProcess(argc - named, argv + named));
  if (schema.help_wanted()) {
    PrintHelp(schema, program);
    return 0;
  }
  const std::optional<Severity> severity = SeverityFrom(settings.log_level);
  if (!loaded.ok() || !severity) {
    Complain(program,
             loaded.ok() ? "log_level is debug, info, warning or error" : loaded.message());
    return kWrongSettings;
  }
  if (*command != nullptr) return RunCommand(**command, program);
  telemetry::StartLog(
      {.service = program.name, .version = GUILDHALL_VERSION, .minimum = *severity});
  LogSettings(schema);

  telemetry::Metrics metrics;
  telemetry::AddProcessMetrics(metrics, program.name, GUILDHALL_VERSION);
  const auto admin = Admin::Start(settings.admin_listen, metrics);
  if (!admin.ok()) {
    Log(Severity::kError, "cannot listen for the admin port",
        {{"err.message", std::string(admin.status().message())}});
    return kCouldNotStart;
  }
  const auto running = StartUntilItWorks(program, metrics, signals);
  if (!running.ok()) {
    Log(Severity::kError, "cannot start",
        {{"err.message", std::string(running.status().message())}});
    return kCouldNotStart;
  }
  if (*running != nullptr) Serve(settings, **running, **admin, signals);
  return 0;
}

}  // namespace guildhall::service
