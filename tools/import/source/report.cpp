#include "tools/import/source/report.h"

#include <algorithm>
#include <tuple>

#include "absl/strings/escaping.h"
#include "absl/strings/str_cat.h"
#include "libs/base/sha256.h"
#include "libs/base/strings.h"

namespace guildhall::importing {
namespace {

constexpr std::array<std::string_view, Report::kKinds> kNames = {
    "person", "place", "participation", "thread", "message", "reaction"};

// Words of lines about records that stand, and are counted as such or by no export.
constexpr std::array<std::string_view, 5> kBeside = {"PARTLY", "ASIDE", "LATE", "DIFFERS",
                                                     "WITHDRAWN"};

// Of all records, in whatever order they came.
std::string HashOf(std::vector<RecordHash::Digest> digests) {
  std::sort(digests.begin(), digests.end());
  std::string bytes;
  bytes.reserve(digests.size() * 32);
  for (const RecordHash::Digest& digest : digests) bytes.append(digest.begin(), digest.end());
  return absl::BytesToHexString(Absl(BytesOf(Sha256(bytes))));
}

// Without what would begin another column or line.
std::string Cell(std::string_view text) {
  std::string cell(text);
  std::replace_if(
      cell.begin(), cell.end(), [](char c) { return static_cast<unsigned char>(c) < 0x20; }, ' ');
  return cell.empty() ? "-" : cell;
}

}  // namespace

std::string_view NameOf(SourceKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

void Report::Add(const std::vector<Loss>& losses) {
  for (const Loss& loss : losses) {
    if (loss.whole) ++of(loss.kind).lost;
    Add({loss.whole ? "LOST" : "PARTLY", loss.kind, loss.key, "", loss.what});
  }
}

void Report::Count(const SourceCounts& counts) {
  of(SourceKind::kPerson).in_source = counts.people;
  of(SourceKind::kPlace).in_source = counts.places;
  of(SourceKind::kParticipation).in_source = counts.participations;
  of(SourceKind::kThread).in_source = counts.threads;
  of(SourceKind::kMessage).in_source = counts.messages;
  of(SourceKind::kReaction).in_source = counts.reactions;
}

Report::Judged Report::Judge(SourceKind kind) const {
  const KindTally& tally = of(kind);
  Judged verdict{HashOf(tally.sent), HashOf(tally.standing)};
  std::int64_t named = 0;
  for (const ReportLine& line : lines_) {
    if (line.kind == kind && !std::count(kBeside.begin(), kBeside.end(), line.word)) {
      named += line.count;
    }
  }
  verdict.equal = verdict.source == verdict.standing && tally.missing == 0 &&
                  tally.in_source == tally.stands + tally.pending + named &&
                  tally.in_source == tally.accounted();
  return verdict;
}

bool Report::holds() const {
  for (int i = 0; i < kKinds; ++i) {
    if (!Judge(static_cast<SourceKind>(i)).equal || tallies_[i].refused > 0) return false;
  }
  return true;
}

std::string Report::Verdict() const {
  if (stage_ == ReportStage::kDryRun) return "a dry run: nothing was written";
  if (stage_ == ReportStage::kImport) return "not compared with what stands: nothing is proven";
  if (holds()) return "the proof holds: what stands is what the source has";
  std::int64_t refused = 0;
  bool equal = true;
  for (int i = 0; i < kKinds; ++i) {
    refused += tallies_[i].refused;
    equal = equal && Judge(static_cast<SourceKind>(i)).equal;
  }
  std::string why;
  if (refused > 0) absl::StrAppend(&why, "refused records: ", refused);
  if (!equal)
    absl::StrAppend(&why, refused > 0 ? "; " : "", "what stands is not what the source has");
  return "the proof does not hold: " + why;
}

std::string Report::ToText(std::string_view source) const {
  const bool dry_run = stage_ == ReportStage::kDryRun;
  std::string text = absl::StrCat(
      dry_run ? "dry run of an import from " : "import from ", Absl(source), "\t", Verdict(),
      "\n\nkind\tin source\tlost\tstands\tkept\tgone\telsewhere\trefused\tmissing\t",
      dry_run ? "would be created\twould be updated" : "created\tupdated",
      "\tequal\thash of the source\thash of what stands\n");
  for (int i = 0; i < kKinds; ++i) {
    const KindTally& tally = tallies_[i];
    // Of what is not there yet there is nothing to compare.
    const Judged verdict = dry_run ? Judged{"-", "-"} : Judge(static_cast<SourceKind>(i));
    const char* const equal = dry_run ? "-" : verdict.equal ? "equal" : "differs";
    absl::StrAppend(&text, Absl(kNames[i]), "\t", tally.in_source, "\t", tally.lost, "\t",
                    tally.stands, "\t", tally.kept, "\t", tally.gone, "\t", tally.elsewhere);
    absl::StrAppend(&text, "\t", tally.refused, "\t", tally.missing, "\t", tally.created, "\t",
                    tally.updated, "\t", equal, "\t", verdict.source, "\t", verdict.standing, "\n");
  }
  std::vector<const ReportLine*> sorted;
  for (const ReportLine& line : lines_) sorted.push_back(&line);
  // Batches are answered in any order.
  std::sort(sorted.begin(), sorted.end(), [](const ReportLine* a, const ReportLine* b) {
    return std::tie(a->word, a->kind, a->key, a->what) <
           std::tie(b->word, b->kind, b->key, b->what);
  });
  text += "\nword\tkind\tkey\taddress\thow many\twhat\n";
  for (const ReportLine* line : sorted) {
    absl::StrAppend(&text, Absl(line->word), "\t", Absl(NameOf(line->kind)), "\t", Cell(line->key),
                    "\t", Cell(line->address), "\t", line->count, "\t", Cell(line->what), "\n");
  }
  return text;
}

}  // namespace guildhall::importing
