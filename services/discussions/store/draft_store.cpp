#include "services/discussions/store/draft_store.h"

#include "discussions/statements.h"
#include "libs/base/status_macros.h"
#include "services/discussions/domain/limits.h"

namespace guildhall::discussions {
namespace {

std::int32_t NumberOf(DraftPlace::Kind kind) { return static_cast<std::int32_t>(kind); }

Draft DraftFrom(const postgres::Row& row) {
  return {.place = {static_cast<DraftPlace::Kind>(row.Get<std::int32_t>(1)), row.Get<Uuid>(0),
                    row.Get<std::optional<TopicId>>(2)},
          .title = row.Get<std::string>(3),
          .markdown = row.Get<std::string>(4),
          .rest = row.Get<std::string>(5),
          .update_time = row.Get<absl::Time>(6)};
}

}  // namespace

absl::StatusOr<std::optional<Draft>> GetDraft(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::Grant& grant, const DraftPlace& place) {
  GUILDHALL_ASSIGN(const postgres::Rows rows, database.Read(context, sql::kGetDraft, grant.member(),
                                                            place.id, NumberOf(place.kind)));
  if (rows.empty()) return std::nullopt;
  return DraftFrom(rows[0]);
}

absl::StatusOr<std::optional<absl::Time>> StoreDraft(postgres::Database& database,
                                                     const postgres::Context& context,
                                                     const access::Grant& grant, const Draft& draft,
                                                     const std::optional<Draft>& seen) {
  const std::optional<absl::Time> seen_time =
      seen ? std::optional(seen->update_time) : std::nullopt;
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kSetDraft, grant.member(), draft.place.id,
                                  NumberOf(draft.place.kind), draft.place.topic, draft.title,
                                  draft.markdown, seen_time, draft.update_time,
                                  std::int32_t{kMaxDrafts}, postgres::Bytea{draft.rest}));
  if (!rows[0].Get<bool>(0)) return TooManyDrafts();
  return rows[0].Get<std::optional<absl::Time>>(1);
}

absl::StatusOr<bool> DeleteDraft(postgres::Database& database, const postgres::Context& context,
                                 const access::Grant& grant, const DraftPlace& place,
                                 std::optional<absl::Time> seen) {
  GUILDHALL_ASSIGN(const postgres::Rows rows,
                   database.Write(context, sql::kDeleteDraft, grant.member(), place.id,
                                  NumberOf(place.kind), seen));
  return !rows.empty();
}

absl::StatusOr<std::vector<Draft>> ListDrafts(postgres::Database& database,
                                              const postgres::Context& context,
                                              const access::Grant& grant, const TimePosition& after,
                                              int count) {
  GUILDHALL_ASSIGN(
      const postgres::Rows rows,
      database.Read(context, sql::kListDrafts, grant.member(), after.time, after.id, count));
  std::vector<Draft> drafts;
  for (const postgres::Row row : rows) drafts.push_back(DraftFrom(row));
  return drafts;
}

}  // namespace guildhall::discussions
