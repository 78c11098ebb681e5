"""Finds the verb and runs it."""

import argparse
import importlib
import os
import pkgutil
import signal
import subprocess
import sys
import types

from devtool import verbs
from devtool.context import Context, Trouble, advice, explain, locate


def load_verbs() -> dict[str, types.ModuleType]:
    """All verbs by name, in the order in which they are listed."""
    names = [module.name for module in pkgutil.iter_modules(verbs.__path__)]
    modules = [importlib.import_module(f"devtool.verbs.{name}") for name in names
               if not name.endswith("_test")]
    modules.sort(key=lambda module: module.RANK)
    return {module.__name__.rpartition(".")[2].strip("_"): module for module in modules}


def first_line(module: types.ModuleType) -> str:
    return module.__doc__.strip().splitlines()[0]


def make_parser(known: dict[str, types.ModuleType]) -> argparse.ArgumentParser:
    width = max(map(len, known))
    listing = "\n".join(f"  {name:<{width}}  {first_line(module)}"
                        for name, module in known.items())
    parser = argparse.ArgumentParser(
        prog="tools/dev", usage="tools/dev <verb> [arguments]",
        description=f"verbs:\n{listing}\n\ntools/dev <verb> --help tells more.",
        formatter_class=argparse.RawDescriptionHelpFormatter, add_help=False)
    choices = parser.add_subparsers(dest="verb", help=argparse.SUPPRESS, metavar="")
    for name, module in known.items():
        verb = choices.add_parser(name, prog=f"tools/dev {name}", description=module.__doc__,
                                  formatter_class=argparse.RawDescriptionHelpFormatter)
        verb.add_argument("--state", metavar="DIR",
                          help="folder for everything the tools make (default: .state)")
        module.configure(verb)
    return parser


def main(arguments: list[str]) -> int:
    known = load_verbs()
    parser = make_parser(known)
    if not arguments or arguments[0] in ("help", "-h", "--help"):
        print(parser.format_help().split("\n\n", 1)[1].rstrip())
        return 0
    if arguments[0] not in known:
        print(f"tools/dev: there is no verb {arguments[0]!r}. `tools/dev` lists them.",
              file=sys.stderr)
        return 2
    parsed = parser.parse_args(arguments)
    # Children are not ours to confuse: this variable is how tools/dev starts this program.
    os.environ.pop("PYTHONPATH", None)
    context = None
    try:
        context = locate(parsed.state)
        return known[parsed.verb].run(context, parsed) or 0
    except Trouble as trouble:
        _complain(parsed.verb, str(trouble), context)
    except subprocess.CalledProcessError as error:
        _complain(parsed.verb, f"failed: {' '.join(map(str, error.cmd))}", context)
    except KeyboardInterrupt:
        print(f"\ntools/dev {parsed.verb}: interrupted", file=sys.stderr)
        return 128 + signal.SIGINT
    except BrokenPipeError:
        # The reader went away, as with `| head`: nobody is left to tell.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except OSError as error:
        _complain(parsed.verb, explain(error), context)
    return 1


def _complain(verb: str, text: str, context: Context | None) -> None:
    hint = advice(text, context.state) if context else ""
    print(f"\ntools/dev {verb}: {text}{hint}", file=sys.stderr)


if __name__ == "__main__":
    # SIGTERM unwinds like Ctrl-C, so that what was started is ended too.
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(128 + signal.SIGTERM))
    sys.exit(main(sys.argv[1:]))
