#include "services/identity/domain/password.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/stringpiece.h>

#include "absl/strings/str_cat.h"
#include "guildhall/identity/v1/reasons.h"
#include "guildhall/policy/v1/reasons.h"
#include "libs/base/check.h"
#include "libs/base/refusal.h"
#include "libs/base/text.h"
#include "services/identity/domain/common_passwords.h"
#include "services/identity/domain/limits.h"

namespace guildhall::identity {
namespace {

absl::Status TooLong(std::string_view field) {
  return Refusal(policy::reasons::kFieldInvalid, "A field is not as it should be.")
      .Field(std::string(field), "takes at most 1 KiB");
}

std::string Nfc(std::string_view text) {
  UErrorCode error = U_ZERO_ERROR;
  const icu::Normalizer2* nfc = icu::Normalizer2::getNFCInstance(error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  nfc->normalizeUTF8(0, piece, sink, nullptr, error);
  GUILDHALL_CHECK(U_SUCCESS(error));
  return out;
}

}  // namespace

absl::StatusOr<std::string> NormalizePassword(std::string_view field, std::string_view text) {
  if (text.size() > Count(kMaxPassword)) return TooLong(field);
  std::string normal = Nfc(text);
  if (normal.size() > Count(kMaxPassword)) return TooLong(field);
  return normal;
}

absl::Status CheckNewPassword(std::string_view password, const PasswordOwner& owner,
                              int min_length) {
  if (CodePointCount(password) < min_length) {
    return Refusal(reasons::kPasswordLength,
                   absl::StrCat("The password has less than ", min_length, " characters."))
        .With("min_length", absl::StrCat(min_length));
  }
  if (IsCommonPassword(password, {owner.email, owner.display_name})) {
    return Refusal(reasons::kPasswordCommon, "The password is among those that are tried first.");
  }
  return absl::OkStatus();
}

}  // namespace guildhall::identity
