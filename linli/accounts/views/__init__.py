"""Pages of the account: coming in (`/account/…`) and one's own account (`/me/…`)."""
