"""What stands in the chats."""

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Button:
    label: str
    data: str
    page: str = ""
    """The Mini App that it opens instead."""

    def as_json(self) -> dict[str, Any]:
        return {"text": self.label} | (
            {"web_app": {"url": self.page}} if self.page else {"callback_data": self.data}
        )


@dataclass(frozen=True)
class File:
    id: str
    name: str
    content: bytes
    path: str
    kind: str = "application/octet-stream"
    stated_size: int | None = None
    """What Telegram says instead of the true size."""

    def as_json(self) -> dict[str, Any]:
        return {
            "file_id": self.id,
            "file_unique_id": f"u{self.id}",
            "file_size": len(self.content) if self.stated_size is None else self.stated_size,
        }


@dataclass(frozen=True)
class Version:
    """One wording of a message."""

    text: str
    html: str
    buttons: tuple[tuple[Button, ...], ...] = ()


@dataclass
class Message:
    """A message as it reads now, and as it read before each edit."""

    chat: dict[str, Any]
    id: int
    sender: dict[str, Any]
    date: int
    now: Version
    file: File | None = None
    photo: bool = False
    deleted: bool = False
    before: list[Version] = field(default_factory=list)

    @property
    def text(self) -> str:
        """What a person reads: the text, or the caption of a file."""
        return self.now.text

    @property
    def html(self) -> str:
        return self.now.html

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.now.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    def change(self, version: Version) -> None:
        self.before.append(self.now)
        self.now = version

    def as_json(self) -> dict[str, Any]:
        said: dict[str, Any] = {
            "message_id": self.id,
            "date": self.date,
            "chat": self.chat,
            "from": self.sender,
        }
        if self.file is None:
            said["text"] = self.text
        else:
            if self.photo:
                size = {**self.file.as_json(), "width": 800, "height": 600}
                said["photo"] = [
                    {**size, "file_id": f"{self.file.id}-thumb", "width": 80, "height": 60},
                    size,
                ]
            else:
                said["document"] = {
                    **self.file.as_json(),
                    "file_name": self.file.name,
                    "mime_type": self.file.kind,
                }
            if self.text:
                said["caption"] = self.text
        if self.before:
            said["edit_date"] = self.date
        if self.now.buttons:
            said["reply_markup"] = {
                "inline_keyboard": [[button.as_json() for button in row] for row in self.now.buttons]
            }
        return said
