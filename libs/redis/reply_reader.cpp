#include "libs/redis/reply_reader.h"

#include <hiredis/read.h>

#include <new>
#include <utility>

#include "absl/strings/str_cat.h"
#include "libs/base/check.h"

namespace guildhall::redis {
namespace {

// hiredis asks for each value as it has read it. A value goes to the end of its array, which thus
// grows by what arrives; hiredis keeps no pointer into an array beyond its last element.
Reply* Place(const redisReadTask* task, Reply::Type type) {
  if (task->parent == nullptr) {
    Reply* const root = new Reply;
    root->type = type;
    return root;
  }
  // For hiredis, a null pointer is a lack of memory: it gives the stream up.
  int& elements = *static_cast<int*>(task->privdata);
  if (++elements > ReplyReader::kMostElements) return nullptr;
  Reply& element = static_cast<Reply*>(task->parent->obj)->elements.emplace_back();
  element.type = type;
  return &element;
}

void* MakeString(const redisReadTask* task, char* bytes, std::size_t size) {
  Reply* const reply =
      Place(task, task->type == REDIS_REPLY_ERROR ? Reply::Type::kError : Reply::Type::kString);
  if (reply != nullptr) reply->text.assign(bytes, size);
  return reply;
}

void* MakeArray(const redisReadTask* task, int) { return Place(task, Reply::Type::kArray); }

void* MakeInteger(const redisReadTask* task, long long value) {
  Reply* const reply = Place(task, Reply::Type::kInteger);
  if (reply != nullptr) reply->integer = value;
  return reply;
}

void* MakeNil(const redisReadTask* task) { return Place(task, Reply::Type::kNil); }

// Called for whole replies only: what stands in an array belongs to it.
void Discard(void* root) { delete static_cast<Reply*>(root); }

redisReplyObjectFunctions kMakers = {MakeString, MakeArray, MakeInteger, MakeNil, Discard};

}  // namespace

void ReplyReader::Free::operator()(redisReader* reader) const { redisReaderFree(reader); }

ReplyReader::ReplyReader() : reader_(redisReaderCreateWithFunctions(&kMakers)) {
  GUILDHALL_CHECK(reader_ != nullptr);
  reader_->privdata = &elements_;
}

ReplyReader::~ReplyReader() = default;

absl::Status ReplyReader::Feed(std::string_view bytes) {
  unread_bytes_ += bytes.size();
  if (unread_bytes_ > kMostBytes) {
    return absl::UnavailableError("Redis sends more than its limit.");
  }
  if (redisReaderFeed(reader_.get(), bytes.data(), bytes.size()) == REDIS_OK) {
    return absl::OkStatus();
  }
  return absl::UnavailableError("Redis sends what cannot be kept.");
}

absl::StatusOr<std::optional<Reply>> ReplyReader::Next() {
  void* whole = nullptr;
  if (redisReaderGetReply(reader_.get(), &whole) != REDIS_OK) {
    return absl::UnavailableError(absl::StrCat("Redis makes no sense: ", reader_->errstr));
  }
  if (whole == nullptr) return std::optional<Reply>();
  const std::unique_ptr<Reply> owned(static_cast<Reply*>(whole));
  unread_bytes_ = reader_->len - reader_->pos;
  elements_ = 0;
  return std::optional<Reply>(std::move(*owned));
}

}  // namespace guildhall::redis
