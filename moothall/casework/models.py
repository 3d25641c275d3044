"""Care plans for contact, authority to act for another, approaches to departments."""
