"""libs/typescript: the npm package, made from the contracts and its sources by buf and tsc."""

import hashlib
import json
import os
import pathlib
import platform
import shutil
import subprocess
import tempfile

from devtool import node
from devtool.context import Context, Trouble
from devtool.files import all_files
from devtool.locks import alone
from devtool.show import step

PACKAGE = "libs/typescript"
ARCHITECTURES = {"x86_64": "x64", "aarch64": "aarch64"}
# What services say to each other is no part of the package.
INTERNAL = "internal_"


def build(context: Context) -> list[str]:
    """Makes dist/ of the package; what tsc has to say, empty if it is content. At once if nothing
    has changed since."""
    node.ensure(context)
    folder = context.root / PACKAGE
    with alone(folder / "package.json", f"building {PACKAGE}"):
        mark = folder / "contracts" / ".made-from"
        digest = _digest(context)
        if mark.exists() and mark.read_text() == digest:
            return []
        with step(f"building {PACKAGE}"):
            _generate(context, folder / "contracts")
            shutil.rmtree(folder / "dist", ignore_errors=True)
            findings = compile_project(context, folder)
        if not findings:
            mark.write_text(digest)
        return findings


def ensure(context: Context) -> None:
    """Makes dist/, or says why not."""
    findings = build(context)
    if findings:
        raise Trouble("\n".join(findings))


def _digest(context: Context) -> str:
    """Of everything that the package is made from."""
    total = hashlib.sha256((context.root / "package-lock.json").read_bytes())
    for name in all_files(context.root):
        if name.endswith(".proto") or name.startswith(f"{PACKAGE}/"):
            total.update(f"{name}\n".encode() + (context.root / name).read_bytes())
    return total.hexdigest()


def _generate(context: Context, contracts: pathlib.Path) -> None:
    modules = context.root / "node_modules"
    # Beside the place that it goes to, which then holds all of it or none.
    with tempfile.TemporaryDirectory(dir=contracts.parent, prefix=".contracts-",
                                     ignore_cleanup_errors=True) as made:
        template = {"version": "v2", "plugins": [{
            "local": ["node", str(modules / "@bufbuild/protoc-gen-es/bin/protoc-gen-es")],
            "out": made, "opt": ["target=ts", "import_extension=js"]}]}
        internal = [option for name in all_files(context.root)
                    if name.startswith("protos/") and INTERNAL in name
                    for option in ("--exclude-path", name)]
        buf = modules / f"@bufbuild/buf-linux-{ARCHITECTURES[platform.machine()]}" / "bin/buf"
        _run(context, [buf, "generate", "protos", "--template", json.dumps(template), *internal])
        shutil.rmtree(contracts, ignore_errors=True)
        os.rename(made, contracts)


def compile_project(context: Context, folder: pathlib.Path) -> list[str]:
    """What tsc has to say of the tsconfig.json in `folder`, after it made what it could."""
    tsc = context.root / "node_modules/typescript/bin/tsc"
    result = subprocess.run(["node", tsc, "--project", folder, "--pretty", "false"],
                            cwd=context.root, stdin=subprocess.DEVNULL, capture_output=True,
                            text=True, check=False)
    findings = result.stdout.splitlines()
    if result.returncode != 0 and not findings:
        raise Trouble(f"tsc ended with {result.returncode}:\n{result.stderr[-3000:]}")
    return findings


def _run(context: Context, command: list[object]) -> None:
    result = subprocess.run(command, cwd=context.root, stdin=subprocess.DEVNULL,
                            capture_output=True, text=True, check=False)
    if result.returncode != 0:
        raise Trouble(f"{command[0]} failed:\n{result.stdout}{result.stderr}")
