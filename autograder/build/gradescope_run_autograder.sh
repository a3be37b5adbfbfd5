#!/usr/bin/env bash
# Gradescope runs this for each submission. If the kit itself fails, what stands in results.json says so.
cd /autograder/source || exit 1
mkdir -p /autograder/results
cp failed.json /autograder/results/results.json
venv/bin/python -m autograder.lms.gradescope_container LANGUAGE
