#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>

#include "libs/telemetry/duplicates.h"
#include "libs/telemetry/json_line.h"
#include "libs/telemetry/log.h"
#include "libs/telemetry/metrics.h"
#include "libs/telemetry/trace.h"

namespace guildhall::telemetry {
namespace {

constexpr char kParent[] = "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01";

std::string Text(const TraceContext& trace) {
  const auto text = trace.Text();
  return {text.data(), text.size()};
}

TEST_CASE("traceparent is read and written back") {
  const auto trace = TraceContext::Parse(kParent);
  REQUIRE(trace);
  CHECK(trace->sampled());
  CHECK(Text(*trace) == kParent);
}

TEST_CASE("what is no traceparent begins a new trace") {
  for (const std::string bad : {"", "00", "00-00000000000000000000000000000000-00f067aa0ba902b7-01",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-0000000000000000-01",
                                "00-4BF92F3577B34DA6A3CE929D0E0E4736-00f067aa0ba902b7-01",
                                "ff-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-x",
                                "01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01x",
                                "00-4bf92f3577b34da6a3ce929d0e0e4736_00f067aa0ba902b7-01"}) {
    INFO(bad);
    CHECK(!TraceContext::Parse(bad));
  }
  CHECK(TraceContext::Parse("01-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01-later"));
}

TEST_CASE("a child span keeps the trace and its flags") {
  const auto parent = *TraceContext::Parse(kParent);
  const TraceContext child = parent.Child(SystemRandom());
  CHECK(child.trace_id == parent.trace_id);
  CHECK(child.span_id != parent.span_id);
  CHECK(child.sampled());
  CHECK(!TraceContext::Begin(SystemRandom()).sampled());
}

struct LogFixture {
  std::vector<std::string> lines;
  LogFixture() {
    StartLog({"directory", "1.2", Severity::kInfo,
              [this](std::string_view line) { lines.emplace_back(line); }});
  }
  ~LogFixture() { StartLog({}); }
};

TEST_CASE_METHOD(LogFixture, "a line is one JSON object that says when, where and what") {
  Log(Severity::kWarning, "pool is full",
      {{"size", 4}, {"wait_s", 0.5}, {"read", true}, Field(*TraceContext::Parse(kParent))});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].back() == '\n');
  const auto line = nlohmann::json::parse(lines[0]);
  CHECK(line["level"] == "warning");
  CHECK(line["msg"] == "pool is full");
  CHECK(line["service"] == "directory");
  CHECK(line["version"] == "1.2");
  CHECK(line["size"] == 4);
  CHECK(line["wait_s"] == 0.5);
  CHECK(line["read"] == true);
  CHECK(line["trace_id"] == "4bf92f3577b34da6a3ce929d0e0e4736");
  CHECK(line["span_id"] == "00f067aa0ba902b7");
  CHECK_THAT(line["ts"].get<std::string>(), Catch::Matches("20.*T.*\\.[0-9]{6}Z"));
}

TEST_CASE_METHOD(LogFixture, "hostile text stays one valid line") {
  Log(Severity::kError, "x", {{"bad", "a\"\\\n\x01\xff\xed\xa0\x80 \xc3\xa9"}});
  const auto line = nlohmann::json::parse(lines.at(0));
  CHECK(line["bad"] == "a\"\\\n\x01???? \xc3\xa9");
  CHECK(std::count(lines[0].begin(), lines[0].end(), '\n') == 1);
}

TEST_CASE_METHOD(LogFixture, "a line never grows beyond its limit") {
  const std::string control(100000, '\x01');
  Log(Severity::kError, "long", {{"a", control}, {"b", control}, {"c", 1}});
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].size() <= JsonLine::kLimit);
  CHECK(nlohmann::json::parse(lines[0])["c"] == 1);
}

TEST_CASE_METHOD(LogFixture, "lines below the minimum are left out") {
  Log(Severity::kDebug, "detail");
  CHECK(lines.empty());
}

TEST_CASE_METHOD(LogFixture, "a flood of the same line is bounded and hides no other line") {
  for (int i = 0; i < 1000; ++i) Log(Severity::kError, "flood", {{"i", i}});
  CHECK(lines.size() == static_cast<std::size_t>(Duplicates::kLines));
  Log(Severity::kError, "flood", {{"rpc.method", "GetTopic"}});
  Log(Severity::kError, "another");
  CHECK(lines.size() == static_cast<std::size_t>(Duplicates::kLines) + 2);
}

TEST_CASE("the first line after a flood says how many were left out") {
  Duplicates duplicates;
  for (int i = 0; i < Duplicates::kLines; ++i) CHECK(duplicates.Admit(7, absl::ZeroDuration()));
  CHECK(!duplicates.Admit(7, absl::Seconds(9)));
  CHECK(!duplicates.Admit(7, absl::Seconds(9)));
  CHECK(duplicates.Admit(7, absl::Seconds(10)) == 2);
  CHECK(duplicates.Admit(7, absl::Seconds(10)) == 0);
}

TEST_CASE("metrics of one name and labels are one metric") {
  Metrics metrics;
  metrics.CounterOf("guildhall_test_total", "A test.", {{"kind", "a"}}).Increment();
  metrics.CounterOf("guildhall_test_total", "A test.", {{"kind", "a"}}).Increment();
  metrics.GaugeOf("guildhall_test_size", "A size.").Set(3);
  metrics.HistogramOf("guildhall_test_seconds", "A wait.").Observe(0.003);
  const std::string text = metrics.Text();
  CHECK_THAT(text, Catch::Contains("# TYPE guildhall_test_total counter\n"
                                   "guildhall_test_total{kind=\"a\"} 2"));
  CHECK_THAT(text, Catch::Contains("guildhall_test_size 3"));
  CHECK_THAT(text, Catch::Contains("guildhall_test_seconds_bucket{le=\"0.005\"} 1"));
}

TEST_CASE("process metrics are read at each exposition") {
  Metrics metrics;
  AddProcessMetrics(metrics, "directory", "1.2");
  const std::string text = metrics.Text();
  CHECK_THAT(text,
             Catch::Contains("guildhall_build_info{service=\"directory\",version=\"1.2\"} 1"));
  for (const char* name : {"process_cpu_seconds_total", "process_resident_memory_bytes",
                           "process_open_fds", "process_max_fds", "process_start_time_seconds"}) {
    INFO(name);
    CHECK_THAT(text, Catch::Contains(std::string("\n") + name + " "));
    CHECK_THAT(text, !Catch::Contains(std::string("\n") + name + " 0\n"));
  }
}

}  // namespace
}  // namespace guildhall::telemetry
