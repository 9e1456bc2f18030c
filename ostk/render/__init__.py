"""Output: tables and machine formats. Results are printed only here."""
