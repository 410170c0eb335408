"""A real SMTP server in a thread, which keeps what it is sent."""

from __future__ import annotations

import email
import email.policy
import re
from email.message import EmailMessage
from types import TracebackType
from typing import Any, Self

from aiosmtpd.controller import Controller

from web.processes import free_port, wait_for


class MailServer:
    def __init__(self, port: int | None = None) -> None:
        self.letters: list[EmailMessage] = []
        self.refuse = False
        self.refused = 0
        self.port = port or free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    @property
    def settings(self) -> dict[str, str]:
        return {"THIDUA_EMAIL_HOST": "127.0.0.1", "THIDUA_EMAIL_PORT": str(self.port), "THIDUA_EMAIL_TLS": "0"}

    def __enter__(self) -> Self:
        self._controller.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._controller.stop()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: ARG002, N802 - as it is called
        if self.refuse:
            self.refused += 1
            return "451 Try again later"
        self.letters.append(email.message_from_bytes(envelope.content, policy=email.policy.default))
        return "250 OK"

    def letter_to(self, address: str, subject: str = "", *, after: int = 0) -> EmailMessage:
        """The newest letter to an address, waited for; only those that came after the first `after`."""

        def newest() -> EmailMessage | None:
            found = [one for one in self.letters[after:] if address in one["To"] and subject in one["Subject"]]
            return found[-1] if found else None

        return wait_for(newest, seconds=30)


def link_in(letter: EmailMessage) -> str:
    return re.findall(r"https?://\S+", letter.get_content())[0]
