# The layers of the house, enforced: a library may use lower layers only, a room of a service only
# what its place in the plan allows. A breach stops the configuration and says what to do.

# guildhall_library(<name> LAYER <n> [USES <library>...] [LINKS <target>...] [TEST_LINKS <target>...]
#                   [PARSERS <file>...])
#
# Builds libs/<name> from its *.cpp, its sql/ and migrations/, its tests from its *_test.cpp, and a
# fuzz target of each *_fuzz.cpp.
# USES names libraries of ours, each of a lower layer; LINKS names packages and protos. The library
# `testing` may use every layer and be used by tests only. PARSERS are the sources that fuzz targets
# are about, where the library holds much besides.
function(guildhall_library name)
  cmake_parse_arguments(arg "" "LAYER" "USES;LINKS;TEST_LINKS;PARSERS" ${ARGN})
  foreach(used IN LISTS arg_USES)
    get_property(layer GLOBAL PROPERTY guildhall_layer_${used})
    if("${layer}" STREQUAL "")
      message(FATAL_ERROR "libs/${name} uses libs/${used}, which is not declared before it. "
                          "Order libs/CMakeLists.txt by layer.")
    endif()
    if(NOT layer LESS arg_LAYER)
      message(FATAL_ERROR "libs/${name} (layer ${arg_LAYER}) may not use libs/${used} (layer "
                          "${layer}): only lower layers. Move the code down or invert the call.")
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY guildhall_layer_${name} ${arg_LAYER})
  file(GLOB sources CONFIGURE_DEPENDS *.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp)
  file(GLOB fuzzed CONFIGURE_DEPENDS *_fuzz.cpp)
  list(REMOVE_ITEM sources ${tests} ${fuzzed})
  list(TRANSFORM arg_USES PREPEND guildhall_)
  add_library(guildhall_${name} STATIC ${sources})
  set_target_properties(guildhall_${name} PROPERTIES LINKER_LANGUAGE CXX)
  guildhall_precompile(guildhall_${name} precompiled)
  target_link_libraries(guildhall_${name} PUBLIC ${arg_USES} ${arg_LINKS})
  guildhall_embed_statements(guildhall_${name} ${name} sql)
  guildhall_embed_migrations(guildhall_${name} ${name})
  guildhall_test(${name}_test SOURCES ${tests} LINKS guildhall_${name} ${arg_TEST_LINKS})
  guildhall_parsers(guildhall_${name} SOURCES ${arg_PARSERS} LINKS ${arg_USES} ${arg_LINKS})
  guildhall_fuzz(${name} TARGETS ${fuzzed} LINKS guildhall_${name}_parsers)
endfunction()

# guildhall_service(<name> [LINKS <target>...] [DOMAIN_LINKS <target>...] [TEST_LINKS <target>...])
#
# Builds services/<name>: the rooms as one library, main.cpp as the executable `guildhall-<name>`,
# the tests of domain/ as the program <name>_domain_test, all others as <name>_service_test, and a
# fuzz target of each *_fuzz.cpp in domain/; those of other rooms are declared one by one.
# domain/ is compiled on its own against libs/base and DOMAIN_LINKS alone, so that a rule which
# reaches for protobuf, SQL or gRPC does not compile; its tests are linked the same way, so that
# building them under sanitizers stays cheap.
function(guildhall_service name)
  cmake_parse_arguments(arg "" "" "LINKS;DOMAIN_LINKS;TEST_LINKS" ${ARGN})
  file(GLOB rooms LIST_DIRECTORIES true CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/*)
  foreach(room IN LISTS rooms)
    get_filename_component(base ${room} NAME)
    if(IS_DIRECTORY ${room} AND NOT base MATCHES
       "^(api|domain|store|migrations|workers|clients)$")
      message(FATAL_ERROR "services/${name}/${base} is no room of the plan: use api, domain, "
                          "store, migrations, workers or clients.")
    endif()
  endforeach()
  file(GLOB domain CONFIGURE_DEPENDS domain/*.cpp)
  file(GLOB sources CONFIGURE_DEPENDS *.cpp api/*.cpp store/*.cpp workers/*.cpp clients/*.cpp)
  file(GLOB tests CONFIGURE_DEPENDS *_test.cpp api/*_test.cpp store/*_test.cpp
       workers/*_test.cpp clients/*_test.cpp)
  file(GLOB domain_tests CONFIGURE_DEPENDS domain/*_test.cpp)
  file(GLOB domain_fuzzed CONFIGURE_DEPENDS domain/*_fuzz.cpp)
  list(FILTER domain EXCLUDE REGEX "_(test|fuzz)\\.cpp$")
  list(FILTER sources EXCLUDE REGEX "(_test|_fuzz|/main)\\.cpp$")

  add_library(${name}_service STATIC ${sources})
  guildhall_precompile(${name}_service precompiled)
  target_link_libraries(${name}_service PUBLIC ${arg_LINKS})
  if(domain)
    add_library(${name}_domain STATIC ${domain})
    guildhall_precompile(${name}_domain precompiled)
    target_link_libraries(${name}_domain PUBLIC guildhall_base policy_reasons ${name}_reasons
                                                ${arg_DOMAIN_LINKS})
    target_link_libraries(${name}_service PUBLIC ${name}_domain)
    guildhall_test(${name}_domain_test SOURCES ${domain_tests} LINKS ${name}_domain)
    guildhall_fuzz(${name} TARGETS ${domain_fuzzed} LINKS ${name}_domain)
  endif()
  guildhall_embed_statements(${name}_service ${name} store/sql)
  guildhall_embed_migrations(${name}_service ${name})
  if(EXISTS ${CMAKE_CURRENT_SOURCE_DIR}/main.cpp)
    add_executable(guildhall-${name} main.cpp)
    target_link_libraries(guildhall-${name} PRIVATE ${name}_service)
  endif()
  guildhall_test(${name}_service_test SOURCES ${tests} LINKS ${name}_service ${arg_TEST_LINKS})
endfunction()

# guildhall_test(<name> SOURCES <file>... LINKS <target>...): one Catch2 program, one ctest entry.
function(guildhall_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  if(NOT arg_SOURCES)
    return()
  endif()
  add_executable(${name} ${arg_SOURCES})
  guildhall_precompile(${name} precompiled_test)
  target_link_libraries(${name} PRIVATE ${arg_LINKS} Catch2::Catch2WithMain)
  add_test(NAME ${name} COMMAND ${name} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR})
endfunction()
