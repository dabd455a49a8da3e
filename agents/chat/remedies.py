"""What a user can do about a refusal, told by its status and its words."""

import re
from collections.abc import Collection, Mapping
from typing import Any

import aiohttp

_BY_STATUS = {
    401: "Check the key: api_key_env names the environment variable that holds it.",
    403: "The key may not use this model: choose another model, or another key with api_key_env.",
    404: "Check base_url (it usually ends in /v1) and the model's name.",
    405: "This address takes no chat completions: check base_url (it usually ends in /v1).",
}
_WITHOUT = {
    "seed": "This server takes no seed: set seeded to false for this role.",
    "max_tokens": "This model does not take max_tokens: leave it out for this role, and set max_completion_tokens in extra_body.",
    "stream_options": "This server counts no tokens in streams: set stream_options to null in extra_body.",
}
_TOO_LONG = ("context length", "context_length", "maximum context", "context window", "too many tokens", "prompt is too long",
             "exceeds the available context", "input is too long", "reduce the length", "max_model_len", "exceed_context_size",
             "request too large")  # fmt: skip
_NO_REASONING = ("reasoning_content", "reasoning content", "thought_signature", "thought signature", "expected `thinking`",
                 "final `assistant` message must start with a thinking block")  # fmt: skip
_NO_TOOLS = ("does not support tools", "tool choice requires", "tool use is not supported", "no endpoints found that support tool",
             "does not support function", "enable-auto-tool-choice", "tool-call-parser", "requires --jinja", "tools param requires",
             "not support tool", "unsupported parameter: 'tools'", "tools is not supported", "tool calling is not supported")  # fmt: skip


_BAD_KEY = re.compile(
    r"\b(?:invalid|incorrect|wrong|missing|expired|revoked|no)\b.{0,20}\b(?:api[ _-]?key|access token|credentials)"
    r"|\bapi[ _-]?key\b.{0,40}\b(?:not valid|invalid|incorrect|missing|expired|revoked|not found|required)",
    re.IGNORECASE,
)
_NO_MODEL = re.compile(
    r"\bmodels?\b.{0,80}\b(?:not found|not exist|does ?n[o']t exist|not available|no such)"
    r"|\b(?:unknown|invalid|no such) model\b|\bnot a valid model\b|\bmodel[ _]not[ _]found\b",
    re.IGNORECASE,
)
_BROKE = ("insufficientquota", "insufficientuserquota", "insufficientbalance", "insufficientcredit", "insufficientfunds",
          "exceededcurrentquota", "notenoughbalance", "creditserror", "creditbalance", "outofcredit", "billing", "paymentrequired",
          "arrearage", "billoverdue", "accountoverdue", "spendlimit", "spendinglimit", "freetieronly")  # fmt: skip
"""Parts of the codes and types that servers give an empty account, letters alone."""
_NO_CREDIT = re.compile(
    r"\binsufficient (?:\w+ )?(?:balance|credits?|funds|quota)\b"
    r"|\b(?:balance|quota) (?:is )?(?:too low|insufficient|not enough|negative|exhausted|empty)\b"
    r"|\bcredits? (?:(?:is|are|has been|have been) )?(?:depleted|exhausted|used up|expired)\b"
    r"|\b(?:used|exhausted|spent|consumed) all (?:(?:of|your|the|its|available|included) )*credits?\b"
    r"|\b(?:not enough|out of|requires more|no(?: more| remaining)?) credits\b"
    r"|\bexceeded your (?:current quota|monthly (?:included )?credits)"
    r"|\b(?:spend|spending|billing hard) limit\b"
    r"|\bin arrears\b|\boverdue (?:balance|payment|bill)|\bfailure to pay\b"
    r"|\b(?:check|enter|add) (?:your |a )(?:billing|payment method)"
    r"|余额不足|欠费|额度不足|请充值",
    re.IGNORECASE,
)
_SETTINGS = ("seed", "temperature", "top_p", "max_tokens", "frequency_penalty", "presence_penalty", "top_logprobs", "logprobs",
             "stream_options", "reasoning_effort", "parallel_tool_calls", "chat_template_kwargs", "max_completion_tokens")  # fmt: skip
_NO_SETTING = re.compile(
    r"\b(?:unsupported|unknown|unrecogni[sz]ed|unexpected|additional) (?:\w+ )?(?:parameter|argument|field|value|propert|name)"
    r"|\bextra (?:inputs|fields) (?:are )?not permitted\b|\bargument not supported\b|\bdoes not support (?:the )?(?:parameter|argument)"
    r"|\bis unsupported\b|\bis not supported (?:with|by|for|on) this\b",
    re.IGNORECASE,
)
_OPENING = 200
"""Characters in which a refusal says what is the matter; what stands behind may be quoted from the conversation."""
_OF_THE_REQUEST = frozenset({404, 405, 408, 409, 413, 415, 422})
_MODERATED = ("flagged", "moderat", "content policy", "content_policy", "safety", "guardrail")


