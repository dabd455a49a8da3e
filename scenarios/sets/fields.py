"""The fields of a row by what they hold, whatever a set calls them: in capitals or small letters, with blanks or underlines.

Nothing is guessed from contents here: a name that is not in the table is not known.
"""

import re
from collections.abc import Mapping
from typing import Any

NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "task_id", "problem_id", "question_id", "unique_id", "idx", "index", "iindex", "name"),
    "problem": ("problem", "question", "query", "squestion", "problem_statement", "instruction", "question_zh", "input"),
    "answer": ("answer", "final_answer", "expected_answer", "answers", "ground_truth", "correct_answer", "reference_answer"),
    "short": ("answer_only", "answer_number", "golden", "gold", "output_answer", "lsolutions", "target", "final_answer"),
    "key": ("correct", "correct_option", "answer_index", "answer_idx"),
    "options": ("options", "choices"),
    "equation": ("equation", "formula", "equation_solution", "lequations"),
    "solution": (
        "solution", "canonical_solution", "reference_solution", "rationale", "generated_solution", "explanation", "code",
    ),
    "reply": ("response", "output", "completion"),
    "program": (
        "canonical_solution", "solution", "reference_solution", "solution_code", "reference_code", "completion", "rationale",
        "code",
    ),
    "prompt": (
        "complete_prompt", "prompt", "question_content", "text", "instruct_prompt", "description", "skeleton", "problem_description",
        "problem", "question", "instruction",
    ),
    "test": ("test", "tests", "test_list", "test_code", "assertion"),
    "more_tests": ("challenge_test_list",),
    "entry_point": ("entry_point", "function_name", "method_name", "class_name"),
    "setup": ("test_setup_code", "test_imports", "test_setup"),
    "language": ("language", "lang", "programming_language"),
}  # fmt: skip
"""The names of a field by what it holds; the first that is filled is taken."""
MEANINGS: Mapping[str, str] = {
    "id": "the row's own name",
    "problem": "of mathematics: what is asked",
    "answer": "of mathematics: the answer, or a list of spellings of which any is right",
    "short": "of mathematics: the bare answer, where the one above is missing or a whole solution",
    "key": "which of the options is right",
    "options": "what there is to choose from",
    "equation": "an equation in the place of a solution",
    "solution": "of mathematics: how the answer is found",
    "reply": "of mathematics: the same, where none of the names above is there",
    "program": "of code: the solution",
    "prompt": "of code: what is asked, or the head of the function",
    "test": "of code: the tests",
    "more_tests": "of code: asserts beside those",
    "entry_point": "of code: the name of what is tested",
    "setup": "of code: what has to be run before the tests",
    "language": "of code: only Python is tried",
}


class Fields:
    """A row's fields, found by what they hold."""

    def __init__(self, value: Mapping[str, Any]) -> None:
        self.named = {re.sub(r"[\s-]+", "_", str(key).strip()).lower(): held for key, held in value.items()}

    def get(self, what: str) -> Any:
        """The first that holds something; None where none does."""
        return next((self.named[key] for key in NAMES[what] if not _empty(self.named.get(key))), None)

    def text(self, what: str) -> str:
        """The same as a text, empty where there is none. Raises ValueError where it is something else."""
        found = self.get(what)
        if found is None:
            return ""
        if not isinstance(found, str):
            raise ValueError(f"`{what}` is a {type(found).__name__}, not text")
        return found

    def joined(self, what: str) -> str:
        """A text, or the texts of a list as lines of one."""
        found = self.get(what)
        return "\n".join(map(str, found)) if isinstance(found, list) else self.text(what)

    def has(self, *keys: str) -> bool:
        """Whether any of these names is there, empty or not."""
        return any(key in self.named for key in keys)


def _empty(held: Any) -> bool:
    return held is None or held in ("", []) if isinstance(held, str | list | None) else False
