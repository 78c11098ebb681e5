#include "tools/import/demo/findings.h"

#include "libs/base/refusal.h"
#include "libs/base/strings.h"

namespace guildhall::demo {

void Findings::CheckText(const std::string& file, int line, std::string_view field,
                         std::string_view text, const TextRule& rule) {
  const absl::StatusOr<std::string> tidy = TidyText(field, text, rule);
  if (tidy.ok() && *tidy == text) return;
  if (tidy.ok()) return Add(file, line, Absl(field), " would be kept as `", *tidy, "`");
  const std::optional<RefusalDetails> details = DetailsOf(tidy.status());
  Add(file, line, Absl(field), " ", details->violations.front().description);
}

}  // namespace guildhall::demo
