#include "services/directory/store/facet_values.h"

#include "directory/statements.h"
#include "libs/base/check.h"
#include "libs/base/status_macros.h"

namespace guildhall::directory {

absl::StatusOr<std::vector<Label>> ListFacetValues(postgres::Database& database,
                                                   const postgres::Context& context,
                                                   const access::Viewer& viewer,
                                                   const ValuesAsked& asked) {
  GUILDHALL_CHECK(viewer.affiliation() == Affiliation::kEmployee);
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListFacetValues, static_cast<std::int32_t>(asked.facet),
                    asked.beginning, asked.after, asked.most));
  std::vector<Label> values;
  for (const postgres::Row row : rows) {
    values.push_back({asked.facet, row.Get<std::string>(0), row.Get<std::string>(1)});
  }
  return values;
}

absl::StatusOr<std::string> GetSearchKey(postgres::Database& database,
                                         const postgres::Context& context, std::string_view text) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetSearchKey, text));
  return rows[0].Get<std::string>(0);
}

absl::StatusOr<std::optional<int>> FillFacetValues(postgres::Work& work, int count) {
  GUILDHALL_ASSIGN(const postgres::Rows due, work.Run(sql::kLockFacetFill));
  if (due.empty()) return std::nullopt;
  GUILDHALL_ASSIGN(const postgres::Rows filled,
                   work.Run(sql::kFillFacetValues, due[0].Get<MemberId>(0), count));
  const int members = filled[0].Get<std::int32_t>(0);
  if (members < count) {
    work.Defer(sql::kEndFacetFill);
  } else {
    work.Defer(sql::kMoveFacetFill, filled[0].Get<MemberId>(1));
  }
  return members;
}

}  // namespace guildhall::directory
