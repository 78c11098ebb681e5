#include "libs/rpc/times.h"

#include <google/protobuf/util/time_util.h>

#include "libs/base/refusal.h"

namespace guildhall::rpc {

using google::protobuf::util::TimeUtil;

google::protobuf::Timestamp ToProto(absl::Time time) {
  return TimeUtil::MicrosecondsToTimestamp(absl::ToUnixMicros(time));
}

absl::StatusOr<absl::Time> TimeFrom(std::string_view field,
                                    const google::protobuf::Timestamp& time) {
  if (time.seconds() <= 0 || time.seconds() > TimeUtil::kTimestampMaxSeconds || time.nanos() < 0 ||
      time.nanos() > 999'999'999) {
    return WrongField(field, "is a time after 1970");
  }
  return absl::FromUnixMicros(TimeUtil::TimestampToMicroseconds(time));
}

}  // namespace guildhall::rpc
