#include "tools/import/source/outcomes.h"

#include <algorithm>

#include "absl/strings/str_cat.h"
#include "absl/time/time.h"

namespace guildhall::importing {
namespace {

using importing::v1::Outcome;

RecordHash::Digest DigestOf(const std::string& bytes) {
  RecordHash::Digest digest{};
  if (bytes.size() == digest.size()) std::copy(bytes.begin(), bytes.end(), digest.begin());
  return digest;
}

void Name(const HeardOutcome& heard, std::string_view word, std::string what, Report& report,
          std::int64_t count = 1, std::optional<SourceKind> kind = {}) {
  report.Add({word, kind.value_or(heard.kind), heard.key, heard.address, std::move(what), count});
}

const char* Explain(importing::v1::Aside aside) {
  switch (aside) {
    case importing::v1::ASIDE_REPLY:
      return "what it answers is another here, or not there";
    case importing::v1::ASIDE_ACCEPTED:
      return "it is not the accepted answer here";
    case importing::v1::ASIDE_PINNED:
      return "it is not pinned here";
    case importing::v1::ASIDE_CLOSED:
      return "it is not closed here";
    case importing::v1::ASIDE_AFFILIATION:
      return "its affiliation is another here";
    case importing::v1::ASIDE_PARENT:
      return "it is in another place here";
    case importing::v1::ASIDE_REACH:
      return "others see it, or are admitted, here";
    case importing::v1::ASIDE_AUTHOR:
      return "who began it here stays its author";
    default:
      return "something of it is otherwise here";
  }
}

// What stands, held against what the source has.
void Compare(const HeardOutcome& heard, Report& report) {
  const RecordHash::Digest standing = DigestOf(heard.outcome.content_hash());
  report.of(heard.kind).sent.push_back(heard.expected);
  report.of(heard.kind).standing.push_back(standing);
  const bool kept = heard.outcome.result() == importing::v1::RESULT_KEPT;
  if (!kept && standing != heard.expected) {
    Name(heard, "DIFFERS", "what is stored is not what was sent", report);
  }
  for (const int aside : heard.outcome.asides()) {
    Name(heard, "ASIDE", Explain(static_cast<importing::v1::Aside>(aside)), report);
  }
  if (heard.outcome.has_late_time()) {
    const absl::Time time = absl::FromUnixSeconds(heard.outcome.late_time().seconds());
    Name(heard, "LATE",
         absl::StrCat("others stood behind its time when it came: it stands at ",
                      absl::FormatTime(absl::RFC3339_sec, time, absl::UTCTimeZone())),
         report);
  }
}

void TellWrite(const HeardOutcome& heard, Meaning meaning, Report& report) {
  KindTally& tally = report.of(heard.kind);
  const bool created = heard.outcome.result() == importing::v1::RESULT_CREATED;
  if (meaning == Meaning::kMissing) {
    ++tally.missing;
    tally.sent.push_back(heard.expected);
    Name(heard, "MISSING", created ? "is not there" : "is not as the source has it", report);
    return;
  }
  ++(created ? tally.created : tally.updated);
  if (meaning == Meaning::kPending) {
    ++tally.pending;
    return;
  }
  ++tally.stands;
  Compare(heard, report);
}

}  // namespace

void Tell(const HeardOutcome& heard, Meaning meaning, Report& report) {
  KindTally& tally = report.of(heard.kind);
  switch (heard.outcome.result()) {
    case importing::v1::RESULT_CREATED:
    case importing::v1::RESULT_UPDATED:
      return TellWrite(heard, meaning, report);
    case importing::v1::RESULT_UNCHANGED:
      ++tally.stands;
      return Compare(heard, report);
    case importing::v1::RESULT_KEPT:
      ++tally.kept;
      Name(heard, "KEPT", "was changed here and stays so", report);
      return Compare(heard, report);
    case importing::v1::RESULT_GONE:
      ++tally.gone;
      return Name(heard, "GONE", "was deleted, removed or left here", report);
    case importing::v1::RESULT_ELSEWHERE:
      ++tally.elsewhere;
      return Name(heard, "ELSEWHERE", "was moved, here or at the source, and stays where it is",
                  report);
    default:
      ++tally.refused;
      return Name(heard, "REFUSED", heard.outcome.sentence(), report);
  }
}

void TellReactions(const HeardOutcome& heard, std::int64_t sent, Meaning meaning, Report& report) {
  if (sent == 0) return;
  KindTally& tally = report.of(SourceKind::kReaction);
  const auto with_message = [&](std::string_view word, std::int64_t& count) {
    count += sent;
    Name(heard, word, "with the message", report, sent, SourceKind::kReaction);
  };
  switch (heard.outcome.result()) {
    case importing::v1::RESULT_GONE:
      return with_message("GONE", tally.gone);
    case importing::v1::RESULT_ELSEWHERE:
      return with_message("ELSEWHERE", tally.elsewhere);
    case importing::v1::RESULT_REFUSED:
      return with_message("REFUSED", tally.refused);
    default:
      break;
  }
  const bool created = heard.outcome.result() == importing::v1::RESULT_CREATED;
  const bool writes = created || heard.outcome.result() == importing::v1::RESULT_UPDATED;
  if (writes && meaning == Meaning::kMissing) return with_message("MISSING", tally.missing);
  if (writes && meaning == Meaning::kPending) {
    tally.pending += sent;
    if (created) tally.created += sent;
    return;
  }
  const std::int64_t missing = heard.outcome.missing_reactions_size();
  tally.stands += sent - missing;
  tally.gone += missing;
  if (created) tally.created += sent;
  if (missing > 0) {
    Name(heard, "GONE", "were taken back here", report, missing, SourceKind::kReaction);
  }
  tally.sent.push_back(heard.expected);
  tally.standing.push_back(DigestOf(heard.outcome.reactions_hash()));
}

bool Stands(const Outcome& outcome, Meaning meaning) {
  switch (outcome.result()) {
    case importing::v1::RESULT_CREATED:
      return meaning == Meaning::kWritten;
    case importing::v1::RESULT_GONE:
    case importing::v1::RESULT_REFUSED:
    case importing::v1::RESULT_UNSPECIFIED:
      return false;
    default:
      return true;
  }
}

}  // namespace guildhall::importing
