#include "libs/postgres/settings.h"

namespace guildhall::postgres {

void Declare(settings::Schema& schema, PostgresSettings& settings) {
  schema.Add("postgres", &settings.conninfo,
             "Connection string of this service's database, such as \"host=/run/postgresql "
             "dbname=directory user=directory\", without the password. Give an address or a socket "
             "folder: host names are resolved without a deadline.");
  schema.Add(
      "postgres_password", &settings.password,
      "Password for the database; empty where the server trusts the socket or a certificate.");
  schema.Add(
      "postgres_read_connections", &settings.read_connections,
      "Connections for reads. Two to four saturate two cores; thirty-two cost a third of the "
      "throughput.");
  schema.Add("postgres_write_connections", &settings.write_connections,
             "Connections for writes, each held for one transaction.");
  schema.Add("postgres_connect_timeout", &settings.connect_timeout,
             "A server that takes longer to greet counts as away.");
}

}  // namespace guildhall::postgres
