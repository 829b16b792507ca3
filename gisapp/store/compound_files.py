"""OLE compound files, in which Excel 97 to 2003 keeps a workbook: their streams, bounded.

Source: [MS-CFB] 2.2 (header), 2.3 (chains of sectors), 2.6 (directory).
"""

import struct
from collections.abc import Sequence
from dataclasses import dataclass

from gisapp.store.packages import damaged

SIGNATURE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_END = 0xFFFFFFFE
_HEADER = struct.Struct("<24xHHHHH6xIIIIIIIII")
_ENTRY = struct.Struct("<64sHB49xIQ")
_MINI_SECTOR = 64
_ROOT, _STREAM = 5, 2
_STREAMS = 10_000


@dataclass(frozen=True)
class _Sectors:
    """Bytes in sectors, and which sector follows which."""

    content: bytes
    size: int
    after: Sequence[int]

    def chain(self, first: int) -> bytes:
        """Bytes of the sectors from the first to the end of its chain.

        Raises:
            UnreadableFileError: The chain leads out of the file or round in a circle.
        """
        found: list[bytes] = []
        while first != _END:
            if first >= len(self.after) or len(found) > len(self.after):
                raise damaged()
            found.append(self.content[first * self.size : (first + 1) * self.size])
            first = self.after[first]
        return b"".join(found)


def read_streams(content: bytes) -> dict[str, bytes]:
    """Streams of a compound file by name; those of one name, the last.

    Raises:
        UnreadableFileError: Damaged.
    """
    try:
        return _read_streams(content)
    except struct.error as error:
        raise damaged() from error


def _read_streams(content: bytes) -> dict[str, bytes]:
    (_, _, _, shift, _, _, fats, directory, _, cutoff, mini, minis, more, mores) = (
        _HEADER.unpack_from(content)
    )
    size = 1 << shift if shift in (9, 12) else 0
    if not size or max(fats, minis, mores) * size > len(content):
        raise damaged()
    body = content[size:]
    listed = list(struct.unpack_from("<109I", content, 76))
    for _ in range(mores):
        part = struct.unpack_from(f"<{size // 4}I", body, more * size)
        listed, more = [*listed, *part[:-1]], part[-1]
    after: list[int] = []
    for sector in listed[:fats]:
        after.extend(struct.unpack_from(f"<{size // 4}I", body, sector * size))
    sectors = _Sectors(body, size, after)
    entries = _entries(sectors.chain(directory))
    root = next((entry for entry in entries if entry[1] == _ROOT), None)
    if root is None:
        raise damaged()
    links = sectors.chain(mini) if minis else b""
    inner = _Sectors(
        sectors.chain(root[2]) if root[3] else b"",
        _MINI_SECTOR,
        struct.unpack(f"<{len(links) // 4}I", links),
    )
    streams = {}
    for name, kind, first, length in entries:
        if kind == _STREAM and length:
            if length > len(content):
                raise damaged()
            streams[name] = (inner if length < cutoff else sectors).chain(first)[:length]
    return streams


def _entries(directory: bytes) -> list[tuple[str, int, int, int]]:
    """Name, kind, first sector and length of each entry."""
    if len(directory) > _STREAMS * 128:
        raise damaged()
    entries = []
    for place in range(0, len(directory) - 127, 128):
        name, letters, kind, first, length = _ENTRY.unpack_from(directory, place)
        written = name[: max(0, min(letters, 64) - 2)].decode("utf-16-le", "replace")
        # The upper half of the length is noise in files of the older version.
        entries.append((written, kind, first, length & 0xFFFFFFFF))
    return entries
