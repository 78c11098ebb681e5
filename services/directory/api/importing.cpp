#include "services/directory/api/importing.h"

#include <google/protobuf/util/time_util.h>

#include "absl/strings/str_cat.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/strings.h"

namespace guildhall::directory {
namespace {

absl::Status Wrong(std::string_view field, std::string description) {
  return Refusal(policy::reasons::kFieldInvalid, "A row of the import is not as it should be.")
      .Field(std::string(field), std::move(description));
}

}  // namespace

absl::Status CheckBatch(std::string_view field, int size, int most) {
  if (size <= most) return absl::OkStatus();
  return Wrong(field, absl::StrCat("takes at most ", most, " at once"));
}

absl::StatusOr<absl::Time> TimeFrom(std::string_view field,
                                    const google::protobuf::Timestamp& time) {
  using google::protobuf::util::TimeUtil;
  if (time.seconds() <= 0 || time.seconds() > TimeUtil::kTimestampMaxSeconds || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    return Wrong(field, "is a time after 1970");
  }
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

}  // namespace guildhall::directory
