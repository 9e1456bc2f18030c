"""Redaction of secrets in keys, headers, JSON, URLs and messages.

Every output that may hold a secret goes through this module: error messages, --debug, --timing, --curl,
`configuration show` and `openrc check`.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import re

HIDDEN = "***"
SHORTEST, LONGEST_WORD = 8, 16  # characters of a secret value that is looked for in messages

# Names without case, underscores, dashes and the digits at their end.
_NAMES = frozenset(
    """
    assertion authorization authorizationcode blob clientassertion codeverifier contents cookie credential credentials
    devicecode keyring kubeconfig payload samlresponse setcookie snmpcommunity userdata
    """.split()
)
_ENDINGS = tuple(
    """
    password passwords passwd passphrase passphrases passcode passcodes secret secrets token tokens tokenid
    passwordhash passwordinput passwordconfirm passwordconfirmation passwordvalue secretvalue tokenvalue
    adminpass rescuepass userpass accesskey apikey authkey encryptionkey masterkey privatekey secretkey sessionkey
    sharedkey signingkey synckey tempurlkey transportkey privatekeys accesskeys apikeys secretkeys
    """.split()
)
_LAST_WORDS = frozenset({"pass", "psk", "pw", "pwd", "otp", "jwt"})
_PARAMETERS = frozenset({"sig", "code"})
_METADATA = r"(?i)x-(account|container|object|share|image)-meta-(property-)?"
_HEADER = r"(?i)\btoken$|authorization|cookie|secret|password|signature$|receipt$|x-image-meta-location"
_SETTINGS = frozenset({"code"})

_WORD = r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+"
_VERSION_2_TOKEN = r"(/v2\.0/tokens/)[^/?#\s\"'&]+"
# A password may hold a slash; what stands before the first one is then no port.
_USER_WITH_SLASH = r"(?<=://)[^/?#\s@:\[\]\"'<>]+:(?!\d{1,5}(?:[/?#\s\"']|$))(?:(?!://)[^\s\"'<>])*@"
_USER = r"(?<=://)[^/?#\s\"'<>]*@"
_USER_WITHOUT_SCHEME = r"(?<![\w@/:.%+~-])[\w.%+~-]+:[^\s/@:\"']+@(?=[\w.-]+:\d+)"
_PARAMETER = r"(?i)([?&;#]|%3F|%26)([\w.~%\[\]-]+?)(=|%3D)((?:(?!%26|[&;#\s\"'<>]).)+)"
_FERNET = r"\bgAAAA[\w-]{20,}={0,2}"
_JWT = r"\beyJ[\w-]{8,}\.[\w-]{4,}(?:\.[\w-]*)?"
_ASSIGNED = r"(?<![\w.-])([\w.-]+)=(?![\s=])(\"[^\"]*\"|'[^']*'|[^\s,;&\"'$<{][^\s,;&\"']*)"
_QUOTED_PAIR = r"([\"'])([\w. -]+)\1(\s*:\s*)([\"'])((?:(?!\4).)+)\4"

_known: set[str] = set()


@cache
def _pattern(expression: str) -> re.Pattern[str]:
    """Return a compiled expression; the start of a program needs none of them."""
    import re

    return re.compile(expression)


def _words(name: str) -> list[str]:
    """Return the words of a name in lower case: `adminPass` has two, and so has `Admin-Pass`."""
    if name.isascii() and name.islower() and name.replace("_", "").isalpha():
        return name.split("_")
    return [word.lower() for word in _pattern(_WORD).findall(name)]


def is_secret_key(name: str) -> bool:
    """Return whether the value under this key of JSON, form or metadata is secret, such as `adminPass`."""
    words = _words(name)
    while words and words[-1].isdigit():
        words.pop()
    joined = "".join(words)
    return bool(words) and (joined in _NAMES or words[-1] in _LAST_WORDS or joined.endswith(_ENDINGS))


def is_secret_setting(name: str) -> bool:
    """Return whether a setting of clouds.yaml, or a variable without its `OS_`, is secret."""
    return name.lower() in _SETTINGS or is_secret_key(name)


def is_secret_header(name: str) -> bool:
    """Return whether the value of an HTTP header is secret, such as `X-Auth-Key`."""
    metadata = _pattern(_METADATA).match(name)
    if metadata and name.lower() != "x-image-meta-location":
        return is_secret_key(name[metadata.end() :])
    words = _words(name)
    return (
        bool(_pattern(_HEADER).search(name)) or is_secret_key(name) or (words[-1:] == ["key"] and "public" not in words)
    )


def is_secret_parameter(name: str) -> bool:
    """Return whether a parameter in the query of a URL or in a form is secret, such as `temp_url_sig`."""
    last = name.lower().replace("-", "_").rpartition("_")[2]
    return name.lower() in _PARAMETERS or last in ("sig", "signature") or is_secret_key(name)


def redact_headers(headers: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return headers with the values of secret ones hidden, and secrets in the URLs of the others."""
    return [(name, HIDDEN if is_secret_header(name) else redact_url(value)) for name, value in headers]


def redact_url(text: str, user: str = "") -> str:
    """Return a URL, or a text with URLs in it, without the secrets they carry.

    Args:
        text: The text.
        user: What stands in the place of `user:password@`; it includes the `@`.
    """
    if "@" in text:
        for pattern in (_USER_WITH_SLASH, _USER, _USER_WITHOUT_SCHEME):
            text = _pattern(pattern).sub(lambda found: user, text)
    if "=" in text or "%3" in text:
        text = _pattern(_PARAMETER).sub(_parameter, text)
    return _pattern(_VERSION_2_TOKEN).sub(rf"\1{HIDDEN}", text) if "/v2.0/tokens/" in text else text


