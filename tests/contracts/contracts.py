"""The contracts as plain data: methods with their policies, fields with their privacy, reasons."""

import dataclasses
import functools
import pathlib
import re
import subprocess

from google.protobuf import descriptor_pb2, descriptor_pool, message_factory

# protoc's numbers of the fields of FileDescriptorProto, as source locations use them.
MESSAGES, SERVICES, METHODS, ENUMS, VALUES = 4, 6, 2, 5, 2
LIST = re.compile(r"Fails with:(.*)", re.DOTALL)
REMARK = re.compile(r"\([^()]*\)")
REASON = re.compile(r"\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b")
REMARKED = re.compile(REASON.pattern + r"(?=\s*\()")


@dataclasses.dataclass(frozen=True)
class Method:
    """One RPC. `policy` is None where it has none, `fails_with` where the comment has no list."""

    file: str
    line: int
    package: str
    service: str
    name: str
    comment: str
    policy: object
    request: object
    response: object

    @property
    def fails_with(self) -> list[str] | None:
        """The reasons in the comment's list, without the remarks in brackets."""
        found = LIST.search(self.comment)
        return REASON.findall(REMARK.sub("", found[1])) if found else None

    @property
    def remarked(self) -> list[str]:
        """Those of them that have a remark in brackets."""
        found = LIST.search(self.comment)
        return REMARKED.findall(found[1]) if found else []

    @property
    def prose(self) -> str:
        """The comment in one line."""
        return " ".join(self.comment.split())


@dataclasses.dataclass(frozen=True)
class Field:
    """One field of a message, with its privacy or None."""

    file: str
    message: str
    name: str
    is_text: bool
    privacy: object


@dataclasses.dataclass(frozen=True)
class Reason:
    """One value of a package's Reason, without the prefix; `code` is None where it has none."""

    file: str
    package: str
    value: str
    code: int | None
    comment: str


class Contracts:
    """All .proto files of our own below a folder, compiled by protoc."""

    def __init__(self, folder: pathlib.Path):
        names = sorted(str(file.relative_to(folder))
                       for file in folder.glob("guildhall/**/*.proto"))
        compiled = subprocess.run(
            ["protoc", f"--proto_path={folder}", "--include_imports", "--include_source_info",
             "--descriptor_set_out=/dev/stdout", *names], stdout=subprocess.PIPE, check=True)
        files = descriptor_pb2.FileDescriptorSet.FromString(compiled.stdout).file
        self.pool = descriptor_pool.DescriptorPool()
        for file in files:
            self.pool.Add(file)
        self._factory = message_factory.MessageFactory(self.pool)
        # Registers the options that the files declare, so that they can be read.
        self._factory.GetMessages([file.name for file in files])
        self._ours = [file for file in files if file.name.startswith("guildhall/")]

    @functools.cached_property
    def methods(self) -> list[Method]:
        """Every RPC, in order of files and lines."""
        return [self._method(file, service, service_index, index)
                for file in self._ours
                for service_index, service in enumerate(file.service)
                for index in range(len(service.method))]

    @functools.cached_property
    def fields(self) -> list[Field]:
        """Every field of every message."""
        return [field for file in self._ours for message in file.message_type
                for field in self._fields(file, message, message.name)]

    @functools.cached_property
    def reasons(self) -> list[Reason]:
        """Every value of every package's Reason but the zero."""
        return [Reason(file.name, file.package, value.name,
                       self._option(value.options, "EnumValueOptions", "policy.v1.code"),
                       _source(file, [ENUMS, enum_index, VALUES, index])[1].strip())
                for file in self._ours
                for enum_index, enum in enumerate(file.enum_type) if enum.name == "Reason"
                for index, value in enumerate(enum.value) if value.number]

    def enum_name(self, enum: str, number: int) -> str:
        """The name of a value, such as AUDIENCE_ANYONE."""
        return self.pool.FindEnumTypeByName(f"guildhall.{enum}").values_by_number[number].name

    def _method(self, file, service, service_index: int, index: int) -> Method:
        method = service.method[index]
        line, comment = _source(file, [SERVICES, service_index, METHODS, index])
        return Method(
            file=file.name, line=line, package=file.package, service=service.name,
            name=method.name, comment=comment,
            policy=self._option(method.options, "MethodOptions", "policy.v1.method"),
            request=self.pool.FindMessageTypeByName(method.input_type.lstrip(".")),
            response=self.pool.FindMessageTypeByName(method.output_type.lstrip(".")))

    def _fields(self, file, message, path: str):
        text = (descriptor_pb2.FieldDescriptorProto.TYPE_STRING,
                descriptor_pb2.FieldDescriptorProto.TYPE_BYTES)
        for field in message.field:
            yield Field(file.name, path, field.name, field.type in text,
                        self._option(field.options, "FieldOptions", "privacy.v1.field"))
        for nested in message.nested_type:
            yield from self._fields(file, nested, f"{path}.{nested.name}")

    def _option(self, options, kind: str, extension: str):
        """The value of one of our options, or None."""
        known = self.pool.FindExtensionByName(f"guildhall.{extension}")
        prototype = self._factory.GetPrototype(
            self.pool.FindMessageTypeByName(f"google.protobuf.{kind}"))
        read = prototype.FromString(options.SerializeToString())
        return read.Extensions[known] if read.HasExtension(known) else None


def _source(file, path: list[int]) -> tuple[int, str]:
    """Line and leading comment of what stands at `path` of a file."""
    for location in file.source_code_info.location:
        if list(location.path) == path:
            return location.span[0] + 1, location.leading_comments
    return 1, ""
