"""A fake data centre: real MTProto 2.0 over TCP in the full transport, with the exchange of keys.

What methods answer is `tests.fakes.mtproto_world`'s. The server runs in a thread with a loop of its own, so
that programs with loops of theirs can be tried on it.
"""

# ruff: noqa: ANN401 - Telethon has no types, and its methods are called as the network calls them

from __future__ import annotations

import asyncio
import os
import struct
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha1, sha256
from types import TracebackType
from typing import Any, Self
from zlib import crc32

import rsa as rsa_numbers
from telethon import helpers
from telethon.crypto import AES, AuthKey, rsa
from telethon.extensions import BinaryReader
from telethon.network.authenticator import get_int
from telethon.network.mtprotostate import MTProtoState
from telethon.tl import functions, types
from telethon.tl.core import GzipPacked, MessageContainer

from tests.fakes.mtproto_keys import DH_GENERATOR, DH_PRIME, RSA_E, RSA_P, RSA_Q

_N = RSA_P * RSA_Q
_D = pow(RSA_E, -1, (RSA_P - 1) * (RSA_Q - 1))
_PUBLIC = rsa_numbers.PublicKey(_N, RSA_E)
#: Two primes whose product is the proof of work; real servers give larger ones.
_PQ = 10_007 * 10_009
_RPC_RESULT = struct.pack("<I", 0xF35C6D01)
_VECTOR = struct.pack("<I", 0x1CB5C415)
_NESTS = (
    functions.InvokeWithLayerRequest,
    functions.InitConnectionRequest,
    functions.InvokeWithoutUpdatesRequest,
)
_SERVICE = (types.MsgsAck, types.HttpWait)

#: Answers a request of a connection's key: a Telegram object, a list of them, or an error.
Answer = Callable[[bytes, Any], Any]


def trust() -> int:
    """Make Telethon trust the fake's key; its fingerprint."""
    rsa.add_key(_PUBLIC.save_pkcs1().decode(), old=False)
    return int(rsa._compute_fingerprint(_PUBLIC))


@dataclass(slots=True)
class _Exchange:
    """What the server knows of a key that is being agreed on."""

    nonce: int
    server_nonce: int = field(default_factory=lambda: int.from_bytes(os.urandom(16), "little", signed=True))
    secret: int = field(default_factory=lambda: int.from_bytes(os.urandom(256), "big"))
    new_nonce: int = 0


