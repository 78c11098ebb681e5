#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"

namespace guildhall::importing {

// Keeps what comes in the order of an export until it is asked for group by group, in a file that
// has no name and ends with the process. In memory lie 16 bytes a record and 24 a group, beside one
// group.
class Spool {
 public:
  using Record = std::vector<std::string>;  // fields that mean something to whoever adds them

  // Fails with: UNAVAILABLE (disk).
  static absl::StatusOr<Spool> Create();

  Spool(Spool&&) = default;
  Spool& operator=(Spool&&) = default;

  // Adds a record to a group; groups are numbered from 0 on without large gaps.
  // Fails with: UNAVAILABLE (disk).
  absl::Status Add(std::size_t group, const Record& record);

  // How many groups there are, empty ones before the last included.
  std::size_t size() const { return groups_.size(); }
  // Of a group.
  std::size_t CountOf(std::size_t group) const { return groups_[group].size(); }

  // The records of a group in the order in which they were added.
  // Fails with: UNAVAILABLE (disk).
  absl::StatusOr<std::vector<Record>> Read(std::size_t group);

 private:
  struct Close {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  struct Place {
    std::uint64_t offset = 0;
    std::uint32_t bytes = 0;
  };

  explicit Spool(std::FILE* file) : file_(file) {}

  absl::StatusOr<std::string> ReadAt(const Place& place);

  std::unique_ptr<std::FILE, Close> file_;
  std::uint64_t end_ = 0;
  std::vector<std::vector<Place>> groups_;
};

}  // namespace guildhall::importing
