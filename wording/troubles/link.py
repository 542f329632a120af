"""Links that name no account."""

from wording.words import mark

_EXAMPLES = mark("Paste a link such as vk.com/zerno, vk.com/club123, t.me/zerno or @zerno")

TROUBLES: dict[str, tuple[str, str]] = {
    "link.empty": (mark("The link is empty"), _EXAMPLES),
    "link.unknown_host": (mark("«{host}» is no network that is known here"), _EXAMPLES),
    "link.no_network": (
        mark("«{link}» does not say which network it is of"),
        mark("Paste the whole link, or name the network: --network vk"),
    ),
    "link.person": (
        mark("«{link}» is a person's page, not a community"),
        mark("Paste the link of the community or channel that you run"),
    ),
    "link.private": (
        mark("«{link}» is an invitation to a private channel, which nobody else can read"),
        mark("Paste the public link of the channel, such as t.me/zerno"),
    ),
    "link.not_account": (mark("«{link}» leads to no community or channel"), _EXAMPLES),
    "link.bad_handle": (mark("«{link}» cannot be the name of an account"), _EXAMPLES),
    "link.other_network": (
        mark("«{link}» is of another network than {asked}"),
        mark("Leave out --network, or paste a link of that network"),
    ),
    "link.not_post": (
        mark("«{link}» leads to no post"),
        mark("Paste the link of one post, such as vk.com/wall-1_10 or t.me/zerno/12"),
    ),
}
