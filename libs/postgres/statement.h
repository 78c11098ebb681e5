#pragma once

namespace guildhall::postgres {

// One SQL statement from a .sql file; constants of this type are generated from store/sql and sql/
// folders. Both texts are constants of the program: a connection knows a statement that it has
// prepared by the address of its text.
struct Statement {
  const char* name;  // the file's name without .sql; seen in errors, metrics and traces
  const char* text;  // one statement with $1, $2 … for its parameters
};

}  // namespace guildhall::postgres
