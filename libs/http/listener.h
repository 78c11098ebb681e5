#pragma once

// Listening sockets; for the sources of this library only.

#include <string>

#include "absl/status/statusor.h"
#include "libs/http/address.h"

namespace guildhall::http {

// A listening, non-blocking socket. TCP addresses may be used again at once after a restart; a
// socket file that nobody answers on is replaced.
//
// Fails with ALREADY_EXISTS (somebody listens there), INVALID_ARGUMENT (the host is no address of
// this machine) or UNAVAILABLE.
absl::StatusOr<int> Listen(const Address& address);

// The address of a listening socket, with the port that the system chose.
std::string BoundAddress(int socket, const Address& asked);

// Accepts one connection, non-blocking and without Nagle's delay, and writes the peer's address
// without port into `peer` ("unix" for Unix sockets). Returns the descriptor or -1 with errno.
int Accept(int listener, std::string& peer);

// Raises the limit of open descriptors as far as the system lets and returns how many connections
// it leaves room for.
int DescriptorsForConnections();

}  // namespace guildhall::http
