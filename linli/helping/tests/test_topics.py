import pytest

from linli.helping import topics


def test_votes_can_never_be_entrusted() -> None:
    with pytest.raises(ValueError, match="votes"):
        topics.register(topics.Topic(key="votes", label="x", explanation="x", icon="vote", position=1))

    assert "votes" not in {topic.key for topic in topics.all_topics()}


def test_a_topic_no_longer_offered_is_left_out() -> None:
    assert [topic.key for topic in topics.known(["gone", "notices", "board"])] == ["board", "notices"]