class MtprotoServer:
    """Listens on loopback. `keys` are the agreed keys by their number; `hanging` answers no request any more.

    `cutting` closes the connection instead of answering a method, so many times.
    """

    def __init__(self, answer: Answer) -> None:
        self.answer = answer
        self.keys: dict[int, bytes] = {}
        self.hanging = False
        self.cutting: dict[str, int] = {}
        self.connections = 0
        self.port = 0
        self._fingerprint = trust()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._server: asyncio.Server | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._last_id = 0

    def __enter__(self) -> Self:
        self._thread.start()
        asyncio.run_coroutine_threadsafe(self._listen(), self._loop).result(5)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        asyncio.run_coroutine_threadsafe(self._close(), self._loop).result(5)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._loop.close()

    def new_key(self) -> bytes:
        """A key that was agreed on without asking, for sessions that are there from the beginning."""
        key = b"\1" + os.urandom(255)
        self.keys[AuthKey(key).key_id] = key
        return key

    def forget(self, key: bytes) -> None:
        """Know a key no more, as after a session was ended."""
        self.keys.pop(AuthKey(key).key_id, None)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._serve, "127.0.0.1", 0)
        self.port = self._server.sockets[0].getsockname()[1]

    async def _close(self) -> None:
        if self._server is not None:
            self._server.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        self.connections += 1
        exchanges: dict[int, _Exchange] = {}
        sent = 0
        try:
            while True:
                packet = await _packet(reader)
                for reply in self._replies(packet, exchanges):
                    writer.write(_framed(reply, sent))
                    sent += 1
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
            pass
        finally:
            writer.close()
            with suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()
            self._tasks.discard(task)

    def _replies(self, packet: bytes, exchanges: dict[int, _Exchange]) -> list[bytes]:
        if self.hanging:
            return []
        number = int.from_bytes(packet[:8], "little")
        if number == 0:
            body = bytes(self._agree(_read(packet[20:]), exchanges))
            return [struct.pack("<qqi", 0, self._new_id(), len(body)) + body]
        key = self.keys.get(number)
        if key is None:
            return [struct.pack("<i", -404)]
        return self._encrypted(key, packet)

    def _encrypted(self, key: bytes, packet: bytes) -> list[bytes]:
        aes_key, aes_iv = MTProtoState._calc_key(key, packet[8:24], True)
        plain = AES.decrypt_ige(packet[24:], aes_key, aes_iv)
        assert sha256(key[88:120] + plain).digest()[8:24] == packet[8:24]
        session, number = struct.unpack("<qq", plain[8:24])
        request = _read(plain[32:])
        many = isinstance(request, MessageContainer)
        messages = [(m.msg_id, m.obj) for m in request.messages] if many else [(number, request)]
        bodies = [self._body(key, number, request) for number, request in messages]
        return [self._sealed(key, session, body) for body in bodies if body is not None]

    def _body(self, key: bytes, number: int, request: Any) -> bytes | None:
        """The answer to one message; None for one that wants none."""
        if isinstance(request, GzipPacked):
            request = _read(request.data)
        if isinstance(request, functions.PingRequest):
            return bytes(types.Pong(number, request.ping_id))
        if isinstance(request, _SERVICE):
            return None
        while isinstance(request, _NESTS):
            request = request.query
        method = type(request).__name__.removesuffix("Request")
        if self.cutting.get(method):
            self.cutting[method] -= 1
            raise ConnectionResetError
        answer = self.answer(key, request)
        if isinstance(answer, list):
            told = _VECTOR + struct.pack("<i", len(answer)) + b"".join(map(bytes, answer))
        else:
            told = bytes(answer)
        return b"".join((_RPC_RESULT, struct.pack("<q", number), told))

    def _sealed(self, key: bytes, session: int, body: bytes) -> bytes:
        plain = struct.pack("<qqqii", 0, session, self._new_id(), 1, len(body)) + body
        plain += os.urandom(-(len(plain) + 12) % 16 + 12)
        mark = sha256(key[96:128] + plain).digest()[8:24]
        aes_key, aes_iv = MTProtoState._calc_key(key, mark, False)
        return b"".join(
            (struct.pack("<Q", AuthKey(key).key_id), mark, AES.encrypt_ige(plain, aes_key, aes_iv))
        )

    def _new_id(self) -> int:
        self._last_id = max(self._last_id + 4, (int(time.time()) << 32) | 1)
        return self._last_id

    def _agree(self, request: Any, exchanges: dict[int, _Exchange]) -> Any:
        """One step of the exchange of keys."""
        if isinstance(request, functions.ReqPqMultiRequest):
            exchange = exchanges[request.nonce] = _Exchange(request.nonce)
            proof = rsa.get_byte_array(_PQ)
            return types.ResPQ(request.nonce, exchange.server_nonce, proof, [self._fingerprint])
        exchange = exchanges[request.nonce]
        if isinstance(request, functions.ReqDHParamsRequest):
            return _dh_params(exchange, request)
        assert isinstance(request, functions.SetClientDHParamsRequest)
        return self._finished(exchange, request)

    def _finished(self, exchange: _Exchange, request: Any) -> Any:
        aes_key, aes_iv = helpers.generate_key_data_from_nonce(exchange.server_nonce, exchange.new_nonce)
        inner = _read(AES.decrypt_ige(request.encrypted_data, aes_key, aes_iv)[20:])
        agreed = pow(get_int(inner.g_b, signed=False), exchange.secret, DH_PRIME)
        key = AuthKey(rsa.get_byte_array(agreed))
        nonces = (exchange.nonce, exchange.server_nonce)
        if len(key.key) < 256:  # a session keeps 256 bytes of it: another one is agreed on
            return types.DhGenRetry(*nonces, key.calc_new_nonce_hash(exchange.new_nonce, 2))
        self.keys[key.key_id] = key.key
        return types.DhGenOk(*nonces, key.calc_new_nonce_hash(exchange.new_nonce, 1))


def _dh_params(exchange: _Exchange, request: Any) -> Any:
    opened = pow(get_int(request.encrypted_data, signed=False), _D, _N).to_bytes(255, "big")
    inner = _read(opened[20:])
    assert sha1(bytes(inner)).digest() == opened[:20]
    exchange.new_nonce = inner.new_nonce
    public = rsa.get_byte_array(pow(DH_GENERATOR, exchange.secret, DH_PRIME))
    told = bytes(
        types.ServerDHInnerData(
            nonce=exchange.nonce,
            server_nonce=exchange.server_nonce,
            g=DH_GENERATOR,
            dh_prime=rsa.get_byte_array(DH_PRIME),
            g_a=public,
            server_time=int(time.time()),
        )
    )
    aes_key, aes_iv = helpers.generate_key_data_from_nonce(exchange.server_nonce, exchange.new_nonce)
    sealed = AES.encrypt_ige(sha1(told).digest() + told, aes_key, aes_iv)
    return types.ServerDHParamsOk(exchange.nonce, exchange.server_nonce, sealed)


async def _packet(reader: asyncio.StreamReader) -> bytes:
    head = await reader.readexactly(8)
    (length,) = struct.unpack("<i", head[:4])
    body = await reader.readexactly(length - 8)
    assert crc32(head + body[:-4]) == int.from_bytes(body[-4:], "little")
    return body[:-4]


def _framed(body: bytes, number: int) -> bytes:
    framed = struct.pack("<ii", len(body) + 12, number) + body
    return framed + struct.pack("<I", crc32(framed))


def _read(data: bytes) -> Any:
    with BinaryReader(data) as reader:
        return reader.tgread_object()
