#pragma once

#include <google/protobuf/message.h>
#include <grpcpp/support/byte_buffer.h>
#include <grpcpp/support/slice.h>

#include <memory>
#include <optional>

namespace guildhall::rpc {

// The message as bytes for the wire, written once, without a copy.
grpc::Slice Serialize(const google::protobuf::MessageLite& message);

// The whole buffer as one run of bytes, shared when it is one already. Nothing for an invalid
// buffer, which an aborted stream leaves behind: touching it further aborts the process.
std::optional<grpc::Slice> Flatten(const grpc::ByteBuffer& buffer);

// Fills `message`; false when the bytes are not one (proto3 also refuses text that is not UTF-8).
bool ParseInto(const grpc::Slice& bytes, google::protobuf::MessageLite& message);

}  // namespace guildhall::rpc
