"""What goes wrong on the way to any network."""

from wording.words import mark

_LATER = mark("Nothing to do: the next sync tries again")
_ADDRESS = mark("Correct base_url of this network in the config; smm doctor shows it")
_PROXY = mark("Correct proxy of this network in the config: http://HOST:PORT or socks5://HOST:PORT")
_PORTAL = mark("Open {host} in a browser: the provider or a sign-in page may stand in between; then smm sync")

TROUBLES: dict[str, tuple[str, str]] = {
    "http.timeout": (mark("{host} did not answer in time"), _LATER),
    "http.unreachable": (
        mark("{host} cannot be reached ({detail})"),
        mark("Check the connection; where the network is blocked, set proxy for it in the config"),
    ),
    "http.proxy": (mark("The proxy does not lead to {host} ({detail})"), _PROXY),
    "http.bad_proxy": (mark("The proxy in the config is not an address of a proxy"), _PROXY),
    "http.bad_url": (mark("The base_url in the config is not an address"), _ADDRESS),
    "http.tls": (
        mark("The connection to {host} is not safe and was not used ({detail})"),
        mark("Check the date of this computer, and whether an antivirus or a proxy opens the traffic"),
    ),
    "http.status": (mark("{host} answered with error {status}"), _LATER),
    "http.rate_limited": (
        mark("{host} asks to wait: too many requests"),
        mark("Nothing to do: the next sync reads the rest"),
    ),
    "http.redirect": (mark("{host} sends elsewhere, to {to}; that was not followed"), _PORTAL),
    "http.truncated": (mark("The answer of {host} broke off"), _LATER),
    "http.too_large": (mark("The answer of {host} is larger than any real one and was left"), _LATER),
    "http.not_json": (mark("{host} answered with something else than data"), _PORTAL),
    "http.not_text": (mark("{host} answered with something else than a page"), _PORTAL),
    "http.unreadable": (mark("The answer of {host} cannot be unpacked"), _LATER),
}
