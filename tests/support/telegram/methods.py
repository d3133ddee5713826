"""The methods of the Bot API that a bot like ours calls, refusing what Telegram refuses."""

import json
from collections.abc import Callable
from typing import Any

from tests.support.telegram.errors import ApiError, bad_request, forbidden
from tests.support.telegram.markup import length, plain
from tests.support.telegram.messages import Button, File, Message, Version
from tests.support.telegram.world import World

TEXT_LIMIT = 4096
CAPTION_LIMIT = 1024
CALLBACK_DATA_BYTES = 64
ANSWER_LIMIT = 200
DOWNLOAD_LIMIT = 20 * 1024 * 1024

Params = dict[str, str]
Uploads = dict[str, File]
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"
SAME = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


class Methods:
    """Everything but ``getUpdates`` and the webhook, which are about connections."""

    def __init__(self, world: World) -> None:
        self._world = world
        methods: list[Callable[[Params, Uploads], Any]] = [
            self.getMe, self.sendMessage, self.sendDocument, self.sendPhoto, self.editMessageText,
            self.editMessageCaption, self.editMessageReplyMarkup, self.answerCallbackQuery, self.deleteMessage,
            self.sendChatAction, self.setMyCommands, self.getMyCommands, self.deleteMyCommands,
            self.setChatMenuButton, self.getFile, self.getChat,
        ]  # fmt: skip
        self._methods = {method.__name__.lower(): method for method in methods}

    def call(self, name: str, params: Params, uploads: Uploads) -> Any:
        """The result of a method. Errors: ``ApiError``."""
        if (method := self._methods.get(name.lower())) is None:
            raise ApiError(404, "Not Found")
        return method(params, uploads)

    def getMe(self, params: Params, uploads: Uploads) -> Any:
        return {**self._world.bot, "can_join_groups": True, "can_read_all_group_messages": False,
                "supports_inline_queries": False}  # fmt: skip

    def sendMessage(self, params: Params, uploads: Uploads) -> Any:
        return self._say(
            params, _version(params, "text", TEXT_LIMIT, "message text is empty", "message is too long")
        )

    def sendDocument(self, params: Params, uploads: Uploads) -> Any:
        return self._say(params, _caption(params), self._upload(params, uploads, "document"))

    def sendPhoto(self, params: Params, uploads: Uploads) -> Any:
        return self._say(params, _caption(params), self._upload(params, uploads, "photo"), photo=True)

    def editMessageText(self, params: Params, uploads: Uploads) -> Any:
        message = self._own_message(params)
        if message.file is not None:
            raise bad_request("there is no text in the message to edit")
        new = _version(params, "text", TEXT_LIMIT, "message text is empty", "MESSAGE_TOO_LONG")
        return self._change(message, new)

    def editMessageCaption(self, params: Params, uploads: Uploads) -> Any:
        message = self._own_message(params)
        if message.file is None:
            raise bad_request("there is no caption in the message to edit")
        return self._change(message, _caption(params))

    def editMessageReplyMarkup(self, params: Params, uploads: Uploads) -> Any:
        message = self._own_message(params)
        return self._change(message, Version(message.text, message.html, _buttons(params)))

    def answerCallbackQuery(self, params: Params, uploads: Uploads) -> Any:
        if length(params.get("text", "")) > ANSWER_LIMIT:
            raise bad_request("MESSAGE_TOO_LONG")
        if not self._world.answer(params.get("callback_query_id", ""), params.get("text", "")):
            raise bad_request(TOO_OLD)
        return True

    def deleteMessage(self, params: Params, uploads: Uploads) -> Any:
        message = self._message(params)
        if message is None:
            raise bad_request("message to delete not found")
        message.deleted = True
        return True

    def sendChatAction(self, params: Params, uploads: Uploads) -> Any:
        self._open_chat(params)
        return True

    def setMyCommands(self, params: Params, uploads: Uploads) -> Any:
        commands = json.loads(params.get("commands", "[]"))
        for command in commands:
            if not command.get("command") or not command.get("description"):
                raise bad_request("command must be non-empty")
        self._world.commands[self._menu(params)] = commands
        return True

    def getMyCommands(self, params: Params, uploads: Uploads) -> Any:
        return self._world.commands.get(self._menu(params), [])

    def deleteMyCommands(self, params: Params, uploads: Uploads) -> Any:
        self._world.commands.pop(self._menu(params), None)
        return True

    def setChatMenuButton(self, params: Params, uploads: Uploads) -> Any:
        return True

    def _menu(self, params: Params) -> str:
        """Whose menu is meant: a chat's, by its number, or everybody's of a language."""
        scope = json.loads(params.get("scope") or "{}")
        if scope.get("type") == "chat":
            return str(self._open_chat({"chat_id": str(scope["chat_id"])})["id"])
        return params.get("language_code", "")

    def getFile(self, params: Params, uploads: Uploads) -> Any:
        file = self._world.files.get(params.get("file_id", ""))
        if file is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(file.content) > DOWNLOAD_LIMIT:
            raise bad_request("file is too big")
        return {**file.as_json(), "file_path": file.path}

    def getChat(self, params: Params, uploads: Uploads) -> Any:
        chat = self._open_chat(params)
        return {**chat, "accent_color_id": 0, "max_reaction_count": 11, "accepted_gift_types": {
            "unlimited_gifts": False, "limited_gifts": False, "unique_gifts": False, "premium_subscription": False,
            "gifts_from_channels": False}}  # fmt: skip

    def _say(self, params: Params, version: Version, file: File | None = None, *, photo: bool = False) -> Any:
        chat = self._open_chat(params)
        return self._world.post(chat, self._world.bot, version, file, photo=photo).as_json()

    def _change(self, message: Message, new: Version) -> Any:
        if (new.text, new.html, new.buttons) == (message.text, message.html, message.now.buttons):
            raise bad_request(SAME)
        message.change(new)
        return message.as_json()

    def _upload(self, params: Params, uploads: Uploads, name: str) -> File:
        if name in uploads:
            file = uploads[name]
            if not file.content:
                raise bad_request("file must be non-empty")
            return self._world.keep(file)
        if params.get(name) in self._world.files:
            return self._world.files[params[name]]
        raise bad_request(f"there is no {name} in the request")

    def _open_chat(self, params: Params) -> dict[str, Any]:
        if not (chat_id := params.get("chat_id", "")):
            raise bad_request("chat_id is empty")
        if chat_id not in self._world.chats:
            raise bad_request("chat not found")
        if chat_id in self._world.blocked:
            raise forbidden("bot was blocked by the user")
        return self._world.chats[chat_id]

    def _message(self, params: Params) -> Message | None:
        chat = self._open_chat(params)
        return self._world.find(str(chat["id"]), int(params.get("message_id", "0")))

    def _own_message(self, params: Params) -> Message:
        message = self._message(params)
        if message is None:
            raise bad_request("message to edit not found")
        if message.sender["id"] != self._world.bot["id"]:
            raise bad_request("message can't be edited")
        return message


