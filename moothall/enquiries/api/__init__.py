"""Enquiries for programs: contacts, messages and mailboxes, and enquiries handed in by other systems."""

from . import contacts, incoming
from .router import router

__all__ = ["contacts", "incoming", "router"]
