#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/container/flat_hash_map.h"
#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "tools/import/archive/line_stream.h"

namespace guildhall::discourse {

// Reads the rows of a plain dump of PostgreSQL (pg_dump, COPY blocks in text format), a row in
// memory at a time. All other statements are passed over.
//
// Values are asked for by the column's name. A value that is not what it is asked for as makes the
// row wrong, which the next call of NextRow or NextTable tells.
class CopyReader {
 public:
  explicit CopyReader(std::unique_ptr<importing::LineStream> lines) : lines_(std::move(lines)) {}

  // The name of the next table that has rows to come, without its schema; nothing at the end.
  // What is left of the last one is passed over.
  // Fails with: INVALID_ARGUMENT, which names the line; UNAVAILABLE (disk).
  absl::StatusOr<std::optional<std::string>> NextTable();

  // Whether there is another row of the table. Fails likewise.
  absl::StatusOr<bool> NextRow();

  // Of the row. Nothing where the column is NULL or the table has none of that name.
  std::optional<std::string> Text(std::string_view column);
  std::optional<std::int64_t> Number(std::string_view column);
  std::optional<absl::Time> Time(std::string_view column);  // in UTC, not before 1970
  bool Flag(std::string_view column);

  // The same, of a column that may not be NULL.
  std::string NeedText(std::string_view column);
  std::int64_t NeedNumber(std::string_view column);
  absl::Time NeedTime(std::string_view column);

  // Makes the row wrong.
  void Wrong(std::string_view what);

 private:
  absl::Status BeginTable(std::string_view columns);
  absl::StatusOr<std::optional<std::string_view>> NextLine();

  std::unique_ptr<importing::LineStream> lines_;
  absl::flat_hash_map<std::string, std::size_t> columns_;  // by name: their places
  std::vector<std::string_view> values_;                   // of the row, escaped
  bool in_table_ = false;
  absl::Status status_;
};

}  // namespace guildhall::discourse
