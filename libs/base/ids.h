#pragma once

#include <compare>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "libs/base/uuid.h"

namespace guildhall {

// An id of one kind of thing. Ids of different kinds do not convert into each other, so two of
// them cannot be swapped unnoticed.
template <typename Kind>
class Id {
 public:
  Id() = default;
  explicit Id(Uuid uuid) : uuid_(uuid) {}

  const Uuid& uuid() const { return uuid_; }
  bool IsNil() const { return uuid_.IsNil(); }
  std::string ToString() const { return uuid_.ToString(); }

  static std::optional<Id> Parse(std::string_view text) {
    const std::optional<Uuid> uuid = Uuid::Parse(text);
    if (!uuid) return std::nullopt;
    return Id(*uuid);
  }

  auto operator<=>(const Id&) const = default;

  template <typename H>
  friend H AbslHashValue(H state, const Id& id) {
    return H::combine(std::move(state), id.uuid_.bytes);
  }

 private:
  Uuid uuid_;
};

// An account and its member share their id, so there is no AccountId.
using MemberId = Id<struct MemberKind>;
using SessionId = Id<struct SessionKind>;
using CommunityId = Id<struct CommunityKind>;
using TopicId = Id<struct TopicKind>;
using PostId = Id<struct PostKind>;
using RequestId = Id<struct RequestKind>;

}  // namespace guildhall
