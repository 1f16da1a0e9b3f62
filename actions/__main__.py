"""The action server: `python -m actions --port 5055`, with the options of `python -m rasa_sdk`."""

import sys

from attune.running.quiet import hush_deprecations, keep_words_out_of_reports

hush_deprecations()

from rasa_sdk.__main__ import main  # noqa: E402  # after the warnings of what it imports are silenced

if __name__ == "__main__":
    keep_words_out_of_reports()
    sys.argv += ["--actions", "actions"]
    main()
