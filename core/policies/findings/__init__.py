"""How far the figures of a customer may be apart before somebody is asked (1.6)."""
