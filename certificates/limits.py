"""How often one address may check certificates: often enough for an employer, too seldom to try codes."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

CHECKS = 60
PERIOD = 600  # seconds
IPV6_NETWORK = 64  # bits: a household or an office has a whole network of addresses


def too_many(request: HttpRequest) -> bool:
    """Count this check; whether its address has used up the checks of the period. The address itself is not kept."""
    key = "verify:" + salted_hmac("certificates.limits", _address(request)).hexdigest()
    cache.add(key, 0, PERIOD)
    try:
        return cache.incr(key) > CHECKS
    except ValueError:  # the period ended between the two lines
        return False


def _address(request: HttpRequest) -> str:
    address = get_adapter().get_client_ip(request)
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    if parsed.version == 6:
        return str(ipaddress.ip_network((parsed, IPV6_NETWORK), strict=False))
    return address
