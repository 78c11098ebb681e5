#include "libs/rpc/page.h"

#include <algorithm>
#include <memory>

#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/status_macros.h"

namespace guildhall::rpc {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

const FieldDescriptor* FieldOf(const Message& request, const char* name) {
  const FieldDescriptor* field = request.GetDescriptor()->FindFieldByName(name);
  GUILDHALL_CHECK(field != nullptr);
  return field;
}

// All of the request but the page itself.
std::string FilterOf(const Message& request) {
  const std::unique_ptr<Message> filter(request.New());
  filter->CopyFrom(request);
  filter->GetReflection()->ClearField(filter.get(), FieldOf(request, "page_size"));
  filter->GetReflection()->ClearField(filter.get(), FieldOf(request, "page_token"));
  return filter->SerializeAsString();
}

}  // namespace

absl::StatusOr<Page> Page::Of(const resources::PageTokens& tokens, const Call& call,
                              const Message& request, PageSize size, int revision) {
  return Open(Page(tokens, call.method(), call.caller().member, revision), request, size);
}

absl::StatusOr<Page> Page::OfSharedList(const resources::PageTokens& tokens, const Call& call,
                                        const Message& request, PageSize size, int revision) {
  return Open(Page(tokens, call.method(), MemberId(), revision), request, size);
}

std::optional<int> Page::SizeFrom(int asked, PageSize size) {
  if (asked < 0) return std::nullopt;
  return asked == 0 ? size.usual : std::min(asked, size.most);
}

absl::StatusOr<Page> Page::Open(Page page, const Message& request, PageSize size) {
  const auto* reflection = request.GetReflection();
  const std::optional<int> count =
      SizeFrom(reflection->GetInt32(request, FieldOf(request, "page_size")), size);
  if (!count) return WrongField("page_size", "is 0 or more");
  page.size_ = *count;
  page.filter_ = FilterOf(request);
  const std::string token = reflection->GetString(request, FieldOf(request, "page_token"));
  if (!token.empty()) {
    GUILDHALL_ASSIGN(page.position_, page.tokens_->Open(page.scope(), token));
  }
  return page;
}

resources::PageScope Page::scope() const {
  return {.method = method_, .filter = filter_, .caller = caller_, .revision = revision_};
}

std::string Page::Seal(std::string_view position) const { return tokens_->Seal(scope(), position); }

}  // namespace guildhall::rpc
