"""Fair, unforgeable, instant grading of a programming exercise."""
