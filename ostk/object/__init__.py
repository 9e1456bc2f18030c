"""Commands of the Object Storage service (Swift): the account, containers and objects."""
