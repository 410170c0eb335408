"""Documents that are zip archives, opened without trusting what the archive says of itself."""

from __future__ import annotations

import io
import zipfile
import zlib
from pathlib import PurePosixPath

from thidua.errors import UnreadableError
from thidua.plans.formats.limits import Limits, megabytes

CHUNK = 1 << 18
DIRECTORY_ENTRY = b"PK\x01\x02"
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError, RuntimeError)


class Archive:
    """A zip archive in memory whose directory keeps to the limits; members are unpacked one by one, on demand."""

    def __init__(self, data: bytes, name: str, limits: Limits) -> None:
        self.name = name
        self.limits = limits
        self._check_members(data.count(DIRECTORY_ENTRY))
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except DAMAGE as error:
            raise UnreadableError("unreadable_damaged", file=name) from error
        self.members = {info.filename: info for info in self._zip.infolist()}
        self._check_directory()

    def _check_directory(self) -> None:
        infos = self._zip.infolist()
        self._check_size(sum(info.file_size for info in infos), self.limits.unpacked_bytes)
        for info in infos:
            if info.flag_bits & 1:
                raise UnreadableError("unreadable_encrypted", file=self.name)
            if leaves_its_folder(info.filename):
                raise UnreadableError("unreadable_unsafe", file=self.name, member=info.filename[:80])

    def _check_members(self, members: int) -> None:
        """Count before the directory is read: reading a million entries is itself the attack."""
        if members > self.limits.members:
            raise UnreadableError(
                "unreadable_too_many_members", file=self.name, members=members, limit=self.limits.members
            )

    def _check_size(self, size: int, limit: int) -> None:
        if size > limit:
            raise UnreadableError(
                "unreadable_zip_bomb", file=self.name, size_mb=megabytes(size), limit_mb=megabytes(limit)
            )

    def __contains__(self, member: str) -> bool:
        return member in self.members

    def read(self, member: str, *, limit: int | None = None) -> bytes:
        """Unpack one member; a directory that lies about the size is caught while unpacking."""
        info = self.members.get(member)
        if info is None:
            raise UnreadableError("unreadable_damaged", file=self.name)
        limit = limit or self.limits.part_bytes
        self._check_size(info.file_size, limit)
        unpacked = bytearray()
        try:
            with self._zip.open(info) as stream:
                while chunk := stream.read(CHUNK):
                    unpacked += chunk
                    self._check_size(len(unpacked), limit)
        except DAMAGE as error:
            raise UnreadableError("unreadable_damaged", file=self.name) from error
        return bytes(unpacked)

    def head(self, member: str, size: int = 2048) -> bytes:
        """The first bytes of a member."""
        try:
            with self._zip.open(member) as stream:
                return stream.read(size)
        except DAMAGE as error:
            raise UnreadableError("unreadable_damaged", file=self.name) from error


def leaves_its_folder(member: str) -> bool:
    """Whether a member's path would be written outside the folder it is unpacked in."""
    path = PurePosixPath(member.replace("\\", "/"))
    return path.is_absolute() or ".." in path.parts or member[1:2] == ":"
