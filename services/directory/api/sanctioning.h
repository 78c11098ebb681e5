#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/strings/str_cat.h"
#include "libs/base/status_macros.h"
#include "libs/base/strings.h"
#include "libs/postgres/work.h"
#include "libs/resources/names.h"
#include "libs/rpc/call.h"
#include "libs/rpc/page.h"
#include "libs/rpc/times.h"
#include "services/directory/domain/limits.h"
#include "services/directory/domain/sanction.h"
#include "services/directory/store/sanction_store.h"

namespace guildhall::directory {

// What bans and mutes have in common.

// What is asked for, tidied; `Message` is v1::Ban or v1::Mute. Fails with: FIELD_INVALID.
template <typename Message>
absl::StatusOr<Sanction> SanctionFrom(SanctionKind kind, const rpc::Call& call,
                                      const Message& asked) {
  const auto field = [&](std::string_view name) {
    return absl::StrCat(Absl(WordFor(kind)), ".", Absl(name));
  };
  Sanction sanction{.kind = kind,
                    .reason = asked.reason(),
                    .creator = call.grant().member(),
                    .create_time = call.now()};
  GUILDHALL_ASSIGN(sanction.member, resources::ParseMember(field("member"), asked.member()));
  if (asked.has_expire_time()) {
    GUILDHALL_ASSIGN(sanction.expire_time,
                     rpc::TimeFrom(field("expire_time"), asked.expire_time()));
  }
  GUILDHALL_TRY(TidySanction(sanction));
  return sanction;
}

// Holds the member, locks the community of the call and decides whether the caller may lay
// `sanction` upon it; answers where it would hold. Three to four round trips.
// Fails with: FIELD_INVALID, NOT_FOUND, NOT_PERMITTED, LAST_OWNER, ALREADY_BANNED, ALREADY_MUTED,
// BUSY.
absl::StatusOr<Covered> EnterToSanction(postgres::Work& work, const rpc::Call& call,
                                        const Sanction& sanction);

// A page of the sanctions of one kind in the community of the call.
struct SanctionPage {
  std::vector<Sanction> sanctions;
  std::string next_page_token;
};
absl::StatusOr<SanctionPage> ReadSanctions(postgres::Database& database, const rpc::Call& call,
                                           const rpc::Page& page, SanctionKind kind);

// How many of them a page has.
inline constexpr rpc::PageSize kSanctionPage{.usual = 30, .most = 100};

}  // namespace guildhall::directory
