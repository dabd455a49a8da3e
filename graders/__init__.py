"""One verdict each: programs, oracle checks and critics; the keep policy; the grader card."""
