#include "libs/base/cancellation.h"

#include <sys/eventfd.h>
#include <unistd.h>

namespace guildhall {

Cancellation::~Cancellation() {
  if (const int fd = fd_.load(); fd >= 0) close(fd);
}

void Cancellation::Cancel() {
  cancelled_.store(true);
  if (const int fd = fd_.load(); fd >= 0) eventfd_write(fd, 1);
}

int Cancellation::fd() {
  int fd = fd_.load();
  if (fd >= 0) return fd;
  const int fresh = eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK);
  if (fresh < 0) return -1;
  if (!fd_.compare_exchange_strong(fd, fresh)) {
    close(fresh);
    return fd;
  }
  // Cancel() may have looked for the descriptor before it was there.
  if (cancelled()) eventfd_write(fresh, 1);
  return fresh;
}

}  // namespace guildhall
