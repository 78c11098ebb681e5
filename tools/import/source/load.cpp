#include "tools/import/source/load.h"

#include <array>
#include <fstream>
#include <tuple>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"

namespace guildhall::importing {
namespace {

struct Passed {
  Report report;
  Redirects redirects;
  std::string source;
};

absl::StatusOr<Passed> RunPass(PassKind kind, const OpenSource& open, const PassTools& tools,
                               const std::string& redirects, const LoadListener& listener) {
  GUILDHALL_ASSIGN(std::vector<Redirect> earlier, Redirects::Read(redirects));
  GUILDHALL_ASSIGN(const std::unique_ptr<Source> source, open());
  const char* doing = kind == PassKind::kImport   ? "importing"
                      : kind == PassKind::kDryRun ? "asking what would be imported"
                                                  : "comparing with what stands";
  listener.on_pass(doing, source->outline().message_count);
  Passed passed{.redirects = Redirects(std::move(earlier)), .source = std::string(source->name())};
  passed.report.set_stage(kind == PassKind::kImport   ? ReportStage::kImport
                          : kind == PassKind::kDryRun ? ReportStage::kDryRun
                                                      : ReportStage::kReconciled);
  Pass pass(kind, *source, tools, passed.report, passed.redirects);
  GUILDHALL_TRY(pass.Run());
  return passed;
}

absl::Status WriteReport(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  if ((file << text).flush()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("report: ", path, " cannot be written."));
}

SourceKind KindOf(std::string_view name) {
  if (name.starts_with("communities/")) return SourceKind::kPlace;
  return name.find("/posts/") == std::string_view::npos ? SourceKind::kThread
                                                        : SourceKind::kMessage;
}

// What came with an earlier import, and does not with this one.
void TellWithdrawn(Passed& passed) {
  for (Redirect& each : passed.redirects.Withdrawn()) {
    const SourceKind kind = KindOf(each.name);
    passed.report.Add({"WITHDRAWN", kind, std::move(each.name), std::move(each.address),
                       "came with an earlier export and not with this one: it stays as it is"});
  }
}

// What an import wrote, which its reconciliation cannot see any more.
class Written {
 public:
  explicit Written(const Report& import) {
    for (int i = 0; i < Report::kKinds; ++i) {
      const KindTally& tally = import.of(static_cast<SourceKind>(i));
      counts_[i] = {tally.created, tally.updated};
    }
  }

  void PutInto(Report& report) const {
    for (int i = 0; i < Report::kKinds; ++i) {
      KindTally& tally = report.of(static_cast<SourceKind>(i));
      std::tie(tally.created, tally.updated) = counts_[i];
    }
  }

 private:
  std::array<std::pair<std::int64_t, std::int64_t>, Report::kKinds> counts_;
};

}  // namespace

absl::StatusOr<Report> Load(const OpenSource& open, const WriterMethods& methods,
                            const PostStream::Method& send_posts, const LoadOptions& options,
                            const LoadListener& listener) {
  const PassTools tools{methods, send_posts, listener.on_posts};
  GUILDHALL_ASSIGN(Passed passed, RunPass(options.dry_run ? PassKind::kDryRun : PassKind::kImport,
                                          open, tools, options.redirects, listener));
  if (options.reconcile && !options.dry_run) {
    const Written written(passed.report);
    // Before the second one begins: either holds something of each message.
    passed = {};
    GUILDHALL_ASSIGN(passed,
                     RunPass(PassKind::kReconcile, open, tools, options.redirects, listener));
    written.PutInto(passed.report);
  }
  const bool of_another = passed.redirects.IsOfAnother();
  if (!of_another) TellWithdrawn(passed);
  if (!options.report.empty()) {
    GUILDHALL_TRY(WriteReport(options.report, passed.report.ToText(passed.source)));
  }
  if (of_another) {
    return absl::InvalidArgumentError(absl::StrCat(
        "redirects: ", options.redirects, " is of another source: nothing in it came again."));
  }
  if (!options.redirects.empty() && !options.dry_run) {
    GUILDHALL_TRY(passed.redirects.Write(options.redirects));
  }
  return std::move(passed.report);
}

}  // namespace guildhall::importing