def _caption(params: Params) -> Version:
    return _version(params, "caption", CAPTION_LIMIT, "", "message caption is too long")


def _version(params: Params, name: str, limit: int, if_empty: str, if_long: str) -> Version:
    written = params.get(name, "")
    match params.get("parse_mode", ""):
        case "HTML":
            text = plain(written).strip()
        case "":
            text = written.strip()
        case mode:
            raise bad_request(f"unsupported parse_mode {mode}")
    if if_empty and not text:
        raise bad_request(if_empty)
    if length(text) > limit:
        raise bad_request(if_long)
    return Version(text, written, _buttons(params))


def _buttons(params: Params) -> tuple[tuple[Button, ...], ...]:
    markup = json.loads(params.get("reply_markup") or "{}")
    return tuple(tuple(_button(one) for one in row) for row in markup.get("inline_keyboard", []))


def _button(given: dict[str, Any]) -> Button:
    if not given.get("text"):
        raise bad_request("inline keyboard button text must be non-empty")
    page = given.get("web_app", {}).get("url", "")
    if page and not page.startswith("https://"):
        raise bad_request(
            f"inline keyboard button Web App URL '{page}' is invalid: Only HTTPS links are allowed"
        )
    if not page and "callback_data" not in given and "url" not in given:
        raise bad_request("text buttons are unallowed in the inline keyboard")
    data = str(given.get("callback_data", ""))
    if "callback_data" in given and not 1 <= len(data.encode()) <= CALLBACK_DATA_BYTES:
        raise bad_request("BUTTON_DATA_INVALID")
    return Button(given["text"], data, page)
