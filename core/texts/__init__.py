"""Words in both languages: catalogs, card templates, and the messages that wait for them."""
