#include "libs/base/import_outcome.h"

#include "absl/strings/str_cat.h"

namespace guildhall {

ImportOutcome RefusedAlone(const absl::Status& refusal) {
  ImportOutcome outcome{ImportResult::kRefused, std::string(refusal.message())};
  const std::optional<RefusalDetails> details = DetailsOf(refusal);
  if (!details || details->violations.empty()) return outcome;
  outcome.sentence.clear();
  for (const RefusalDetails::FieldViolation& violation : details->violations) {
    // Within the record: which of a request it was, its place among the outcomes says.
    const std::string field = violation.field.substr(violation.field.find('.') + 1);
    absl::StrAppend(&outcome.sentence, outcome.sentence.empty() ? "" : "; ", field, " ",
                    violation.description);
  }
  return outcome;
}

}  // namespace guildhall
