#pragma once

namespace guildhall::postgres {

// One step of a schema, from migrations/NNNN_name.sql; tables of them are generated.
struct Migration {
  int number;        // from 1, without a gap
  const char* name;  // the file's name without .sql
  const char* text;  // any number of statements, run in one transaction
};

}  // namespace guildhall::postgres
