"""VK communities: members, posts, planned posts, stories and statistics, by whatever tokens there are.

No kind of token reads everything. A service key reads members and walls of all communities together,
a community key the stories of its own, a user's token everything that the user may see. `tokens`
routes each part to a token that may read it, `caller` gathers what is asked with one token into few
requests, `transport` is the only door to vk_api.
"""

from connectors.vk.connector import VkConnector

__all__ = ["VkConnector"]
