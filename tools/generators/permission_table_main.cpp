// Prints who may do what: permission-table <folder of protos>.
#include <iostream>

#include "tools/generators/contract_files.h"
#include "tools/generators/permission_table.h"

int main(int argc, char** argv) {
  namespace generators = guildhall::generators;
  const auto contracts = generators::ContractFiles::Read(argc > 1 ? argv[1] : "protos");
  if (!contracts.ok()) {
    std::cerr << contracts.status().message() << '\n';
    return 1;
  }
  const auto table = generators::PermissionTable((*contracts)->services(), (*contracts)->reasons(),
                                                 guildhall::access::Decide);
  if (!table.ok()) {
    std::cerr << table.status().message() << '\n';
    return 1;
  }
  std::cout << *table;
  return 0;
}
