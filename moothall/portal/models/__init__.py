"""What the public and staff see without a desk: forms being filled in, and links to what became of them."""

from .link import FollowLink
from .request import Request, RequestFile

__all__ = ["FollowLink", "Request", "RequestFile"]
