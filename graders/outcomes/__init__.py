"""Whether an answer is the right one, one file for each kind of right answer; `graders.outcome` asks them."""
