# Every outside library, each found the one way that works on Debian 12.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3 REQUIRED)
find_package(PostgreSQL REQUIRED)
# MODULE mode and before gRPC: Debian ships no ProtobufConfig.cmake.
find_package(Protobuf REQUIRED)
find_package(gRPC CONFIG REQUIRED)
find_package(absl CONFIG REQUIRED)
find_package(prometheus-cpp CONFIG REQUIRED)
find_package(Catch2 2 CONFIG REQUIRED)
find_package(Boost 1.81 REQUIRED)
find_package(nlohmann_json REQUIRED)
find_package(CURL REQUIRED)
find_package(ICU REQUIRED COMPONENTS uc)
find_package(LibXml2 REQUIRED)
find_package(LibArchive REQUIRED)
pkg_check_modules(NGHTTP2 REQUIRED IMPORTED_TARGET libnghttp2)
pkg_check_modules(ARGON2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(MD4C REQUIRED IMPORTED_TARGET md4c)
pkg_check_modules(GMIME REQUIRED IMPORTED_TARGET gmime-3.0)
# Debian's HiredisConfigVersion.cmake stops CMake: pkg-config it is.
pkg_check_modules(HIREDIS REQUIRED IMPORTED_TARGET hiredis)

# The processes' allocator: a quarter of what a list of topics costs is giving memory out and taking
# it back (README of libs/service). Sanitizers bring their own.
if(NOT GUILDHALL_SANITIZE)
  pkg_check_modules(JEMALLOC REQUIRED IMPORTED_TARGET jemalloc)
  set(GUILDHALL_ALLOCATOR PkgConfig::JEMALLOC)
endif()
