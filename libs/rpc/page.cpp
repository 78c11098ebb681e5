#include "libs/rpc/page.h"

#include <algorithm>
#include <utility>

#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::rpc {

std::optional<int> Page::SizeFrom(int asked, PageSize size) {
  if (asked < 0) return std::nullopt;
  return asked == 0 ? size.usual : std::min(asked, size.most);
}

absl::StatusOr<Page> Page::Open(Asked asked, PageSize size) && {
  const std::optional<int> count = SizeFrom(asked.size, size);
  if (!count) return WrongField("page_size", "is 0 or more");
  size_ = *count;
  filter_ = std::move(asked.filter);
  if (!asked.token.empty()) {
    GUILDHALL_ASSIGN(position_, tokens_->Open(scope(), asked.token));
  }
  return std::move(*this);
}

resources::PageScope Page::scope() const {
  return {.method = method_, .filter = filter_, .caller = caller_, .revision = revision_};
}

std::string Page::Seal(std::string_view position) const { return tokens_->Seal(scope(), position); }

}  // namespace guildhall::rpc
