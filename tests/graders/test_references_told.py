"""Answers in people's and models' words, held against a reference alone: the right ones count, no wrong one does."""

import pytest

from graders.outcome import outcome
from traces.imports.truth import read_reference

RIGHT = [
    ("36", "3 * 12 = 36, so Ann has 36 pens.", ""),
    ("36", "Ann has 3 × 12 = **36** pens.", ""),
    ("36", "The answer is 36. (That's 3 dozen.)", ""),
    ("17", "There are 17 rows.", ""),
    ("1.5 million", "The population is 1,500,000.", ""),
    ("1500000", "The population is about 1.5 million people.", ""),
    ("0.25", "That is 25%.", ""),
    ("25%", "The share is 1/4.", ""),
    ("72", "After rounding: $72.00", ""),
    ("72", "He paid $72 in total, leaving $28 from his $100.", "He has $100."),
    ("28", "He paid $72 in total, leaving $28 from his $100.", "He has $100."),
    ("72", "Total: 70. Wait, I forgot 2 more. So 72.", ""),
    ("5", "Step 1: compute 2+3. Step 2: the result is 5.", ""),
    ("Paris", "The capital is Paris.", ""),
    ("yes", "Yes, both were born in 1950.", ""),
    ("no", "No. Alice was born earlier.", ""),
    ("1998-03-04", "It opened on March 4, 1998.", ""),
    ("March 4, 1998", "It opened on 4 March 1998.", ""),
    ("1998", "It opened in March 1998.", ""),
    ("1998", "It opened in 1998 and closed in 2003.", ""),
    ("2003", "It opened in 1998 and closed in 2003.", "When did it close?"),
    ("The Beatles", "Beatles", ""),
    ("$18.90", "He spends 18.9 dollars.", ""),
    ("3/4", "\\boxed{\\frac{3}{4}}", ""),
    ("3/4", "\\boxed{0.75}", ""),
    ("(1,5)", "The solution is $\\boxed{(1, 5)}$.", ""),
    ("x^2-3x-10", "$\\boxed{x^2 - 3x - 10}$", ""),
    ("B", "The correct option is (B).", ""),
    ("B", "I choose B because A is wrong.", ""),
    ("B", "**Answer: B) 42**", ""),
    ("12 km", "The distance is 12,000 m.", ""),
    ("-17", "The change is −17 degrees.", ""),
    ("-17", "The temperature dropped by 17 degrees.", ""),
    ("7", "The remainder is seven.", ""),
    ("120", "There are 5! = 120 ways.", ""),
    ("10", "The sum is 3 + 7 = 10.", "Add 3 and 7"),
    ("42", "The final answer is: $\\boxed{42}$. I hope it is correct.", ""),
    ("42", "<answer>42</answer>", ""),
    ("K2", "Everest is the tallest mountain; K2 is second.", "Which is the second tallest?"),
    ("3.14", "Approximately 3.14159", ""),
    ("29032", "Its height is 8,848.86 m (29,031.7 ft).", ""),
    ("65", "65 mph", ""),
    ("15", "Each friend gets 15 (60/4 = 15), with nothing left.", ""),
    ("0", "No apples are left.", ""),
    ("0", "There are none.", ""),
    ("1,024", "2^10 = 1024", ""),
]
WRONG = [
    ("36", "So the total is 38.", ""),
    ("17", "0 rows have a value above 17,000", ""),
    ("1500000", "The population is about 1.4 million people.", ""),
    ("70", "Total: 70. Wait, I forgot 2 more. So 72.", ""),
    ("2", "Step 1: compute 2+3. Step 2: the result is 5.", ""),
    ("Paris", "The capital is Lyon, not Paris.", ""),
    ("Paris", "It's either Paris or Lyon.", ""),
    ("Marie Curie", "Pierre Curie won it.", ""),
    ("no", "Yes, they do.", ""),
    ("1998-03-04", "It opened on 4 April 1998.", ""),
    ("1998", "It closed in 2003, five years after 1999.", ""),
    ("$18.90", "He spends $19.90.", ""),
    ("3/4", "\\boxed{\\frac{4}{3}}", ""),
    ("(1,5)", "The solution is $\\boxed{[1, 5]}$.", ""),
    ("B", "The answer is C.", ""),
    ("12 km", "The distance is 12 m.", ""),
    ("7", "The remainder is eight.", ""),
    ("120", "There are 5! = 5*4*3*2 = 60 ways", ""),
    ("14:30", "The train leaves at 2:30 am.", ""),
    ("10", "The sum of 10 and 3 is 13.", ""),
    ("42", "I could not find the answer.", ""),
    ("42", "<answer>24</answer> though 42 was considered", ""),
    ("2,4", "x = 2", ""),
]


def status(reference: str, text: str, query: str) -> str:
    oracle = read_reference(reference)
    assert oracle
    return outcome(oracle.answer, text, query).status


@pytest.mark.parametrize(("reference", "text", "query"), RIGHT)
def test_the_right_answer_counts(reference: str, text: str, query: str) -> None:
    assert status(reference, text, query) == "right"


@pytest.mark.parametrize(("reference", "text", "query"), WRONG)
def test_no_other_answer_does(reference: str, text: str, query: str) -> None:
    assert status(reference, text, query) != "right"
