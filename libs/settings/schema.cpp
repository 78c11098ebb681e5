#include "libs/settings/schema.h"

#include <unistd.h>

#include <algorithm>
#include <cctype>
#include <fstream>
#include <numeric>

#include "absl/strings/str_cat.h"
#include "absl/strings/strip.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/settings/values.h"

namespace guildhall::settings {
namespace {

constexpr std::string_view kPrefix = "GUILDHALL_";

std::string EnvironmentName(std::string_view name) {
  std::string out(kPrefix);
  for (const char c : name) out += static_cast<char>(std::toupper(static_cast<unsigned char>(c)));
  return out;
}

std::string SettingName(std::string_view environment_name) {
  std::string out;
  for (const char c : environment_name.substr(kPrefix.size())) {
    out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

// Levenshtein's distance: how many letters to change, add or drop.
std::size_t Distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> row(b.size() + 1);
  std::iota(row.begin(), row.end(), 0);
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      const std::size_t change = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      row[j + 1] = std::min({change, diagonal + 1, row[j] + 1});
    }
  }
  return row.back();
}

std::string_view Trim(std::string_view text) { return Std(absl::StripAsciiWhitespace(Absl(text))); }

}  // namespace

Sources Sources::OfProcess(int argc, const char* const* argv) {
  Sources sources;
  for (int i = 1; i < argc; ++i) sources.arguments.emplace_back(argv[i]);
  for (char** entry = environ; entry != nullptr && *entry != nullptr; ++entry) {
    const std::string_view text(*entry);
    const auto equals = text.find('=');
    if (!text.starts_with(kPrefix) || equals == std::string_view::npos) continue;
    sources.environment.emplace(text.substr(0, equals), text.substr(equals + 1));
  }
  return sources;
}

Schema::Schema() {
  Add("config", &config_, "A file of further settings, one `name = value` a line");
}

template <typename T>
void Schema::AddTyped(std::string_view name, T* target, std::string_view meaning,
                      std::string_view form) {
  const bool known = std::any_of(settings_.begin(), settings_.end(),
                                 [&](const Setting& setting) { return setting.name == name; });
  GUILDHALL_CHECK(!known);
  settings_.push_back({.name = std::string(name),
                       .meaning = std::string(meaning),
                       .default_text = Print(*target),
                       .print = [target] { return Print(*target); },
                       .parse = [target](std::string_view text) { return Parse(text, target); },
                       .form = form,
                       .secret = std::is_same_v<T, Secret>});
}

void Schema::Add(std::string_view name, bool* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "true or false");
}
void Schema::Add(std::string_view name, int* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "a whole number");
}
void Schema::Add(std::string_view name, double* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "a number");
}
void Schema::Add(std::string_view name, std::string* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "text");
}
void Schema::Add(std::string_view name, absl::Duration* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "a duration such as 250ms or 1h30m");
}
void Schema::Add(std::string_view name, Bytes* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "a size such as 512, 64KiB or 4MiB");
}
void Schema::Add(std::string_view name, std::vector<std::string>* target,
                 std::string_view meaning) {
  AddTyped(name, target, meaning, "words with commas between them");
}
void Schema::Add(std::string_view name, Secret* target, std::string_view meaning) {
  AddTyped(name, target, meaning, "text");
}

absl::Status Schema::Load(const Sources& sources) {
  std::vector<std::pair<std::string_view, std::string_view>> flags;
  for (std::string_view argument : sources.arguments) {
    if (argument == "--help") {
      help_ = true;
      continue;
    }
    const auto equals = argument.find('=');
    if (!argument.starts_with("--") || equals == std::string_view::npos) {
      return absl::InvalidArgumentError(
          absl::StrCat("'", Absl(argument), "' is no setting; write --name=value"));
    }
    flags.emplace_back(argument.substr(2, equals - 2), argument.substr(equals + 1));
  }
  std::string path;
  if (auto it = sources.environment.find("GUILDHALL_CONFIG"); it != sources.environment.end()) {
    path = it->second;
  }
  for (const auto& [name, value] : flags) {
    if (name == "config") path = value;
  }
  if (!path.empty()) GUILDHALL_TRY(LoadFile(path));
  for (const auto& [name, value] : sources.environment) {
    GUILDHALL_TRY(Set(SettingName(name), value, name));
  }
  for (const auto& [name, value] : flags) {
    GUILDHALL_TRY(Set(name, value, absl::StrCat("--", Absl(name))));
    for (const Setting& setting : settings_) {
      if (setting.name == name && setting.secret) {
        return absl::InvalidArgumentError(absl::StrCat(
            "--", Absl(name), " is secret and would stand in the process list; give it as ",
            EnvironmentName(name), " or in the config file"));
      }
    }
  }
  return absl::OkStatus();
}

absl::Status Schema::LoadFile(const std::string& path) {
  std::ifstream file(path);
  if (!file) return absl::InvalidArgumentError(absl::StrCat("cannot read the config file ", path));
  std::string line;
  for (int number = 1; std::getline(file, line); ++number) {
    const std::string_view text = Trim(line);
    if (text.empty() || text.starts_with('#')) continue;
    const std::string origin = absl::StrCat(path, ":", number);
    const auto equals = text.find('=');
    if (equals == std::string_view::npos) {
      return absl::InvalidArgumentError(absl::StrCat(origin, ": write `name = value`"));
    }
    GUILDHALL_TRY(Set(Trim(text.substr(0, equals)), Trim(text.substr(equals + 1)), origin));
  }
  return absl::OkStatus();
}

absl::Status Schema::Set(std::string_view name, std::string_view value, std::string_view origin) {
  for (Setting& setting : settings_) {
    if (setting.name != name) continue;
    if (setting.parse(value)) return absl::OkStatus();
    return absl::InvalidArgumentError(
        absl::StrCat(Absl(origin), ": ", setting.name, " is ", Absl(setting.form),
                     setting.secret ? std::string() : absl::StrCat(", not '", Absl(value), "'")));
  }
  return Unknown(name, origin);
}

absl::Status Schema::Unknown(std::string_view name, std::string_view origin) const {
  const auto nearest =
      std::min_element(settings_.begin(), settings_.end(), [&](const Setting& a, const Setting& b) {
        return Distance(a.name, name) < Distance(b.name, name);
      });
  return absl::InvalidArgumentError(absl::StrCat(Absl(origin), ": there is no setting '",
                                                 Absl(name), "'; did you mean '", nearest->name,
                                                 "'? --help lists all"));
}

std::string Schema::Help() const {
  std::string out =
      "Every setting is a flag --name=value, a variable GUILDHALL_NAME, or a line `name = value`\n"
      "in the file that --config names, in this order of precedence.\n";
  for (const Setting& setting : settings_) {
    absl::StrAppend(&out, "\n", setting.name, " (", Absl(setting.form), "; ",
                    setting.default_text.empty() ? "empty" : setting.default_text, ")\n    ",
                    setting.meaning, "\n");
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> Schema::Values() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const Setting& setting : settings_) out.emplace_back(setting.name, setting.print());
  return out;
}

}  // namespace guildhall::settings
