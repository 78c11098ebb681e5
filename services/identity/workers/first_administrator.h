#pragma once

#include <string>

#include "absl/status/statusor.h"
#include "absl/time/time.h"
#include "libs/base/random.h"
#include "libs/postgres/database.h"

namespace guildhall::identity {

// Has a file say how somebody becomes the first administrator, while there is no account: a link,
// or a secret alone, that holds once and for a day. Another follows one that has run out; the file
// goes when its secret holds no more. The log names the file, and never the secret.
class FirstAdministrator {
 public:
  static constexpr absl::Duration kEvery = absl::Minutes(1);

  // `page` is what the secret is appended to. All outlive it.
  FirstAdministrator(postgres::Database& database, Random& random, std::string file,
                     std::string page)
      : database_(database), random_(random), file_(std::move(file)), page_(std::move(page)) {}

  // Whether it has put a file down. Of several processes one does, while the others wait or find it
  // done. The file is put down before its secret is committed: one whose secret was not opens
  // nothing and makes room for another. Fails with: DEPENDENCY_AWAY, BUSY, UNAVAILABLE (the file).
  absl::StatusOr<bool> RunOnce(absl::Time now);

 private:
  absl::StatusOr<bool> IsSpent(const postgres::Context& context, absl::Time now);
  absl::StatusOr<bool> Renew(const postgres::Context& context, postgres::Work& work,
                             absl::Time now);
  absl::StatusOr<bool> Issue(postgres::Work& work, absl::Time now);

  postgres::Database& database_;
  Random& random_;
  const std::string file_;
  const std::string page_;
};

}  // namespace guildhall::identity
