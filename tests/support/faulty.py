"""The bot or the action server with faults on demand: `python -m tests.support.faulty bot|actions ...`.

Each fault quotes the visitor in its message, as careless code and libraries do.
"""

import os
import runpy
import sys

ACTION_FAULT, SERVER_FAULT, BOT_FAULT, CRASH = "zz-action", "zz-server", "zz-bot", "zz-crash"


def break_actions():
    """Fail inside an action, and outside of what it guards."""
    from actions import base
    from actions.find import FindTherapist

    answer, prepare = FindTherapist.answer, base.Turn.__post_init__

    def answer_or_fail(self, turn):
        if ACTION_FAULT in turn.text:
            raise ValueError(f"cannot read {turn.text!r}")
        return answer(self, turn)

    def prepare_or_fail(self):
        if SERVER_FAULT in self.text:
            raise ValueError(f"cannot read {self.text!r}")
        prepare(self)

    FindTherapist.answer, base.Turn.__post_init__ = answer_or_fail, prepare_or_fail


def break_bot():
    """Fail in understanding, and crash the process."""
    from pipeline.lean import import_rasa

    import_rasa()
    from pipeline.crisis_gate import CrisisGate

    process = CrisisGate.process

    def process_or_fail(self, messages):
        text = messages[0].get("text")
        if CRASH in text:
            os.abort()
        if BOT_FAULT in text:
            raise RuntimeError(f"cannot read {text!r}")
        return process(self, messages)

    CrisisGate.process = process_or_fail


if __name__ == "__main__":
    what = sys.argv.pop(1)
    {"bot": break_bot, "actions": break_actions}[what]()
    runpy.run_module({"bot": "pipeline.lean", "actions": "actions"}[what], run_name="__main__", alter_sys=True)
