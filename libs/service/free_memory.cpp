#include "libs/service/free_memory.h"

#include <malloc.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>

namespace guildhall::service {
namespace {

std::size_t ResidentBytes() {
  std::size_t pages = 0, resident = 0;
  std::ifstream("/proc/self/statm") >> pages >> resident;
  return resident * static_cast<std::size_t>(sysconf(_SC_PAGESIZE));
}

}  // namespace

bool FreeMemory::GiveBack() {
  const std::size_t resident = ResidentBytes();
  smallest_ = std::min(smallest_, resident);
  if (resident < smallest_ + kWorthIt) return false;
  malloc_trim(0);
  smallest_ = ResidentBytes();
  return true;
}

}  // namespace guildhall::service
