import json

from attune.reply import Card, Cards, Choice, Choices, Fact, Notice, Reply, Text


def test_a_reply_becomes_json_without_what_is_empty():
    reply = Reply((Text("Hello."), Choices((Choice("Yes", "/affirm"),))))
    assert json.loads(json.dumps(reply.to_dict())) == {
        "parts": [
            {"type": "text", "text": "Hello."},
            {"type": "choices", "choices": [{"title": "Yes", "payload": "/affirm"}]},
        ]
    }


def test_cards_keep_their_order_and_position():
    cards = Cards((Card("b", "B", facts=(Fact("Fee", "$120"),)), Card("a", "A")), first=4, total=9)
    (part,) = Reply((cards,)).to_dict()["parts"]
    assert [card["id"] for card in part["cards"]] == ["b", "a"]
    assert (part["first"], part["total"], part["layout"]) == (4, 9, "list")


def test_replies_add_up_in_order():
    assert [part.type for part in (Reply((Text("a"),)) + Reply((Notice("info", "b"),))).parts] == ["text", "notice"]
