// guildhall-import: fills the services of a deployment from a source. README.md tells more.
#include <unistd.h>

#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/demo/seed.h"
#include "tools/import/progress.h"
#include "tools/import/sample/load.h"
#include "tools/import/services.h"
#include "tools/import/zulip/write/load.h"

namespace guildhall::importing {
namespace {

struct Source {
  std::string_view name;
  std::string_view meaning;
  absl::StatusOr<Tally> (*load)(const std::string& path, const ImportSettings& settings,
                                Services& services);
};

absl::StatusOr<Tally> LoadDemo(const std::string& path, const ImportSettings& settings,
                               Services& services) {
  GUILDHALL_ASSIGN(demo::Seeded seeded, demo::Seed(path, services.accounts(), services.writer()));
  if (!settings.demo_deeds.empty()) {
    std::ofstream file(settings.demo_deeds);
    if (!(file << demo::ToJson(seeded.deeds)).flush()) {
      return absl::InvalidArgumentError(
          absl::StrCat("demo_deeds: ", settings.demo_deeds, " cannot be written."));
    }
  }
  return std::move(seeded.tally);
}

absl::StatusOr<Tally> LoadZulip(const std::string& path, const ImportSettings& settings,
                                Services& services) {
  std::optional<Progress> progress;
  const zulip::LoadListener listener{
      .on_plan =
          [&](const zulip::Plan& plan) {
            std::puts(zulip::Describe(plan).c_str());
            progress.emplace(stdout, isatty(STDOUT_FILENO) == 1, plan.post_count, "posts");
          },
      .on_posts = [&](const Count& count) { progress->Show(count.sent); }};
  return zulip::Load(path, settings.zulip_site, services.writer(), services.async_posts(),
                     listener);
}

absl::StatusOr<Tally> LoadSample(const std::string& path, const ImportSettings&,
                                 Services& services) {
  constexpr int kMostPosts = 10'000'000;
  int posts = 0;
  if (!absl::SimpleAtoi(path, &posts) || posts < 1 || posts > kMostPosts) {
    return absl::InvalidArgumentError(
        absl::StrCat("\"", path, "\" is no number of posts from 1 to ", kMostPosts, "."));
  }
  Progress progress(stdout, isatty(STDOUT_FILENO) == 1, posts, "posts");
  return sample::Load(sample::Organization(posts), services.writer(), services.async_posts(),
                      [&](const Count& count) { progress.Show(count.sent); });
}

constexpr Source kSources[] = {
    {"demo", "the demo organization; PATH is the folder deploy/demo", LoadDemo},
    {"sample", "an organization made up of numbers; PATH is how many posts", LoadSample},
    {"zulip", "an archive of a Zulip organization; PATH is its tar.xz or folder", LoadZulip},
};

std::string Usage(const settings::Schema& schema) {
  std::string text = "guildhall-import SOURCE PATH [--setting=value...]\n\nsources:\n";
  for (const Source& source : kSources) {
    absl::StrAppend(&text, "  ", Absl(source.name), "  ", Absl(source.meaning), "\n");
  }
  return absl::StrCat(text, "\nsettings:\n", schema.Help());
}

// "337 posts (2 new)"
std::string Told(const Count& count, std::string_view kind) {
  return absl::StrCat(count.sent, " ", Absl(kind), " (", count.created, " new)");
}

// The first of them, and how many more there are: an archive may hold thousands.
void TellNotes(const std::vector<std::string>& notes) {
  constexpr std::size_t kMostTold = 20;
  for (std::size_t i = 0; i < notes.size() && i < kMostTold; ++i) {
    std::puts(absl::StrCat("note: ", notes[i]).c_str());
  }
  if (notes.size() > kMostTold) {
    std::puts(absl::StrCat("and ", notes.size() - kMostTold, " notes more").c_str());
  }
}

absl::Status Run(const Source& source, const std::string& path, const ImportSettings& settings) {
  GUILDHALL_ASSIGN(const std::unique_ptr<Services> services, Services::Open(settings));
  GUILDHALL_ASSIGN(const Tally tally, source.load(path, settings, *services));
  std::puts(absl::StrCat(Told(tally.members, "members"), ", ",
                         Told(tally.communities, "communities"), ", ",
                         Told(tally.memberships, "memberships"), ", ", Told(tally.topics, "topics"),
                         ", ", Told(tally.posts, "posts"))
                .c_str());
  TellNotes(tally.notes);
  return absl::OkStatus();
}

// What a person needs to see of `status`: a refusal's fields say which record is at fault.
std::string Explain(const absl::Status& status) {
  std::string text = absl::StrCat(status.message());
  const std::optional<RefusalDetails> details = DetailsOf(status);
  if (!details) return text;
  absl::StrAppend(&text, " (", details->reason, ")");
  for (const auto& violation : details->violations) {
    absl::StrAppend(&text, "\n  ", violation.field, ": ", violation.description);
  }
  return text;
}

int Main(int argc, const char* const* argv) {
  ImportSettings settings;
  settings::Schema schema;
  settings.Describe(schema);
  const Source* chosen = nullptr;
  for (const Source& source : kSources) {
    if (argc > 2 && source.name == argv[1]) chosen = &source;
  }
  if (chosen == nullptr) {
    const bool asked = argc == 2 && std::string_view(argv[1]) == "--help";
    std::fputs(Usage(schema).c_str(), asked ? stdout : stderr);
    return asked ? 0 : 2;
  }
  // The settings' command line begins where source and path end.
  absl::Status status = schema.Load(settings::Sources::OfProcess(argc - 2, argv + 2));
  if (status.ok()) status = Run(*chosen, argv[2], settings);
  if (status.ok()) return 0;
  std::fputs(absl::StrCat("guildhall-import: ", Explain(status), "\n").c_str(), stderr);
  return 1;
}

}  // namespace
}  // namespace guildhall::importing

int main(int argc, char** argv) { return guildhall::importing::Main(argc, argv); }
