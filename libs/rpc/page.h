#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "absl/status/statusor.h"
#include "libs/resources/page_tokens.h"
#include "libs/resources/position.h"
#include "libs/rpc/call.h"

namespace guildhall::rpc {

// How many items a page has.
struct PageSize {
  int usual;  // when the request says 0
  int most;   // more than that is cut to it (AIP-158)
};

// The page that a list request asks for. The request has `page_size` and `page_token`; every other
// field says which list it is, and a token is good for that list and, but for shared ones, that
// caller alone.
class Page {
 public:
  // `revision` is of the fields that positions in this list hold (resources::PageScope). Fails
  // with: FIELD_INVALID (negative size), PAGE_TOKEN_INVALID. `tokens` and `call` outlive it.
  template <typename Request>
  static absl::StatusOr<Page> Of(const resources::PageTokens& tokens, const Call& call,
                                 const Request& request, PageSize size, int revision = 0) {
    return Page(tokens, call.method(), call.caller().member, revision).Open(AskedBy(request), size);
  }

  // The same of a list that is one for everybody who may read it: its tokens are good for whoever
  // may. So its pages hold nothing of the caller and may be kept (Server::Keep). Only for lists
  // whose request names what access is decided about, which it is for each page.
  template <typename Request>
  static absl::StatusOr<Page> OfSharedList(const resources::PageTokens& tokens, const Call& call,
                                           const Request& request, PageSize size,
                                           int revision = 0) {
    return Page(tokens, call.method(), MemberId(), revision).Open(AskedBy(request), size);
  }

  // How many items a request gets; nothing for a page that is not the first, and for requests whose
  // pages may not be kept: that are refused, or say what this version does not know of (a token of
  // theirs would be good for such requests alone).
  template <typename Request>
  static std::optional<int> SizeOfFirst(const Request& request, PageSize size) {
    if (!request.page_token().empty() ||
        !request.GetReflection()->GetUnknownFields(request).empty()) {
      return std::nullopt;
    }
    return SizeFrom(request.page_size(), size);
  }

  int size() const { return size_; }
  // One more than fits: its presence tells that there is a next page.
  int to_fetch() const { return size_ + 1; }
  // Whether the list begins here; then there is no position to read.
  bool first() const { return position_.empty(); }
  resources::PositionReader position() const { return resources::PositionReader(position_); }

  // Cuts what was fetched to the page and answers the token of the next one, empty on the last:
  // `position_of` says as bytes where an item stands in the list.
  template <typename Item, typename PositionOf>
  std::string Cut(std::vector<Item>& fetched, PositionOf position_of) const {
    if (static_cast<int>(fetched.size()) <= size_) return "";
    fetched.erase(fetched.begin() + size_, fetched.end());
    return Seal(position_of(fetched.back()));
  }

  // The token of the page that goes on at `position`, for lists that are cut by more than a count.
  std::string Seal(std::string_view position) const;

 private:
  // What a request says of its page, and all else that it says, which is the list.
  struct Asked {
    int size;
    std::string token, filter;
  };
  template <typename Request>
  static Asked AskedBy(Request filter) {
    Asked asked{.size = filter.page_size(), .token = filter.page_token(), .filter = {}};
    filter.clear_page_size();
    filter.clear_page_token();
    asked.filter = filter.SerializeAsString();
    return asked;
  }

  Page(const resources::PageTokens& tokens, std::string_view method, MemberId caller, int revision)
      : tokens_(&tokens), method_(method), caller_(caller), revision_(revision) {}
  // Nothing for a negative one.
  static std::optional<int> SizeFrom(int asked, PageSize size);
  absl::StatusOr<Page> Open(Asked asked, PageSize size) &&;
  resources::PageScope scope() const;

  const resources::PageTokens* tokens_;
  std::string_view method_;
  MemberId caller_;  // nil: everybody
  int revision_;
  std::string filter_;
  std::string position_;
  int size_ = 0;
};

}  // namespace guildhall::rpc
