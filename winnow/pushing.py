"""An export that was written and passed its checks, put on the Hugging Face Hub as a dataset.

The token is the one that `hf auth login` or HF_TOKEN gave to huggingface_hub; it is never read here. All files go up in one commit, so the
dataset there is either whole or as it was before.
"""

import re
from pathlib import Path

_NAME = re.compile(r"[\w.-]{1,96}/[\w.-]{1,96}")


class PushError(Exception):
    """It did not get there; the message says why and what to do."""


def checked(dataset: str) -> str:
    """The name, if it is one and the Hub's package is here. Raises PushError."""
    if not _NAME.fullmatch(dataset):
        raise PushError(f"--push {dataset}: not of the form OWNER/NAME, such as ada/tool-use")
    try:
        import huggingface_hub  # noqa: F401
    except ImportError as error:
        raise PushError("--push needs the package huggingface_hub: pip install huggingface_hub") from error
    return dataset


def push(folder: Path, dataset: str, *, public: bool) -> str:
    """Upload every file of a written export; gives the address of the dataset. A new one is private unless `public`. Raises PushError."""
    from huggingface_hub import HfApi
    from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError

    api = HfApi(library_name="winnow")
    try:
        repo = api.create_repo(dataset, repo_type="dataset", private=not public, exist_ok=True)
        api.upload_folder(
            repo_id=dataset, folder_path=folder, repo_type="dataset", commit_message="Rows exported by Winnow"
        )
    except LocalTokenNotFoundError as error:
        raise PushError("The Hub wants to know who you are. Run `hf auth login`, or set HF_TOKEN") from error
    except HfHubHTTPError as error:
        raise PushError(f"The Hub refused {dataset}: {_why(error)}. The rows are in {folder}") from error
    except Exception as error:  # what carries its requests, and so what that raises, changes with its version
        cause = (str(error) or type(error).__name__).splitlines()[0]
        raise PushError(f"It did not get to the Hub: {cause}. The rows are in {folder}; push them later") from error
    return str(repo)


def _why(error: Exception) -> str:
    status = getattr(getattr(error, "response", None), "status_code", None)
    hints = {401: "the token is not valid (401)", 403: "the token may not write there (403)"}
    said = str(getattr(error, "server_message", None) or "").strip()
    return hints.get(status or 0) or f"{said or str(error).splitlines()[0]} ({status})"
