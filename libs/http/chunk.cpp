#include "absl/strings/str_cat.h"
#include "libs/base/check.h"
#include "libs/http/message.h"

namespace guildhall::http {

Chunk::Chunk(std::initializer_list<std::string_view> pieces) {
  std::size_t size = 0;
  for (const std::string_view piece : pieces) size += piece.size();
  GUILDHALL_CHECK(size > 0);  // an empty chunk would end the answer
  std::string framed = absl::StrCat(absl::Hex(size), "\r\n");
  head_size_ = framed.size();
  framed.reserve(head_size_ + size + kEnd.size());
  for (const std::string_view piece : pieces) framed.append(piece);
  framed_ = std::make_shared<const std::string>(std::move(framed.append(kEnd)));
}

}  // namespace guildhall::http
