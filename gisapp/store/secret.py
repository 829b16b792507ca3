"""The office's secret: the key that marks forms and cookies of its own pages."""

import os
import secrets

from gisapp.errors import FileInUseError
from gisapp.settings import Settings

#: 32 random bytes cannot be guessed.
_BYTES = 32


def read_secret(settings: Settings) -> str:
    """Return the office's key; the first call makes it, readable by its owner alone.

    Raises:
        FileInUseError: It cannot be read or made.
    """
    path = settings.secret_file
    try:
        try:
            handle = os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        except FileExistsError:
            kept = path.read_text(encoding="ascii").strip()
            if len(kept) >= _BYTES:
                return kept
            # Cut short by a full disk: a short key would be no key.
            handle = os.open(path, os.O_TRUNC | os.O_WRONLY)
        made = secrets.token_hex(_BYTES)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(made + "\n")
    except (OSError, UnicodeDecodeError) as error:
        raise FileInUseError(
            f"อ่านหรือเขียน {path} ไม่ได้ ดูสิทธิ์ของโฟลเดอร์สำนักงาน",
            f"cannot read or write {path}; see the permissions of the office's folder",
        ) from error
    return made