def context_overflow(text: str) -> bool:
    """Whether a refusal says that the conversation is too long for the model."""
    said = text.lower()
    rate = "please wait" in said  # Bedrock says "too many tokens" of a rate
    return not rate and any(words in said for words in _TOO_LONG)


def no_tools(text: str) -> bool:
    """Whether a refusal says that the model or its server takes no tools."""
    return any(words in text.lower() for words in _NO_TOOLS)


def refused_setting(text: str) -> str | None:
    """The field of a request that a refusal says its model or server does not take, or not with this value; None where it names none."""
    if context_overflow(text) or not _NO_SETTING.search(text[:_OPENING]):
        return None
    return next((name for name in _SETTINGS if re.search(rf"\b{name.replace('_', '_?')}\b", text, re.IGNORECASE)), None)


def status_told(text: str) -> int | None:
    """The status that a refusal comes to by its words alone; None where they tell of none."""
    if context_overflow(text) or no_tools(text):
        return 400
    return 401 if _BAD_KEY.search(text) else 404 if _NO_MODEL.search(text) else None


def no_credit(status: int | None, said: str, named: Collection[str], *, waits: bool) -> bool:
    """Whether a refusal says that the account has nothing left to pay with, which no waiting changes.

    `named` are its codes and types, letters alone. One that `waits` tells how long: such a quota is one a minute or a day, in whatever
    words (Google tells everybody to check the billing details).
    """
    if status == 402 or any(part in name for name in named for part in _BROKE):
        return True
    if waits or status in _OF_THE_REQUEST or any(words in said.lower() for words in _MODERATED):
        return False
    return bool(_NO_CREDIT.search(said[:_OPENING]))


def concerns_all(status: int | None, said: str) -> bool:
    """Whether a refusal holds for every call alike, not for one conversation: its key, address or model is wrong, or takes no tools, or a
    setting that goes with every call is none of its."""
    if status is None or any(words in said.lower() for words in _MODERATED):
        return False
    if status in (401, 402, 403, 404, 405) or 300 <= status < 400:
        return True
    wrong = refused_setting(said) or _BAD_KEY.search(said) or _NO_MODEL.search(said)
    return status in (400, 422, 500) and (no_tools(said) or bool(status < 500 and wrong))


def unreached(error: Exception) -> str:
    """What to do where there is no connection, from a full stop on."""
    if isinstance(error, aiohttp.ClientConnectorCertificateError):
        return ". The server's certificate is none that this machine trusts: SSL_CERT_FILE names a file of those it should trust."
    if isinstance(error, aiohttp.ClientSSLError):
        return ". Does the server speak plain HTTP? Then base_url begins with http://."
    return ". Is the server running, and is base_url its address (such as http://127.0.0.1:8000/v1)?"


def remedy(status: int, said: str, request: Mapping[str, Any], *, broke: bool = False) -> str:
    """A sentence with what to do, from a blank on; empty where there is nothing to say. `broke` is an account without credit."""
    if broke:
        return " The account has no credit left: top it up or raise its limit, or name the key of another with api_key_env."
    if context_overflow(said) and "request too large" in said.lower():
        return " One request is more than the account may send in a minute: lower limits.turns or limits.tokens, or have its rate raised."
    if context_overflow(said):
        return " The conversation is longer than the model takes: lower limits.turns or limits.tokens, or serve it with a longer context."
    if no_tools(said):
        return (
            " This model, as it is served, takes no tools: choose one that does, or start the server with its tool parser"
            " (vLLM: --enable-auto-tool-choice --tool-call-parser NAME; llama.cpp: --jinja)."
        )
    if status in (400, 422) and any(words in said.lower() for words in _NO_REASONING):
        return (
            " This server wants the model's reasoning back with the conversation: set reasoning_as to the field it names, such as"
            " reasoning_content."
        )
    if status in (400, 422) and (name := refused_setting(said)):
        return f" {_WITHOUT.get(name) or f'This server does not take {name} as it is set: change it for this role, or leave it out.'}"
    if status in (400, 422) and request.get("tools") and "tool" in said.lower():
        return " The server did not accept the tools: check that this model takes them, and that its tool parser is switched on."
    if status in (400, 422):
        status = status_told(said) or status
    return f" {_BY_STATUS[status]}" if status in _BY_STATUS else ""