def _parameter(found: re.Match[str]) -> str:
    mark, name, equals, value = found.groups()
    return f"{mark}{name}{equals}{redact_parameter(name, value)}"


def redact_form(text: str) -> str:
    """Return a form, such as `grant_type=password&password=x`, with its secrets hidden."""
    pairs = [pair.partition("=") for pair in text.replace(";", "&").split("&")]
    return "&".join(f"{name}{equals}{redact_parameter(name, value)}" for name, equals, value in pairs)


def redact_parameter(name: str, value: str) -> str:
    """Return the value of a parameter, both percent-encoded as in a URL, hidden where it is secret."""
    from urllib.parse import unquote

    return HIDDEN if value and is_secret_parameter(unquote(name)) else redact_url(value)


def redact_json(data: Any, found: list[str] | None = None) -> Any:
    """Return decoded JSON with the values of secret keys hidden, at any depth.

    Args:
        data: Decoded JSON: a body, or a JSON patch.
        found: Gets the texts that are hidden.
    """
    return _redacted(data, "", False, [] if found is None else found)


def _redacted(data: Any, key: str, secret: bool, found: list[str]) -> Any:
    """Return `data`, which is the value of `key`; its texts are hidden where it is `secret`."""
    if isinstance(data, dict):
        return _redacted_object(data, key, found)
    if isinstance(data, list):
        return [_redacted(one, key, secret, found) for one in data]
    if isinstance(data, str):
        if secret and data:
            found.append(data)
            return HIDDEN
        if data.lstrip().startswith(("{", "[")):
            # Ironic and EC2 credentials keep JSON as text within JSON.
            import json

            try:
                return json.dumps(_redacted(json.loads(data), key, False, found))
            except (ValueError, RecursionError):
                pass
        return redact_url(data)
    # {"quota": {"secrets": 100}} is a number of secrets.
    number = isinstance(data, int | float) and not isinstance(data, bool)
    return HIDDEN if secret and number and not key.endswith("s") else data


def _redacted_object(data: Mapping[str, Any], within: str, found: list[str]) -> Any:
    # A step of a JSON patch, and a pair of metadata, name the key in one field and have the value in another.
    named = [data[key] for key in ("path", "name", "key") if isinstance(data.get(key), str)]
    pair = any(is_secret_key(part) for name in named for part in name.split("/"))
    parent = is_secret_key(within)

    def secret(key: str) -> bool:
        if key.lower() in ("value", "data", "default"):
            return pair or parent
        # {"token": {"id": …}} is how Keystone takes and v2.0 gives a token.
        return is_secret_key(key) or (key == "id" and within == "token")

    return {key: _redacted(value, str(key), secret(str(key)), found) for key, value in data.items()}


# -- messages -----------------------------------------------------------------------------------------


def remember(*values: str) -> None:
    """Remember secret values, to redact them anywhere in messages.

    Short values and plain words are left out: a password `demo` is part of many harmless messages.
    """
    for value in values:
        for one in (value, value.removeprefix("Basic ")):
            one = one.strip()
            if len(one) >= LONGEST_WORD or (len(one) >= SHORTEST and not one.isalpha()):
                _known.add(one)


def remember_settings(settings: Iterable[tuple[str, Any]]) -> None:
    """Remember secret settings, and passwords in URLs, unless another setting has the same value."""
    pairs = [(key, value) for key, value in settings if isinstance(value, str)]
    harmless = {value for key, value in pairs if not is_secret_setting(key)}
    for key, value in pairs:
        if is_secret_setting(key) and value not in harmless:
            remember(value)
        remember(*_passwords(value))


def _passwords(text: str) -> list[str]:
    """Return the passwords in the URLs of a text, and the parts that a parser may take for a port or a path."""
    if "@" not in text:
        return []
    users = [user for pattern in (_USER_WITH_SLASH, _USER) for user in _pattern(pattern).findall(text)]
    passwords = [user.partition(":")[2][:-1] for user in users]
    return [part for password in passwords for part in (password, *_pattern(r"[/?#@:]").split(password))]


def remember_environment(environ: Mapping[str, str]) -> None:
    """Remember the secrets in environment variables: of the cloud (OS_PASSWORD) and of proxies."""
    for name, value in environ.items():
        if name.startswith("OS_") and is_secret_setting(name.removeprefix("OS_").lower()):
            remember(value)
        if name.lower().endswith("_proxy"):
            remember(*_passwords(value))


def remember_request(headers: Iterable[tuple[str, str]], body: bytes) -> None:
    """Remember the secrets in a request; the service may repeat them in its response."""
    remember(*(value for name, value in headers if is_secret_header(name)))
    import json

    found: list[str] = []
    try:
        redact_json(json.loads(body), found)
    except (ValueError, RecursionError):
        return
    remember(*found)


def forget() -> None:
    """Forget the remembered values."""
    _known.clear()


def redact_text(text: str) -> str:
    """Return a message with the secrets in it hidden: remembered values, URLs, tokens, assignments."""
    for value in sorted(_known, key=len, reverse=True):
        if value in text:
            text = text.replace(value, HIDDEN)
    text = redact_url(text)
    text = _pattern(_JWT).sub(HIDDEN, _pattern(_FERNET).sub(HIDDEN, text))
    text = _pattern(_ASSIGNED).sub(lambda pair: f"{pair[1]}={HIDDEN}" if is_secret_key(pair[1]) else pair[0], text)
    return _pattern(_QUOTED_PAIR).sub(_quoted_pair, text)


def _quoted_pair(found: re.Match[str]) -> str:
    mark, key, colon, quote, _ = found.groups()
    secret = is_secret_key(key) or (key.lower().startswith("x-") and is_secret_header(key))
    return f"{mark}{key}{mark}{colon}{quote}{HIDDEN}{quote}" if secret else found[0]
