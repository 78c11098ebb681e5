#pragma once

#include <memory>
#include <string>
#include <vector>

#include "libs/postgres/database.h"
#include "libs/postgres/migrate.h"
#include "libs/testing/private_postgres.h"

namespace guildhall::testing {

// A database of one test's own, gone with it: cloned from a template that the first test with the
// same migrations makes. Made on the program's private PostgreSQL unless another is given.
//
//   TestDatabase db({{"directory", directory::kMigrations}});
//   db->Read(Context(), sql::kGetCommunity, id);
class TestDatabase {
 public:
  explicit TestDatabase(std::vector<postgres::Component> components = {},
                        PrivatePostgres& server = PrivatePostgres::Get());
  ~TestDatabase();
  TestDatabase(const TestDatabase&) = delete;
  TestDatabase& operator=(const TestDatabase&) = delete;

  // How to connect to it; for tests that open a Database of their own.
  const postgres::PostgresSettings& settings() const { return settings_; }

  // Runs a script of any number of statements; aborts when it fails.
  void Run(const std::string& script);

  // The first column of the first row, as text; empty for no rows or NULL.
  std::string Ask(const std::string& question);

  // Whether somebody waits for a lock in it now. For tests in which two are to meet, who ask until
  // it is so: Eventually([&] { return database.SomebodyWaits(); }).
  bool SomebodyWaits();

  // With the settings' defaults; for any thread.
  postgres::Database& operator*() { return *database_; }
  postgres::Database* operator->() { return database_.get(); }

  PrivatePostgres& server() { return server_; }

 private:
  PrivatePostgres& server_;
  const std::string name_;
  const postgres::PostgresSettings settings_;
  std::unique_ptr<postgres::Database> database_;
};

}  // namespace guildhall::testing
