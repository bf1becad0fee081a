"""Keys by which checkpoint files are signed: Ed25519, each in a PEM file of its own."""

from __future__ import annotations

import os
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tuoban.kernel.text import Text

_PEM = serialization.Encoding.PEM


class KeyFileError(Exception):
    """A file is no key of the right kind, or cannot be read or written; `words` say so."""

    def __init__(self, words: Text) -> None:
        super().__init__(words.en)
        self.words = words


def new_key(path: Path) -> Path:
    """Make a key: the private one in `path`, which only its owner may read, the public one beside
    it; the path of that.

    Raises:
        KeyFileError: there is such a file already, or none can be written.
    """
    key, public = Ed25519PrivateKey.generate(), path.with_name(f"{path.name}.pub")
    private = key.private_bytes(
        _PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    shown = key.public_key().public_bytes(_PEM, serialization.PublicFormat.SubjectPublicKeyInfo)
    for file, content, mode in ((path, private, 0o600), (public, shown, 0o644)):
        try:
            handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode)
        except OSError as error:
            raise KeyFileError(
                Text(
                    f"无法新建文件 {file}：{error.strerror}",
                    f"Cannot make {file}: {error.strerror}",
                )
            ) from error
        with os.fdopen(handle, "wb") as opened:
            opened.write(content)
    return public


def private_key(path: Path) -> Ed25519PrivateKey:
    """The private key in a file. Raises `KeyFileError`."""
    try:
        key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    except (OSError, ValueError, TypeError) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PrivateKey):
        raise _no_key(path)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The public key in a file. Raises `KeyFileError`."""
    try:
        key = serialization.load_pem_public_key(path.read_bytes())
    except (OSError, ValueError) as error:
        raise _no_key(path) from error
    if not isinstance(key, Ed25519PublicKey):
        raise _no_key(path)
    return key


def is_signed_by(key: Ed25519PublicKey, signature: str, content: bytes) -> bool:
    try:
        key.verify(bytes.fromhex(signature), content)
    except (InvalidSignature, ValueError):
        return False
    return True


def _no_key(path: Path) -> KeyFileError:
    return KeyFileError(
        Text(
            f"{path} 不是可用的密钥文件；请用 tuoban checkpoint --new-key 生成",
            f"{path} holds no usable key; make one by tuoban checkpoint --new-key",
        )
    )
