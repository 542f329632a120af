"""Which topics a text is about, by words, hashtags and links. No meaning is understood.

`compile_topic` turns what a person typed into a rule, `match` applies rules to a text. The lemmatizer
is handed in. A mark made by hand is not seen here: it wins over whatever these rules say.
"""

from goals.topics.matching import match
from goals.topics.rules import RULES_VERSION, TopicRule, compile_topic
from goals.topics.verdict import Certainty, Doubt, Evidence, Match, Sign

__all__ = [
    "RULES_VERSION",
    "Certainty",
    "Doubt",
    "Evidence",
    "Match",
    "Sign",
    "TopicRule",
    "compile_topic",
    "match",
]
