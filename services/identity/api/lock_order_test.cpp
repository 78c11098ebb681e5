// Who ends sessions and tokens meets others who write the same rows, and nobody waits in a ring.
#include <atomic>
#include <catch2/catch.hpp>
#include <functional>
#include <thread>

#include "libs/testing/eventually.h"
#include "services/identity/api/account_fixture.h"
#include "services/identity/api/writing.h"
#include "services/identity/store/session_store.h"

namespace guildhall::identity {
namespace {

constexpr char kFirst[] = "00000000-0000-7000-8000-000000000001";
constexpr char kSecond[] = "00000000-0000-7000-8000-000000000002";

constexpr postgres::Statement kHoldSession{"hold_session",
                                           "SELECT FROM sessions WHERE id = $1 FOR UPDATE"};
constexpr postgres::Statement kHoldToken{"hold_token",
                                         "SELECT FROM access_tokens WHERE id = $1 FOR UPDATE"};

struct Meeting : TestAccounts {
  // Runs `first` in a transaction and, when it has its locks and `meanwhile` waits for one of them,
  // `then`; says whether all of it went through.
  using Step = std::function<absl::Status(postgres::Work&)>;
  bool Meet(const Step& first, const Step& then, const std::function<absl::Status()>& meanwhile) {
    std::atomic<bool> holds = false;
    absl::Status other;
    std::thread thread([&] {
      const postgres::Context context{.deadline = Deadline::After(absl::Seconds(20))};
      other = database->Transact(context, [&](postgres::Work& work) -> absl::Status {
        GUILDHALL_TRY(first(work));
        holds = true;
        const bool met = testing::Eventually([&] { return database.SomebodyWaits(); });
        return met ? then(work) : absl::InternalError("nobody waits");
      });
      holds = true;
    });
    testing::Eventually([&] { return holds.load(); });
    const absl::Status own = meanwhile();
    thread.join();
    UNSCOPED_INFO(own << "; " << other);
    return own.ok() && other.ok();
  }
};

TEST_CASE_METHOD(Meeting, "an account is suspended while its owner revokes one of its sessions") {
  const access::Grant grant = *GrantOf(access::Permission::kOwn, bob);
  const Moment moment(process.settings.session_limits(), clock.Now());
  const SessionId session = bob.caller.session;
  CHECK(Meet(
      [&](postgres::Work& work) { return RevokeOwnSession(work, grant, session, moment).status(); },
      [&](postgres::Work& work) {
        AppendRevocations(work, grant.member(), {{session}});
        return absl::OkStatus();
      },
      [&] { return Suspend(bob, ada).status(); }));
}

TEST_CASE_METHOD(Meeting,
                 "sessions and tokens end while their uses are noted in order of the ids") {
  const std::string account = "'" + bob.caller.member.ToString() + "'";
  // In the table and by its index the second comes first.
  database.Run("INSERT INTO sessions SELECT id, " + account +
               ", sha256(id::text::bytea), now, now, now + interval '1 day', NULL, '', '' FROM "
               "(VALUES ('" +
               kSecond + "'::uuid), ('" + kFirst +
               "'::uuid)) ids(id), "
               "(SELECT max(create_time) AS now FROM sessions) times");
  database.Run("INSERT INTO access_tokens SELECT id, " + account +
               ", sha256(id::text::bytea), 'Build', 1, now, now + interval '1 day' FROM "
               "(VALUES ('" +
               kSecond + "'::uuid), ('" + kFirst +
               "'::uuid)) ids(id), "
               "(SELECT max(create_time) AS now FROM sessions) times");
  const postgres::Statement& hold = *GENERATE(&kHoldSession, &kHoldToken);
  const auto holding = [&](const char* id) -> Meeting::Step {
    return [&hold, id](postgres::Work& work) { return work.Run(hold, *Uuid::Parse(id)).status(); };
  };
  CHECK(Meet(holding(kFirst), holding(kSecond), [&] { return Suspend(bob, ada).status(); }));
}

}  // namespace
}  // namespace guildhall::identity
