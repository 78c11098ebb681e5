#include "tools/import/source/load.h"

#include <fstream>

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
                               const LoadListener& listener) {
  GUILDHALL_ASSIGN(const std::unique_ptr<Source> source, open());
  const char* doing = kind == PassKind::kImport   ? "importing"
                      : kind == PassKind::kDryRun ? "asking what would be imported"
                                                  : "comparing with what stands";
  listener.on_pass(doing, source->outline().message_count);
  Passed passed{.source = std::string(source->name())};
  Pass pass(kind, *source, tools, passed.report, passed.redirects);
  GUILDHALL_TRY(pass.Run());
  return passed;
}

absl::Status WriteReport(const std::string& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary);
  if ((file << text).flush()) return absl::OkStatus();
  return absl::InvalidArgumentError(absl::StrCat("report: ", path, " cannot be written."));
}

// What the import wrote, the reconciliation cannot see any more.
void TakeWritten(const Report& import, Report& report) {
  for (int i = 0; i < Report::kKinds; ++i) {
    const auto kind = static_cast<SourceKind>(i);
    report.of(kind).created = import.of(kind).created;
    report.of(kind).updated = import.of(kind).updated;
  }
}

}  // namespace

absl::StatusOr<Report> Load(const OpenSource& open, const WriterMethods& methods,
                            const PostStream::Method& send_posts, const LoadOptions& options,
                            const LoadListener& listener) {
  const PassTools tools{methods, send_posts, listener.on_posts};
  GUILDHALL_ASSIGN(Passed passed, RunPass(options.dry_run ? PassKind::kDryRun : PassKind::kImport,
                                          open, tools, listener));
  if (options.reconcile && !options.dry_run) {
    GUILDHALL_ASSIGN(Passed compared, RunPass(PassKind::kReconcile, open, tools, listener));
    TakeWritten(passed.report, compared.report);
    passed = std::move(compared);
  }
  if (!options.report.empty()) {
    GUILDHALL_TRY(
        WriteReport(options.report, passed.report.ToText(passed.source, options.dry_run)));
  }
  if (!options.redirects.empty() && !options.dry_run) {
    GUILDHALL_TRY(passed.redirects.Write(options.redirects));
  }
  return std::move(passed.report);
}

}  // namespace guildhall::importing
