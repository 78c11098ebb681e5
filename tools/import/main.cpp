// guildhall-import: fills the services of a deployment from a source. README.md tells more.
#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/strings/ascii.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "tools/import/demo/seed.h"
#include "tools/import/discourse/discourse_source.h"
#include "tools/import/mbox/mbox_source.h"
#include "tools/import/progress.h"
#include "tools/import/sample/load.h"
#include "tools/import/services.h"
#include "tools/import/slack/slack_source.h"
#include "tools/import/source/load.h"
#include "tools/import/zulip/zulip_source.h"

namespace guildhall::importing {
namespace {

// A system whose exports are read through the one interface of sources.
struct Adapter {
  std::string_view name;
  std::string_view meaning;
  absl::StatusOr<std::unique_ptr<Source>> (*open)(const std::string& path,
                                                  const ImportSettings& settings);
};

absl::StatusOr<std::unique_ptr<Source>> OpenZulip(const std::string& path,
                                                  const ImportSettings& settings) {
  GUILDHALL_ASSIGN(std::unique_ptr<Source> source,
                   zulip::ZulipSource::Open(path, settings.zulip_site));
  return source;
}

template <absl::StatusOr<std::unique_ptr<Source>> (*open)(const std::string& path)>
absl::StatusOr<std::unique_ptr<Source>> Open(const std::string& path, const ImportSettings&) {
  return open(path);
}

constexpr Adapter kAdapters[] = {
    {"discourse", "a backup of a Discourse forum; PATH is its tar.gz, or the dump.sql in it",
     Open<discourse::OpenDiscourse>},
    {"mbox", "archives of mailing lists; PATH is an mbox, or a folder of them",
     Open<mbox::OpenMbox>},
    {"slack", "the export of a Slack workspace; PATH is its zip or folder", Open<slack::OpenSlack>},
    {"zulip", "an archive of a Zulip organization; PATH is its tar.xz or folder", OpenZulip},
};

// An organization that is made here, and written as it is.
struct Maker {
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

constexpr Maker kMakers[] = {
    {"demo", "the demo organization; PATH is the folder deploy/demo", LoadDemo},
    {"sample", "an organization made up of numbers; PATH is how many posts", LoadSample},
};

std::string Usage(const settings::Schema& schema) {
  std::string text = "guildhall-import SOURCE PATH [--setting=value...]\n\nsources:\n";
  const auto add = [&](const auto& source) {
    absl::StrAppend(&text, "  ", Absl(source.name), "  ", Absl(source.meaning), "\n");
  };
  for (const Maker& maker : kMakers) add(maker);
  for (const Adapter& adapter : kAdapters) add(adapter);
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

absl::Status Make(const Maker& maker, const std::string& path, const ImportSettings& settings,
                  Services& services) {
  GUILDHALL_ASSIGN(const Tally tally, maker.load(path, settings, services));
  std::puts(absl::StrCat(Told(tally.members, "members"), ", ",
                         Told(tally.communities, "communities"), ", ",
                         Told(tally.memberships, "memberships"), ", ", Told(tally.topics, "topics"),
                         ", ", Told(tally.posts, "posts"))
                .c_str());
  TellNotes(tally.notes);
  return absl::OkStatus();
}

// "337 posts (2 new, 1 changed)"
std::string Told(const Report& report, SourceKind kind, std::string_view name) {
  const KindTally& tally = report.of(kind);
  const std::int64_t sent = tally.in_source - tally.lost;
  return absl::StrCat(sent, " ", Absl(name), " (", tally.created, " new, ", tally.updated,
                      " changed)");
}

void TellReport(const Report& report) {
  std::puts(absl::StrCat(Told(report, SourceKind::kPerson, "members"), ", ",
                         Told(report, SourceKind::kPlace, "communities"), ", ",
                         Told(report, SourceKind::kParticipation, "memberships"), ", ",
                         Told(report, SourceKind::kThread, "topics"), ", ",
                         Told(report, SourceKind::kMessage, "posts"))
                .c_str());
  // What no export brings is in the report; here, what a person has to look at.
  std::map<std::string_view, std::int64_t> words;
  std::vector<std::string> notes;
  for (const ReportLine& line : report.lines()) {
    words[line.word] += line.count;
    if (line.word == "PARTLY" || line.word == "LOST" || line.word == "LATE") continue;
    notes.push_back(absl::StrCat(Absl(line.word), " ", Absl(NameOf(line.kind)), " ", line.key, ": ",
                                 line.what));
  }
  for (const auto& [word, count] : words) {
    std::puts(absl::StrCat(Absl(word), ": ", count).c_str());
  }
  TellNotes(notes);
  std::string verdict = report.Verdict() + ".";
  verdict[0] = absl::ascii_toupper(static_cast<unsigned char>(verdict[0]));
  std::puts(verdict.c_str());
}

absl::Status Import(const Adapter& adapter, const std::string& path, const ImportSettings& settings,
                    Services& services) {
  std::optional<Progress> progress;
  const LoadListener listener{.on_pass =
                                  [&](const std::string& doing, std::int64_t posts) {
                                    std::puts(absl::StrCat(doing, ": ", posts, " posts").c_str());
                                    progress.emplace(stdout, isatty(STDOUT_FILENO) == 1, posts,
                                                     "posts");
                                  },
                              .on_posts = [&](std::int64_t posts) { progress->Show(posts); }};
  const absl::StatusOr<Report> report =
      Load([&] { return adapter.open(path, settings); }, services.writer(), services.async_posts(),
           {.dry_run = settings.dry_run,
            .reconcile = settings.reconcile,
            .report = settings.report,
            .redirects = settings.redirects},
           listener);
  progress.reset();
  if (!report.ok()) return report.status();
  TellReport(*report);
  if (settings.dry_run || report->holds()) return absl::OkStatus();
  return absl::DataLossError("not all is here as the source has it; the report names what.");
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

template <typename Sources>
const auto* Find(const Sources& sources, std::string_view name) {
  const auto found = std::find_if(std::begin(sources), std::end(sources),
                                  [&](const auto& source) { return source.name == name; });
  return found == std::end(sources) ? nullptr : found;
}

int Main(int argc, const char* const* argv) {
  ImportSettings settings;
  settings::Schema schema;
  settings.Describe(schema);
  const Maker* const maker = argc > 2 ? Find(kMakers, argv[1]) : nullptr;
  const Adapter* const adapter = argc > 2 ? Find(kAdapters, argv[1]) : nullptr;
  if (maker == nullptr && adapter == nullptr) {
    const bool asked = argc == 2 && std::string_view(argv[1]) == "--help";
    std::fputs(Usage(schema).c_str(), asked ? stdout : stderr);
    return asked ? 0 : 2;
  }
  // The settings' command line begins where source and path end.
  absl::Status status = schema.Load(settings::Sources::OfProcess(argc - 2, argv + 2));
  absl::StatusOr<std::unique_ptr<Services>> services = absl::UnknownError("");
  if (status.ok()) {
    services = Services::Open(settings);
    status = services.status();
  }
  if (status.ok()) {
    status = maker != nullptr ? Make(*maker, argv[2], settings, **services)
                              : Import(*adapter, argv[2], settings, **services);
  }
  if (status.ok()) return 0;
  std::fputs(absl::StrCat("guildhall-import: ", Explain(status), "\n").c_str(), stderr);
  return 1;
}

}  // namespace
}  // namespace guildhall::importing

int main(int argc, char** argv) { return guildhall::importing::Main(argc, argv); }
