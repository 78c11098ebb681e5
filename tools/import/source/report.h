#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "guildhall/importing/v1/importing.pb.h"
#include "libs/base/record_hash.h"
#include "tools/import/source/source.h"

namespace guildhall::importing {

// What came of the records of one kind.
struct KindTally {
  std::int64_t in_source = 0;
  // Left behind as a whole, before anything was sent.
  std::int64_t lost = 0;
  // As the source has them: all but those of the other numbers.
  std::int64_t stands = 0;
  std::int64_t kept = 0, gone = 0, elsewhere = 0, refused = 0;
  // Of a reconciliation: what should have been written and is not there as it was sent.
  std::int64_t missing = 0;
  // What was, or of a dry run would be, written; the latter is accounted for as pending.
  std::int64_t created = 0, updated = 0, pending = 0;
  // Of the records of which something stands: as the source has them, and as they stand.
  std::vector<RecordHash::Digest> sent, standing;

  std::int64_t accounted() const {
    return lost + stands + kept + gone + elsewhere + refused + missing + pending;
  }
};

// One thing that is not as the source has it.
struct ReportLine {
  // LOST, PARTLY, KEPT, GONE, ELSEWHERE, REFUSED, ASIDE, LATE, MISSING, DIFFERS or WITHDRAWN.
  std::string_view word;
  SourceKind kind = SourceKind::kMessage;
  std::string key;
  std::string address;
  std::string what;
  // How many records it is about.
  std::int64_t count = 1;
};

// What a report can say.
enum class ReportStage {
  kDryRun,      // what would be written
  kImport,      // what was written, as the services tell; nothing was read a second time
  kReconciled,  // the proof
};

// What came of an import: for each kind how many records the source holds and what became of them,
// a hash of what it holds and one of what stands, and each difference by name.
class Report {
 public:
  static constexpr int kKinds = 6;

  KindTally& of(SourceKind kind) { return tallies_[static_cast<int>(kind)]; }
  const KindTally& of(SourceKind kind) const { return tallies_[static_cast<int>(kind)]; }
  void Add(ReportLine line) { lines_.push_back(std::move(line)); }
  void Add(const std::vector<Loss>& losses);
  void Count(const SourceCounts& counts);

  const std::vector<ReportLine>& lines() const { return lines_; }

  void set_stage(ReportStage stage) { stage_ = stage; }

  // Whether each record of the source is accounted for, none was refused, and everything that
  // stands is as the source has it. What was changed here (KEPT) is not.
  bool holds() const;

  // One sentence without its full stop. Whether the proof holds is told of a reconciliation alone;
  // it says on its own that records were refused, since those can be taken by another attempt.
  std::string Verdict() const;

  // Tables and lines of words with tabs between them; the same for the same import.
  std::string ToText(std::string_view source) const;

 private:
  // Whether all records are accounted for, each difference by a line, and what stands is what was
  // sent.
  struct Judged {
    std::string source, standing;
    bool equal = false;
  };
  Judged Judge(SourceKind kind) const;

  ReportStage stage_ = ReportStage::kReconciled;
  std::array<KindTally, kKinds> tallies_;
  std::vector<ReportLine> lines_;
};

// "person", "place", …
std::string_view NameOf(SourceKind kind);

}  // namespace guildhall::importing
