#include "libs/rpc/codec.h"

#include <grpc/slice.h>

#include <limits>

#include "libs/base/check.h"

namespace guildhall::rpc {

grpc::Slice Serialize(const google::protobuf::MessageLite& message) {
  const std::size_t size = message.ByteSizeLong();
  GUILDHALL_CHECK(size <= std::numeric_limits<int>::max());
  grpc_slice bytes = grpc_slice_malloc(size);
  message.SerializeWithCachedSizesToArray(GRPC_SLICE_START_PTR(bytes));
  return grpc::Slice(bytes, grpc::Slice::STEAL_REF);
}

std::optional<grpc::Slice> Flatten(const grpc::ByteBuffer& buffer) {
  if (!buffer.Valid()) return std::nullopt;
  grpc::Slice bytes;
  if (!buffer.TrySingleSlice(&bytes).ok() && !buffer.DumpToSingleSlice(&bytes).ok()) {
    return std::nullopt;
  }
  return bytes;
}

bool ParseInto(const grpc::Slice& bytes, google::protobuf::MessageLite& message) {
  if (bytes.size() > std::numeric_limits<int>::max()) return false;
  return message.ParseFromArray(bytes.begin(), static_cast<int>(bytes.size()));
}

}  // namespace guildhall::rpc
