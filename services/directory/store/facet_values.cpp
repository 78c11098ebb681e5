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

}  // namespace guildhall::directory
