"""Just enough protobuf and gRPC framing to write request bodies for the generators of load."""

import struct


def text(field: int, value: bytes | str) -> bytes:
    """A length-delimited field."""
    data = value.encode() if isinstance(value, str) else value
    return _varint(field << 3 | 2) + _varint(len(data)) + data


def frame(message: bytes) -> bytes:
    """A message as gRPC and gRPC-web send it: flags, length, bytes."""
    return struct.pack(">BI", 0, len(message)) + message


def _varint(value: int) -> bytes:
    out = b""
    while value >= 0x80:
        out += bytes([value & 0x7F | 0x80])
        value >>= 7
    return out + bytes([value])
