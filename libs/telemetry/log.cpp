#include "libs/telemetry/log.h"

#include <poll.h>
#include <unistd.h>

#include <mutex>

#include "absl/hash/hash.h"
#include "absl/time/time.h"
#include "libs/base/clock.h"
#include "libs/telemetry/duplicates.h"
#include "libs/telemetry/json_line.h"

namespace guildhall::telemetry {
namespace {

struct Logger {
  std::mutex mutex;
  LogSettings settings;
  Duplicates duplicates;
  std::int64_t dropped = 0;
};

// Never destroyed: threads may log while the process ends.
Logger& TheLogger() {
  static auto* logger = new Logger;
  return *logger;
}

const char* Name(Severity severity) {
  switch (severity) {
    case Severity::kDebug:
      return "debug";
    case Severity::kInfo:
      return "info";
    case Severity::kWarning:
      return "warning";
    case Severity::kError:
      return "error";
  }
  return "error";
}

std::uint64_t Hash(std::string_view message, std::span<const Field> fields) {
  std::uint64_t hash = absl::HashOf(message);
  for (const Field& field : fields) {
    if (field.key != "rpc.method" && field.key != "grpc.code" && field.key != "err.kind") continue;
    if (const auto* text = std::get_if<std::string_view>(&field.value)) {
      hash = absl::HashOf(hash, *text);
    }
  }
  return hash;
}

// Whether the line was taken. Up to PIPE_BUF bytes a pipe that is ready takes them all at once.
bool Write(std::string_view line) {
  pollfd out{.fd = STDOUT_FILENO, .events = POLLOUT, .revents = 0};
  if (poll(&out, 1, 0) != 1 || (out.revents & POLLOUT) == 0) return false;
  return write(STDOUT_FILENO, line.data(), line.size()) == static_cast<ssize_t>(line.size());
}

}  // namespace

void StartLog(LogSettings settings) {
  Logger& logger = TheLogger();
  const std::lock_guard lock(logger.mutex);
  logger.settings = std::move(settings);
}

void Log(Severity severity, std::string_view message, std::initializer_list<Field> fields) {
  Log(severity, message, std::span<const Field>(fields.begin(), fields.size()));
}

void Log(Severity severity, std::string_view message, std::span<const Field> fields) {
  Logger& logger = TheLogger();
  const std::lock_guard lock(logger.mutex);
  if (severity < logger.settings.minimum) return;
  const auto suppressed = logger.duplicates.Admit(Hash(message, fields), SystemClock().Monotonic());
  if (!suppressed) return;

  JsonLine line;
  const std::string ts =
      absl::FormatTime("%Y-%m-%dT%H:%M:%E6SZ", SystemClock().Now(), absl::UTCTimeZone());
  line.Add({"ts", ts});
  line.Add({"level", Name(severity)});
  line.Add({"msg", message});
  if (!logger.settings.service.empty()) line.Add({"service", logger.settings.service});
  if (!logger.settings.version.empty()) line.Add({"version", logger.settings.version});
  for (const Field& field : fields) line.Add(field);
  if (*suppressed > 0) line.Add({"suppressed", *suppressed});
  if (logger.dropped > 0) line.Add({"dropped", logger.dropped});

  const std::string_view text = line.Finish();
  if (logger.settings.sink) {
    logger.settings.sink(text);
  } else if (Write(text)) {
    logger.dropped = 0;
  } else {
    ++logger.dropped;
  }
}

}  // namespace guildhall::telemetry
