#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "absl/time/time.h"
#include "libs/base/uuid.h"

namespace guildhall::resources {

// The keyset values at which a list goes on, as bytes: written in one order and read in the same.
class PositionWriter {
 public:
  PositionWriter& Text(std::string_view value);
  PositionWriter& Number(std::int64_t value);
  PositionWriter& Real(double value);
  PositionWriter& Time(absl::Time value);  // to the microsecond, as PostgreSQL keeps it
  PositionWriter& Id(const Uuid& value);
  std::string Take() { return std::move(bytes_); }

 private:
  std::string bytes_;
};

// Reads what a PositionWriter wrote. A position is read only after its seal was found whole, so
// running out of bytes means that the program reads other fields than it wrote: it aborts.
class PositionReader {
 public:
  explicit PositionReader(std::string_view bytes) : rest_(bytes) {}
  std::string Text();
  std::int64_t Number();
  double Real();
  absl::Time Time();
  Uuid Id();

 private:
  std::string_view Take(std::size_t size);
  std::string_view rest_;
};

}  // namespace guildhall::resources
