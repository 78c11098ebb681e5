"""What may include what."""

import re

from architecture.rule import Found, rule
from architecture.tree import Tree, is_test

LAYER = re.compile(r"guildhall_library\(\s*(\w+)\s+LAYER\s+(\d+)")
# Whatever drives a foreign program or protocol stands behind one library of ours.
DRIVERS = {
    r"libpq-fe\.h|libpq/|pqxx": ("libs/postgres/", "libs/testing/"),
    r"hiredis/": ("libs/redis/", "libs/testing/"),
    # libs/service hands its log lines to ours.
    r"grpcpp/|grpc/": ("libs/rpc/", "libs/service/", "libs/testing/", "tests/", "tools/"),
    r"curl/": ("libs/http/", "libs/testing/", "tests/"),
    r"nghttp2/|boost/(asio|beast)": ("libs/http/", "libs/testing/", "tests/"),
    r"prometheus/": ("libs/telemetry/",),
}
# Plain C++, our own vocabulary, tables that the build makes for this service, the generated
# reasons, the Markdown and Unicode parsers, and what knows the endings of words.
DOMAIN_MAY = (r"libs/base/(?!clock\.h|random\.h)|services/{0}/domain/|guildhall/\w+/v1/reasons\.h$"
              r"|{0}/\w+\.h$|absl/|md4c|libstemmer|unicode/|[a-z_]+$")


def layers_of(tree: Tree) -> dict[str, int]:
    """The layer of each library, as its CMakeLists.txt declares it."""
    return {match[1]: int(match[2]) for name in tree.matching(r"libs/[^/]+/CMakeLists\.txt$")
            for match in LAYER.finditer(tree.text(name))}


@rule("Move what both need down into libs, or call the service through its contract.",
      bad={"libs/rpc/a.cpp": '#include "services/x/domain/topic.h"\n'},
      good={"libs/rpc/a.cpp": '#include "libs/base/ids.h"\n'})
def libs_do_not_use_services(tree: Tree) -> Found:
    for name in tree.cpp("libs/"):
        for line, path in tree.includes(name):
            if path.startswith("services/"):
                yield name, line, f"a library includes {path}"


@rule("Call the other service's RPC through a wrapper in clients/.",
      bad={"services/x/api/a.cpp": '#include "services/y/store/topic_store.h"\n'},
      good={"services/x/api/a.cpp": '#include "services/x/store/topic_store.h"\n'})
def services_do_not_use_each_other(tree: Tree) -> Found:
    for name in tree.cpp("services/"):
        own = "/".join(name.split("/")[:2]) + "/"
        for line, path in tree.includes(name):
            if path.startswith("services/") and not path.startswith(own):
                yield name, line, f"a service includes {path} of another"


@rule("Move the code down, or let the higher library pass in what the lower one needs.",
      bad={"libs/base/CMakeLists.txt": "guildhall_library(base LAYER 0)\n",
           "libs/rpc/CMakeLists.txt": "guildhall_library(rpc LAYER 5)\n",
           "libs/base/a.h": '#include "libs/rpc/call.h"\n'},
      good={"libs/base/CMakeLists.txt": "guildhall_library(base LAYER 0)\n",
            "libs/rpc/CMakeLists.txt": "guildhall_library(rpc LAYER 5)\n",
            "libs/rpc/a.h": '#include "libs/base/ids.h"\n#include "libs/rpc/call.h"\n'})
def libraries_use_lower_layers_only(tree: Tree) -> Found:
    layers = layers_of(tree)
    for name in tree.cpp("libs/"):
        own = name.split("/")[1]
        for line, path in tree.includes(name):
            used = path.split("/")[1] if path.startswith("libs/") else own
            if used == own or own == "testing" or used == "testing":
                continue
            if own not in layers or layers.get(used, 99) >= layers[own]:
                yield name, line, (f"libs/{own} (layer {layers.get(own)}) includes {path} "
                                   f"(layer {layers.get(used)})")


@rule("Only *_test.cpp files and tests/ may use it; move what production needs elsewhere.",
      bad={"services/x/main.cpp": '#include "libs/testing/postgres.h"\n'},
      good={"services/x/store/a_test.cpp": '#include "libs/testing/postgres.h"\n'})
def production_code_does_not_use_testing(tree: Tree) -> Found:
    for name in tree.cpp("libs/", "services/", "tools/"):
        if is_test(name):
            continue
        for line, path in tree.includes(name):
            if path.startswith("libs/testing/"):
                yield name, line, "production code uses the testing library"


@rule("Pass the values in: domain/ knows neither wire, store, clock nor chance.",
      bad={"services/x/domain/a.cpp": '#include "guildhall/x/v1/x_service.pb.h"\n',
           "services/x/domain/b.h": '#include "libs/base/clock.h"\n',
           "services/x/domain/c.h": '#include "libs/postgres/work.h"\n'},
      good={"services/x/domain/a.cpp": '#include <string>\n#include "libs/base/ids.h"\n'
                                       '#include "guildhall/x/v1/reasons.h"\n#include <md4c.h>\n',
            "services/x/domain/a_test.cpp": "#include <catch2/catch.hpp>\n"})
def domain_is_plain(tree: Tree) -> Found:
    for name in tree.matching(r"services/[^/]+/domain/.*\.(cpp|h)$"):
        allowed = DOMAIN_MAY.format(name.split("/")[1])
        if is_test(name):
            allowed += r"|catch2/|libs/testing/"
        for line, path in tree.includes(name):
            if not re.match(allowed, path):
                yield name, line, f"domain/ includes {path}"


@rule("Use the library of ours that stands in front of it.",
      bad={"services/x/api/a.cpp": "#include <libpq-fe.h>\n", "services/x/store/b.cpp":
           "#include <hiredis/hiredis.h>\n", "libs/access/c.h": "#include <grpcpp/grpcpp.h>\n"},
      good={"libs/postgres/a.cpp": "#include <libpq-fe.h>\n",
            # A test may be a client that nobody here wrote.
            "libs/service/a_test.cpp": "#include <curl/curl.h>\n"})
def drivers_stay_behind_their_library(tree: Tree) -> Found:
    for name in tree.cpp():
        for line, path in tree.includes(name):
            for driver, homes in DRIVERS.items():
                if re.match(driver, path) and not name.startswith(homes) and not is_test(name):
                    yield name, line, f"{path} belongs behind {homes[0]}"
