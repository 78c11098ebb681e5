#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "libs/telemetry/trace.h"

namespace guildhall::telemetry {

enum class Severity { kDebug, kInfo, kWarning, kError };

// A fact beside the message. Keys are those of OpenTelemetry where it has one: rpc.method,
// grpc.code, duration_ms, err.kind, actor. Values are never personal: ids, not names; no tokens, no
// addresses, no text that a member wrote.
struct Field {
  std::string_view key;
  std::variant<std::string_view, std::int64_t, double, bool, TraceContext> value;

  Field(std::string_view k, std::string_view v) : key(k), value(v) {}
  Field(std::string_view k, const std::string& v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, const char* v) : key(k), value(std::string_view(v)) {}
  Field(std::string_view k, std::int64_t v) : key(k), value(v) {}
  Field(std::string_view k, int v) : key(k), value(static_cast<std::int64_t>(v)) {}
  Field(std::string_view k, double v) : key(k), value(v) {}
  Field(std::string_view k, bool v) : key(k), value(v) {}
  // Written as trace_id, span_id and trace_flags.
  explicit Field(const TraceContext& trace) : value(trace) {}
};

// Writes one JSON object and a line feed to standard output: ts (RFC 3339, microseconds, UTC),
// level, msg, service, version, then the fields. Thread-safe.
//
// `message` is a constant sentence; what varies is a field. Of the same message (together with its
// rpc.method, grpc.code and err.kind) at most 20 lines are written in 10 s; the first one after
// that says how many were `suppressed`. A line is at most 4,096 bytes (PIPE_BUF, so lines of
// several threads never mix); longer values are cut. Nobody waits for the reader of the log: while
// it does not keep up, lines are dropped and counted in the next one as `dropped`.
void Log(Severity severity, std::string_view message, std::initializer_list<Field> fields = {});
void Log(Severity severity, std::string_view message, std::span<const Field> fields);

// What every line says, which lines are written, and where to. Before it is called, Log writes
// everything from kInfo on, without a service. Call it while no other thread logs.
struct LogSettings {
  std::string service;
  std::string version;
  Severity minimum = Severity::kInfo;
  // Takes whole lines, for tests; standard output when empty. Called by one thread at a time.
  std::function<void(std::string_view)> sink;
};
void StartLog(LogSettings settings);

}  // namespace guildhall::telemetry
