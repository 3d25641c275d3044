"""What a signed link of the public pages opens."""

FORM, FOLLOW = "portal.form", "portal.follow"
