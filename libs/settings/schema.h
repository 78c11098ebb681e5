#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "absl/status/status.h"
#include "absl/time/time.h"
#include "libs/base/bytes.h"

namespace guildhall::settings {

// A value that must not be seen: printed as "(set)" or "(empty)", and refused as a flag, because
// flags stand in the process list.
class Secret {
 public:
  Secret() = default;
  explicit Secret(std::string value) : value_(std::move(value)) {}

  // The value itself, for the one place that needs it.
  const std::string& Reveal() const { return value_; }
  bool empty() const { return value_.empty(); }

 private:
  std::string value_;
};

// Where values come from; a map, so that tests need no process.
struct Sources {
  std::vector<std::string> arguments;              // "--name=value", without the program's name
  std::map<std::string, std::string> environment;  // GUILDHALL_NAME -> value

  // The command line and the environment of this process.
  static Sources OfProcess(int argc, const char* const* argv);
};

// The settings of a program: one line for each, then Load().
//
//   Schema schema;
//   schema.Add("read_connections", &read_connections, "Connections for reads; two saturate a
//   core"); if (absl::Status status = schema.Load(Sources::OfProcess(argc, argv)); !status.ok()) …
//
// The value that stands in the target at Add() is the default. Precedence: flag `--name=value`,
// environment `GUILDHALL_NAME`, file (`--config=FILE` or GUILDHALL_CONFIG; lines `name = value`,
// `#` begins a comment line), default. Not thread-safe; targets must outlive the schema.
class Schema {
 public:
  Schema();

  // Forms: true/false · whole number · number · text · Go-like duration (250ms, 1h30m) · size
  // (4MiB, 64KiB, 512) · text with commas · text that stays hidden. `meaning` says what, in which
  // unit, and why the default is what it is.
  void Add(std::string_view name, bool* target, std::string_view meaning);
  void Add(std::string_view name, int* target, std::string_view meaning);
  void Add(std::string_view name, double* target, std::string_view meaning);
  void Add(std::string_view name, std::string* target, std::string_view meaning);
  void Add(std::string_view name, absl::Duration* target, std::string_view meaning);
  void Add(std::string_view name, Bytes* target, std::string_view meaning);
  void Add(std::string_view name, std::vector<std::string>* target, std::string_view meaning);
  void Add(std::string_view name, Secret* target, std::string_view meaning);

  // Fills the targets. Fails with INVALID_ARGUMENT and a sentence for people: an unknown name (with
  // the nearest known one), a value that is not of its type, a file that cannot be read, a secret
  // given as a flag.
  absl::Status Load(const Sources& sources);

  // Whether --help was among the arguments of Load().
  bool help_wanted() const { return help_; }

  // One paragraph per setting: name, default, meaning.
  std::string Help() const;

  // Every setting with its present value, secrets hidden, in order of declaration; for the log.
  std::vector<std::pair<std::string, std::string>> Values() const;

 private:
  struct Setting {
    std::string name;
    std::string meaning;
    std::string default_text;
    std::function<std::string()> print;
    std::function<bool(std::string_view)> parse;
    std::string_view form;
    bool secret = false;
  };
  template <typename T>
  void AddTyped(std::string_view name, T* target, std::string_view meaning, std::string_view form);
  absl::Status Set(std::string_view name, std::string_view value, std::string_view origin);
  absl::Status LoadFile(const std::string& path);
  absl::Status Unknown(std::string_view name, std::string_view origin) const;

  std::vector<Setting> settings_;
  std::string config_;
  bool help_ = false;
};

}  // namespace guildhall::settings
